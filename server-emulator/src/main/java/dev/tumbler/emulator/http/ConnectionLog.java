package dev.tumbler.emulator.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the engine logs. No message of an exception: codecs quote the bytes that they could not read, handlers the
 * parameters, and either may be a secret.
 */
final class ConnectionLog {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEngine.class);

    /** Deeper causes say little and may run in a circle. */
    private static final int MAX_CAUSES = 8;

    private ConnectionLog() {}

    /** A client that went away or speaks no TLS: its business. */
    static void lost(Throwable failure) {
        LOG.debug("A connection was lost: {}", failure.getClass().getName());
    }

    static void handlerFailed(Throwable failure) {
        LOG.error("A request handler failed; its connection is closed", new Redacted(failure, MAX_CAUSES));
    }

    static void broken(Throwable failure) {
        LOG.error("The engine failed; the connection is closed", new Redacted(failure, MAX_CAUSES));
    }

    static void tlsFailed(Throwable failure) {
        LOG.error("Cannot set up TLS; the connection is closed", new Redacted(failure, MAX_CAUSES));
    }

    /** The type and the stack of another exception, without its message. */
    private static final class Redacted extends Exception {
        Redacted(Throwable original, int causes) {
            super(original.getClass().getName(), cause(original.getCause(), causes - 1), false, true);
            setStackTrace(original.getStackTrace());
        }

        private static @Nullable Throwable cause(@Nullable Throwable original, int causes) {
            return original == null || causes == 0 ? null : new Redacted(original, causes);
        }
    }
}
