package dev.tumbler.client.jdbc;

import dev.tumbler.client.KmsException;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.cache.VersionSelector;
import dev.tumbler.client.model.RdsCredentials;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs in with the account in a secret; if the database refuses, with a newer version of it, then with the previous. */
final class SecretLogin {
    private static final Logger LOG = LoggerFactory.getLogger(SecretLogin.class);

    private final SecretCache cache;
    private final String secretName;
    private final Database database;
    private final String url;
    private final Properties properties;

    /**
     * @param url the URL for the database's own driver
     * @param properties what the driver is given besides the account; not changed
     */
    SecretLogin(SecretCache cache, String secretName, Database database, String url, Properties properties) {
        this.cache = cache;
        this.secretName = secretName;
        this.database = database;
        this.url = url;
        this.properties = properties;
    }

    Connection connect() throws SQLException {
        Driver driver = driver();
        RdsCredentials current = read(() -> cache.rds(secretName).get());
        try {
            return open(driver, current);
        } catch (SQLException e) {
            if (!database.isLoginFailure(e)) {
                throw e;
            }
            return connectWithOthers(driver, current, e);
        }
    }

    private Connection connectWithOthers(Driver driver, RdsCredentials refused, SQLException refusal)
            throws SQLException {
        List<RdsCredentials> tried = new ArrayList<>(List.of(refused));
        SQLException last = refusal;
        List<Supplier<RdsCredentials>> others = List.of(
                () -> cache.rds(secretName).refreshNow(),
                () -> cache.rds(secretName, VersionSelector.previous()).refreshNow());
        for (Supplier<RdsCredentials> other : others) {
            RdsCredentials candidate;
            try {
                candidate = other.get();
            } catch (KmsException | IllegalStateException e) {
                last.addSuppressed(e);
                continue;
            }
            if (tried.contains(candidate)) {
                continue;
            }
            LOG.debug("Secret \"{}\": login refused, trying another version", secretName);
            try {
                return open(driver, candidate);
            } catch (SQLException e) {
                e.addSuppressed(last);
                if (!database.isLoginFailure(e)) {
                    throw e;
                }
                last = e;
            }
            tried.add(candidate);
        }
        throw new SQLException(
                "The database refused the login with each version of secret \"" + secretName + "\" (" + tried.size()
                        + " tried): " + last.getMessage(),
                last.getSQLState(),
                last.getErrorCode(),
                last);
    }

    private Driver driver() throws SQLException {
        try {
            return DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new SQLNonTransientConnectionException(
                    "No JDBC driver for the database is on the classpath; add " + database.artifact(),
                    SqlStates.CONNECTION_FAILED,
                    e);
        }
    }

    private Connection open(Driver driver, RdsCredentials credentials) throws SQLException {
        Properties login = new Properties();
        login.putAll(properties);
        login.setProperty("user", credentials.accountName());
        login.setProperty("password", credentials.accountPassword());
        Connection connection = driver.connect(url, login);
        if (connection == null) {
            throw new SQLNonTransientConnectionException(
                    "The JDBC driver of the database does not accept its URL", SqlStates.CONNECTION_FAILED);
        }
        return connection;
    }

    private RdsCredentials read(Supplier<RdsCredentials> secret) throws SQLException {
        try {
            return secret.get();
        } catch (KmsException e) {
            String message = "Secret \"" + secretName + "\" could not be read: " + e.getMessage();
            throw e.kind().isTemporary()
                    ? new SQLTransientConnectionException(message, SqlStates.CONNECTION_FAILED, e)
                    : new SQLNonTransientConnectionException(message, SqlStates.CONNECTION_FAILED, e);
        } catch (IllegalStateException e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), SqlStates.CONNECTION_FAILED, e);
        }
    }
}
