package dev.tumbler.client.jdbc;

import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;
import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.model.RdsCredentials;
import java.util.Objects;

/**
 * Gives HikariCP (7 or later) the account in a secret, for each connection that it opens, where the pool must keep a
 * driver or data source of its own.
 *
 * <p>HikariCP does not say whether the database let the account in, so a refused login refreshes nothing: with a single
 * account, logins fail until the cache has seen the rotation. A {@link TumblerDataSource} as the pool's data source
 * survives that; prefer it.
 *
 * <p>Immutable and thread-safe.
 */
public final class HikariSecretCredentials implements HikariCredentialsProvider {
    private final CachedSecret<RdsCredentials> secret;

    /** Creates a provider of what this handle holds. */
    public HikariSecretCredentials(CachedSecret<RdsCredentials> secret) {
        this.secret = Objects.requireNonNull(secret, "secret");
    }

    /**
     * Returns the account, from memory.
     *
     * @throws dev.tumbler.client.KmsException if there is none in memory and the service gave none
     */
    @Override
    public Credentials getCredentials() {
        RdsCredentials account = secret.get();
        return Credentials.of(account.accountName(), account.accountPassword());
    }

    @Override
    public String toString() {
        return "HikariSecretCredentials[" + secret + "]";
    }
}
