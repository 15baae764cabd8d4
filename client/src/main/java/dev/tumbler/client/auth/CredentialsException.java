package dev.tumbler.client.auth;

import org.jspecify.annotations.Nullable;

/**
 * There are no credentials. The message says where they were looked for and why each place gave none; it holds no part of a
 * credential.
 */
public final class CredentialsException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    /** Creates the exception for what lasts; for providers, and for tests of code that handles it. */
    public CredentialsException(String message) {
        this(message, false, null);
    }

    /**
     * Creates the exception; for providers, and for tests of code that handles it.
     *
     * @param temporary see {@link #isTemporary()}
     */
    public CredentialsException(String message, boolean temporary, @Nullable Throwable cause) {
        super(message, cause);
        this.temporary = temporary;
    }

    /**
     * Returns whether there can be credentials a moment later: what gives them did not answer, had a problem of its own, or
     * throttles.
     */
    public boolean isTemporary() {
        return temporary;
    }
}
