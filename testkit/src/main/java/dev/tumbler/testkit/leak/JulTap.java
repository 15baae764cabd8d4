package dev.tumbler.testkit.leak;

import java.util.function.BiConsumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** A handler of the root logger of {@code java.util.logging}. */
final class JulTap extends Handler implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final BiConsumer<String, String> listener;

    JulTap(BiConsumer<String, String> listener) {
        this.listener = listener;
        setLevel(Level.ALL);
        root.addHandler(this);
    }

    @Override
    public void publish(LogRecord event) {
        listener.accept(
                "java.util.logging, " + event.getLoggerName() + ", " + event.getLevel(),
                formatter.formatMessage(event) + LogTaps.trace(event.getThrown()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
