package dev.tumbler.testkit.leak;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.function.BooleanSupplier;

/** Stands before System.out or System.err, and lets everything through. */
final class StreamTap extends PrintStream {
    private final PrintStream behind;
    private volatile boolean open = true;

    /** @param heard whether what the current thread writes is of interest */
    StreamTap(PrintStream behind, String name, Charset charset, Transcript transcript, BooleanSupplier heard) {
        super(new Tee(behind, name, transcript, heard), true, charset);
        this.behind = behind;
    }

    /** The first that is still needed of this and those behind it. */
    PrintStream closeTap() {
        open = false;
        PrintStream needed = this;
        while (needed instanceof StreamTap tap && !tap.open) {
            needed = tap.behind;
        }
        return needed;
    }

    /** Closing System.out closes it for the test's own JVM only if the one behind does. */
    @Override
    public void close() {
        behind.close();
    }

    private static final class Tee extends OutputStream {
        private final PrintStream behind;
        private final String name;
        private final Transcript transcript;
        private final BooleanSupplier heard;

        Tee(PrintStream behind, String name, Transcript transcript, BooleanSupplier heard) {
            this.behind = behind;
            this.name = name;
            this.transcript = transcript;
            this.heard = heard;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (heard.getAsBoolean()) {
                transcript.written(name, bytes, offset, length);
            }
            behind.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            behind.flush();
        }
    }
}
