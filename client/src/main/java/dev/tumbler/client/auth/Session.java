package dev.tumbler.client.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a source of credentials gave.
 *
 * @param expiration when the credentials end, null if they last
 */
record Session(Credentials credentials, @Nullable Instant expiration) {
    /** Gets credentials from where they are made; blocks. */
    @FunctionalInterface
    interface Source {
        /** Returns new credentials, or throws {@link CredentialsException}. */
        Session fetch();
    }
}
