package dev.tumbler.client.jdbc;

import dev.tumbler.client.cache.SecretCache;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A source of connections whose account and password come from a secret; for a pool, or by itself. If the database refuses
 * the login, the secret is read again and the newer version tried, then the previous one; then it waits for a newer one,
 * see {@link Builder#loginRetryTimeout}. Thread-safe; does not close the cache.
 */
public final class TumblerDataSource implements DataSource {
    private final String secretName;
    private final LoginSource<?> source;
    private final JdbcUrl url;
    private final LoginRetry retry;
    private final Properties properties;
    private volatile int loginTimeoutSeconds;

    private TumblerDataSource(Builder builder, JdbcUrl url, String secretName) {
        this.secretName = secretName;
        this.source = LoginSource.of(builder.cache, secretName, url);
        this.url = url;
        this.retry = builder.retry;
        this.properties = new Properties();
        this.properties.putAll(builder.properties);
    }

    /** Returns a builder of a source that reads its secret through this cache. */
    public static Builder builder(SecretCache cache) {
        return new Builder(cache);
    }

    /**
     * Calls the listener each time the secret has another value than before, so that a pool can drop sessions of the old
     * account. A login that is under way then can still become one of them. Calls come as those of
     * {@link dev.tumbler.client.cache.CachedSecret#onChange}, as long as somebody has this data source.
     */
    public void onChange(Runnable listener) {
        Objects.requireNonNull(listener, "listener");
        source.onChange(listener);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Properties passed = new Properties();
        passed.putAll(properties);
        return new SecretLogin(source, url, passed, retry.within(loginTimeoutSeconds)).connect();
    }

    /** Refused: the account comes from the secret. */
    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The account comes from secret \"" + secretName + "\"");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("This data source logs through SLF4J");
    }

    /**
     * The longest time of a login in seconds: to read the secret, at the database, and to wait for a version that it accepts;
     * 0, the default, leaves these to the client, the driver and {@link Builder#loginRetryTimeout}.
     */
    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeoutSeconds = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeoutSeconds;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("This data source logs through SLF4J");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (!type.isInstance(this)) {
            throw new SQLException("This data source is no " + type.getName());
        }
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public String toString() {
        return "TumblerDataSource[secretName=" + secretName + "]";
    }

    /** Collects the settings of a {@link TumblerDataSource}; not thread-safe. */
    public static final class Builder {
        private final SecretCache cache;
        private final Properties properties = new Properties();
        private @Nullable String url;
        private @Nullable String secretName;
        private LoginRetry retry = LoginRetry.of(LoginRetry.DEFAULT_TIMEOUT);

        private Builder(SecretCache cache) {
            this.cache = Objects.requireNonNull(cache, "cache");
        }

        /**
         * The database's own URL, like {@code jdbc:postgresql://db.internal:5432/orders}, or the driver's,
         * {@code jdbc:tumbler:postgresql://db.internal:5432/orders}, without account, password and settings of ours; of
         * PostgreSQL, MySQL, MariaDB or SQL Server. If it ends after the database's kind, like {@code jdbc:mysql:} or
         * {@code jdbc:mysql:?useSSL=true}, the secret says the rest: {@code Endpoint}, {@code Port} and {@code DBName} in
         * its content or in the {@code CustomData} of its extended configuration.
         */
        public Builder url(String url) {
            this.url = Objects.requireNonNull(url, "url");
            return this;
        }

        /** The name of the secret that holds account and password. */
        public Builder secretName(String secretName) {
            this.secretName = Objects.requireNonNull(secretName, "secretName");
            return this;
        }

        /** A property for the database's own driver, like {@code ApplicationName}. */
        public Builder property(String name, String value) {
            properties.setProperty(name, value);
            return this;
        }

        /**
         * How long a login that the database refuses waits for a newer version of the secret that it accepts; default 10
         * seconds, from zero (not at all) to five minutes. While the password of a single account is rotated, the database
         * has the new one a moment before the secret has. Each version is tried once, so that no account gets locked, and
         * the secret is read at most once a second for all threads.
         */
        public Builder loginRetryTimeout(Duration timeout) {
            this.retry = LoginRetry.of(timeout);
            return this;
        }

        /** Tests drive the time themselves. */
        Builder retry(LoginRetry retry) {
            this.retry = retry;
            return this;
        }

        /**
         * Builds the data source; reads and connects to nothing yet.
         *
         * @throws IllegalStateException if URL or secret name is missing; the message names both
         * @throws IllegalArgumentException if the URL leads to no database that is supported, or names an account
         */
        public TumblerDataSource build() {
            List<String> missing = new ArrayList<>();
            if (url == null) {
                missing.add("url");
            }
            if (secretName == null) {
                missing.add("secretName");
            }
            if (url == null || secretName == null) {
                throw new IllegalStateException("A TumblerDataSource needs " + String.join(", ", missing));
            }
            JdbcUrl ours = JdbcUrl.parse(url);
            JdbcUrl parsed = ours == null ? JdbcUrl.parseNative(url) : ours;
            if (parsed == null) {
                throw new IllegalArgumentException("The URL must begin with one of " + Database.prefixes());
            }
            if (!parsed.encodedSettings().isEmpty()) {
                throw new IllegalArgumentException(
                        "The URL has settings for the driver, which belong to the cache and to this builder: "
                                + parsed.encodedSettings().keySet());
            }
            try {
                parsed.requireNoAccount();
            } catch (SQLException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            return new TumblerDataSource(this, parsed, secretName);
        }
    }
}
