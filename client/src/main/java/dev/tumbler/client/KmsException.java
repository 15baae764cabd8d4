package dev.tumbler.client;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An operation failed. Either the service answered with an error ({@link KmsServiceException}), or no usable answer came
 * ({@link KmsTransportException}).
 *
 * <p>The message says what was attempted, on which secret and where, what came back and what to check. It never holds
 * secret data, an access key secret, a token, a signature or a URL, and neither do the causes. Where the access key is to
 * blame, it holds its id.
 */
public abstract sealed class KmsException extends RuntimeException permits KmsServiceException, KmsTransportException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final int attempts;
    private final Duration retryAfter;

    KmsException(String message, FailureKind kind, int attempts, Duration retryAfter, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.attempts = attempts;
        this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
    }

    /** Returns what the failure means for a repeat. */
    public FailureKind kind() {
        return kind;
    }

    /** Returns how many requests were made for the operation. */
    public int attempts() {
        return attempts;
    }

    /** Returns the pause that the last answer asked for with {@code Retry-After}, zero if it did not. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
