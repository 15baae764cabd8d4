package dev.tumbler.client.jdbc;

import dev.tumbler.client.cache.SecretCache;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A source of connections whose account and password come from a secret; for a pool, or by itself. If the database refuses
 * the login, the secret is read again and the newer version tried, then the previous one. Thread-safe; does not close the
 * cache.
 */
public final class TumblerDataSource implements DataSource {
    private final SecretCache cache;
    private final String secretName;
    private final Database database;
    private final String url;
    private final Properties properties;
    private volatile int loginTimeoutSeconds;

    private TumblerDataSource(Builder builder, Database database, String url, String secretName) {
        this.cache = builder.cache;
        this.secretName = secretName;
        this.database = database;
        this.url = url;
        this.properties = new Properties();
        this.properties.putAll(builder.properties);
    }

    /** Returns a builder of a source that reads its secret through this cache. */
    public static Builder builder(SecretCache cache) {
        return new Builder(cache);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Properties passed = new Properties();
        passed.putAll(properties);
        if (loginTimeoutSeconds > 0) {
            passed.setProperty("loginTimeout", Integer.toString(loginTimeoutSeconds));
        }
        return new SecretLogin(cache, secretName, database, url, passed).connect();
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

    /** The longest time of a login at the database, in seconds; 0, the default, leaves it to its driver. */
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

        private Builder(SecretCache cache) {
            this.cache = Objects.requireNonNull(cache, "cache");
        }

        /** The database's own URL, like {@code jdbc:postgresql://db.internal:5432/orders}, without account and password. */
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
         * Builds the data source; reads and connects to nothing yet.
         *
         * @throws IllegalStateException if URL or secret name is missing; the message names both
         * @throws IllegalArgumentException if the URL leads to no database that is supported
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
            Database database = url.startsWith("jdbc:") ? Database.of(url.substring("jdbc:".length())) : null;
            if (database == null) {
                throw new IllegalArgumentException("The URL must begin with jdbc:postgresql:");
            }
            return new TumblerDataSource(this, database, url, secretName);
        }
    }
}
