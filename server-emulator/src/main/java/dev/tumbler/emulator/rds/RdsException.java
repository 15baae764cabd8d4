package dev.tumbler.emulator.rds;

import org.jspecify.annotations.Nullable;

/** An RDS instance refused or failed an operation. Messages name accounts and instances, never passwords. */
public final class RdsException extends RuntimeException {
    private final Reason reason;

    public RdsException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why, for callers that act on it. */
    public Reason reason() {
        return reason;
    }

    /** What went wrong. */
    public enum Reason {
        ACCOUNT_NOT_FOUND,
        ACCOUNT_EXISTS,
        INVALID_ACCOUNT_NAME,
        INVALID_PASSWORD,
        /** The administrator may not do it. */
        PERMISSION_DENIED,
        /** The database cannot be reached, or failed. */
        UNAVAILABLE,
        /** The database lets in whoever names an account, with any password. */
        ACCEPTS_ANY_PASSWORD
    }
}
