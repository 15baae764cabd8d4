package dev.tumbler.client.auth;

import org.jspecify.annotations.Nullable;

final class Text {
    private Text() {}

    /** Returns a text that says something, or null. */
    static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /**
     * Makes credentials of what was found.
     *
     * @param where how messages begin, like {@code the environment: }
     * @throws CredentialsException if no request could carry them
     */
    static Credentials credentials(String where, String id, String secret, @Nullable String token) {
        try {
            return token == null ? Credentials.of(id, secret) : Credentials.of(id, secret, token);
        } catch (IllegalArgumentException e) {
            throw new CredentialsException(where + e.getMessage());
        }
    }
}
