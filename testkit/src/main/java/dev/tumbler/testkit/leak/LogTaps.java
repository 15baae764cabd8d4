package dev.tumbler.testkit.leak;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the logging libraries that are there, at the levels that they are set to. Each is spoken to by a class of its
 * own, which is loaded only here.
 */
final class LogTaps implements AutoCloseable {
    private final List<AutoCloseable> taps = new ArrayList<>();

    /** @param listener gets the place and the text of each event, on the thread that logs it */
    LogTaps(BiConsumer<String, String> listener) {
        taps.add(new JulTap(listener));
        addIfThere(() -> new LogbackTap(listener));
        addIfThere(() -> new Log4jTap(listener));
    }

    private void addIfThere(Opener opener) {
        try {
            taps.add(opener.open());
        } catch (NoClassDefFoundError e) {
            // Its library is not on the class path, so nobody logs with it.
            return;
        }
    }

    @Override
    public void close() {
        for (AutoCloseable tap : taps) {
            try {
                tap.close();
            } catch (Exception e) {
                throw new IllegalStateException("A listener to logs does not end", e);
            }
        }
    }

    static String trace(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return "\n" + trace;
    }

    private interface Opener {
        AutoCloseable open();
    }
}
