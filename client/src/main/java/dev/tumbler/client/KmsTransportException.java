package dev.tumbler.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * No usable answer came: no connection, a broken one, none in time, an answer that is not the service's, or the thread
 * was interrupted. {@link FailureKind#isPossiblyPerformed()} of its kind tells whether the operation may have been
 * performed.
 */
public final class KmsTransportException extends KmsException {
    private static final long serialVersionUID = 1L;

    private final Duration elapsed;

    /**
     * Creates the exception; for the client, and for tests of code that handles it.
     *
     * @param message what was attempted, what came back, what to check
     * @param kind what the failure means for a repeat
     * @param attempts how many requests were made
     * @param elapsed the time from the call to the failure
     * @param cause what went wrong below, if anything did
     */
    public KmsTransportException(
            String message, FailureKind kind, int attempts, Duration elapsed, @Nullable Throwable cause) {
        this(message, kind, attempts, elapsed, Duration.ZERO, cause);
    }

    KmsTransportException(
            String message,
            FailureKind kind,
            int attempts,
            Duration elapsed,
            Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, kind, attempts, retryAfter, cause);
        this.elapsed = elapsed;
    }

    /** Returns the time from the call to the failure, pauses between attempts included. */
    public Duration elapsed() {
        return elapsed;
    }
}
