package dev.tumbler.client;

import dev.tumbler.client.internal.codec.ServiceError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why one attempt failed. It travels between threads and has no stack trace; the caller's thread makes a
 * {@link KmsException} of the last one, whose stack trace then shows the caller.
 */
final class CallFailure extends Exception {
    private static final long serialVersionUID = 1L;

    final FailureKind kind;
    final int status;
    final transient @Nullable ServiceError error;
    final String what;

    /** The shortest pause that the server asked for, zero if it did not. */
    final Duration retryAfter;

    private CallFailure(
            FailureKind kind,
            int status,
            @Nullable ServiceError error,
            String what,
            Duration retryAfter,
            @Nullable Throwable cause) {
        super(what, cause, false, false);
        this.kind = kind;
        this.status = status;
        this.error = error;
        this.what = what;
        this.retryAfter = retryAfter;
    }

    static CallFailure service(ServiceError error, int status, Duration retryAfter) {
        return new CallFailure(FailureKind.of(error.code(), status), status, error, error.code(), retryAfter, null);
    }

    static CallFailure transport(FailureKind kind, String what, @Nullable Throwable cause) {
        return new CallFailure(kind, 0, null, what, Duration.ZERO, cause);
    }

    static CallFailure unusable(FailureKind kind, String what, Duration retryAfter) {
        return new CallFailure(kind, 0, null, what, retryAfter, null);
    }

    /** Returns whether the service answered with this error code. */
    boolean hasCode(String code) {
        return error != null && error.code().equals(code);
    }
}
