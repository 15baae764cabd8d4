package dev.tumbler.client;

import dev.tumbler.client.auth.CredentialsException;
import java.util.Locale;

/**
 * What a failed operation means for a repeat. This one classification serves the client's own retries, the cache and
 * callers alike. Errors are told by their code first and by HTTP status second: {@code Throttling.User} comes with
 * status 400, {@code Forbidden.ResourceNotFound} with 404. Source: KMS API reference, common errors.
 */
public enum FailureKind {
    /** Too many requests; nothing was performed. */
    THROTTLED(true, false),
    /** The service is out for the moment; nothing was performed. */
    UNAVAILABLE(true, false),
    /** The service failed inside; it may have performed the operation. */
    INTERNAL(true, true),
    /** The clocks differ by more than 15 minutes, even after the client has corrected for it once. */
    CLOCK_SKEW(false, false),
    /** The service said no, and will again. */
    REJECTED(false, false),
    /** No connection; the service has not seen the request. */
    UNREACHABLE(true, false),
    /** The connection broke or time ran out; the service may have performed the operation. */
    NO_ANSWER(true, true),
    /** What answered is not trusted or does not speak like the service; it may have performed the operation. */
    UNUSABLE_ANSWER(false, true);

    private final boolean temporary;
    private final boolean possiblyPerformed;

    FailureKind(boolean temporary, boolean possiblyPerformed) {
        this.temporary = temporary;
        this.possiblyPerformed = possiblyPerformed;
    }

    /** Returns whether the same operation can succeed a moment later. */
    public boolean isTemporary() {
        return temporary;
    }

    /**
     * Returns whether what a client threw can go well a moment later: the failure is of a temporary kind, or there were
     * {@linkplain CredentialsException#isTemporary() no credentials for the moment}.
     */
    public static boolean isTemporary(Throwable failure) {
        return failure instanceof KmsException unanswered
                ? unanswered.kind().isTemporary()
                : failure instanceof CredentialsException unsigned && unsigned.isTemporary();
    }

    /** Returns whether the service may have performed the operation all the same. */
    public boolean isPossiblyPerformed() {
        return possiblyPerformed;
    }

    /** Classifies an error of the service. */
    public static FailureKind of(String code, int status) {
        return switch (code) {
            case "Rejected.Throttling" -> THROTTLED;
            // The public error table writes the first of them with two letters swapped.
            case "SerivceUnavailableTemporary", "ServiceUnavailableTemporary", "ServiceUnavailable" -> UNAVAILABLE;
            case "InternalFailure", "InternalError" -> INTERNAL;
            case "InvalidTimeStamp.Expired" -> CLOCK_SKEW;
            // The KMS instance has expired: no matter of seconds.
            case "Rejected.Unavailable" -> REJECTED;
            // Throttling.User, Throttling.Api, Throttling.UserFlow and more.
            default -> code.startsWith("Throttling") ? THROTTLED : ofStatus(status);
        };
    }

    private static FailureKind ofStatus(int status) {
        if (status == 429) {
            return THROTTLED;
        }
        if (status == 503) {
            return UNAVAILABLE;
        }
        return status >= 500 ? INTERNAL : REJECTED;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
