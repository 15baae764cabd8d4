package dev.tumbler.client.auth;

import org.jspecify.annotations.Nullable;

/**
 * There are no credentials. The message says where they were looked for and why each place gave none; it holds no part of a
 * credential.
 */
public final class CredentialsException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; for providers, and for tests of code that handles it. */
    public CredentialsException(String message) {
        super(message);
    }

    CredentialsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
