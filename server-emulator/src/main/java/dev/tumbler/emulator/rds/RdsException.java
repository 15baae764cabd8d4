package dev.tumbler.emulator.rds;

import org.jspecify.annotations.Nullable;

/** An RDS instance refused or failed an operation. Messages name accounts and instances, never passwords. */
public final class RdsException extends RuntimeException {
    private final Reason reason;

    public RdsException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static RdsException accountNotFound(String accountName, RdsInstance instance) {
        return new RdsException(
                Reason.ACCOUNT_NOT_FOUND, "No account \"%s\" on %s".formatted(accountName, instance.location()), null);
    }

    static RdsException accountExists(String accountName, RdsInstance instance) {
        return new RdsException(
                Reason.ACCOUNT_EXISTS,
                "Account \"%s\" exists on %s already".formatted(accountName, instance.location()),
                null);
    }

    static void requireDistinct(String source, String clone) {
        if (source.equals(clone)) {
            throw new RdsException(
                    Reason.INVALID_ACCOUNT_NAME, "Account \"%s\" cannot be its own clone".formatted(source), null);
        }
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
        /** The engine does not know the privilege, or the account takes none. */
        INVALID_PRIVILEGE,
        /** The engine takes no more accounts of this type. */
        ACCOUNT_LIMIT_EXCEEDED,
        /** The administrator may not do it, or may not log in. */
        PERMISSION_DENIED,
        /** The database cannot be reached, or failed. The operation may have taken effect all the same. */
        UNAVAILABLE,
        /** The database lets in whoever names an account, with any password. */
        ACCEPTS_ANY_PASSWORD
    }
}
