package dev.tumbler.client.jdbc;

import dev.tumbler.client.FailureKind;
import dev.tumbler.client.KmsException;
import dev.tumbler.client.auth.CredentialsException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs in with the account in a secret. If the database refuses, with a newer version of it, then with the previous; then,
 * until its time is up, with each version that comes. What was refused once is not tried again: databases lock accounts.
 */
final class SecretLogin {
    private static final Logger LOG = LoggerFactory.getLogger(SecretLogin.class);

    private final LoginSource<?> source;
    private final JdbcUrl url;
    private final Properties properties;
    private final LoginRetry retry;
    private final long start;

    /**
     * Begins a login.
     *
     * @param properties what the driver is given besides the account; not changed
     */
    SecretLogin(LoginSource<?> source, JdbcUrl url, Properties properties, LoginRetry retry) {
        this.source = source;
        this.url = url;
        this.properties = properties;
        this.retry = retry;
        this.start = retry.time().nanoTime();
    }

    Connection connect() throws SQLException {
        LoginAttempt current = read();
        try {
            return open(current);
        } catch (SQLException e) {
            if (!url.database().isLoginFailure(e)) {
                throw e;
            }
            return new Refused(current, e).connect();
        }
    }

    private LoginAttempt read() throws SQLException {
        try {
            return current();
        } catch (TimeoutException e) {
            throw new SQLTimeoutException(
                    "Secret \"" + source.secretName() + "\" could not be read within the login timeout, "
                            + retry.limit(),
                    SqlStates.CONNECTION_FAILED,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException(
                    "Interrupted while waiting for secret \"" + source.secretName() + "\"",
                    SqlStates.CONNECTION_FAILED,
                    e);
        } catch (KmsException | CredentialsException e) {
            String message = "Secret \"" + source.secretName() + "\" could not be read: " + e.getMessage();
            throw FailureKind.isTemporary(e)
                    ? new SQLTransientConnectionException(message, SqlStates.CONNECTION_FAILED, e)
                    : new SQLNonTransientConnectionException(message, SqlStates.CONNECTION_FAILED, e);
        } catch (IllegalStateException e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), SqlStates.CONNECTION_FAILED, e);
        }
    }

    private Connection open(LoginAttempt attempt) throws SQLException {
        Properties login = new Properties();
        login.putAll(properties);
        login.setProperty("user", attempt.account().accountName());
        login.setProperty("password", attempt.account().accountPassword());
        Set<String> limits = hasLimit() ? url.limitLogin(login, leftOfLimit()) : Set.of();
        Connection connection = driver(attempt.url()).connect(attempt.url(), login);
        if (connection == null) {
            throw new SQLNonTransientConnectionException(
                    "The JDBC driver of the database does not accept its URL", SqlStates.CONNECTION_FAILED);
        }
        if (limits.contains(Database.READ_LIMIT)) {
            withoutReadLimit(connection);
        }
        return connection;
    }

    private static void withoutReadLimit(Connection connection) throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private LoginAttempt current() throws TimeoutException, InterruptedException {
        return hasLimit() ? source.current(leftOfLimit()) : source.current();
    }

    private boolean hasLimit() {
        return !retry.limit().isZero();
    }

    private Duration leftOfLimit() {
        return retry.limit().minusNanos(retry.time().nanoTime() - start);
    }

    private Driver driver(String target) throws SQLException {
        try {
            return DriverManager.getDriver(target);
        } catch (SQLException e) {
            throw new SQLNonTransientConnectionException(
                    "No JDBC driver for the database is on the classpath; add "
                            + url.database().artifact(),
                    SqlStates.CONNECTION_FAILED,
                    e);
        }
    }

    /** A login that was refused, on its way to another version. */
    private final class Refused {
        private final Set<LoginAttempt> tried = new HashSet<>();
        private final long deadline;
        private SQLException last;
        private @Nullable Exception unread;

        Refused(LoginAttempt first, SQLException refusal) {
            long untilTimeout =
                    retry.time().nanoTime() - start + retry.timeout().toNanos();
            long limit = retry.limit().toNanos();
            this.deadline = start + (limit == 0 ? untilTimeout : Math.min(untilTimeout, limit));
            this.last = refusal;
            tried.add(first);
        }

        Connection connect() throws SQLException {
            LOG.info("Secret \"{}\": the database refused the login, looking for another version", source.secretName());
            try {
                // Another thread may have brought the newer version.
                Connection connection = tryIt(SecretLogin.this::current);
                connection = connection == null ? tryIt(() -> refreshed(LoginSource.Version.CURRENT)) : connection;
                connection = connection == null ? tryIt(() -> refreshed(LoginSource.Version.PREVIOUS)) : connection;
                for (int round = 0; connection == null && left().compareTo(Duration.ZERO) > 0; round++) {
                    Duration pause = LoginRetry.pauseBefore(round);
                    retry.pause().await(pause.compareTo(left()) < 0 ? pause : left());
                    connection = tryIt(() -> refreshed(LoginSource.Version.CURRENT));
                }
                if (connection != null) {
                    LOG.info(
                            "Secret \"{}\": logged in with another version, after {} refused",
                            source.secretName(),
                            tried.size());
                    return connection;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                SQLException interrupted = new SQLTransientConnectionException(
                        "Interrupted while waiting for a version of secret \"" + source.secretName()
                                + "\" that the database accepts",
                        SqlStates.CONNECTION_FAILED,
                        last);
                interrupted.addSuppressed(e);
                throw interrupted;
            }
            throw allRefused();
        }

        private Duration left() {
            return Duration.ofNanos(deadline - retry.time().nanoTime());
        }

        private LoginAttempt refreshed(LoginSource.Version version) throws TimeoutException, InterruptedException {
            if (!retry.timeout().isZero()) {
                return source.refreshed(version, left());
            }
            return hasLimit() ? source.refreshed(version, leftOfLimit()) : source.refreshed(version);
        }

        /** Returns a connection, or null if there is nothing new or that is refused as well. */
        private @Nullable Connection tryIt(Reading reading) throws SQLException, InterruptedException {
            LoginAttempt attempt;
            try {
                attempt = reading.read();
            } catch (KmsException | IllegalStateException | TimeoutException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException();
                }
                unread = e;
                return null;
            }
            if (tried.contains(attempt)) {
                return null;
            }
            try {
                return open(attempt);
            } catch (SQLException e) {
                e.addSuppressed(last);
                if (!url.database().isLoginFailure(e)) {
                    throw e;
                }
                LOG.info("Secret \"{}\": the database refused another version too", source.secretName());
                tried.add(attempt);
                last = e;
                return null;
            }
        }

        private SQLException allRefused() {
            SQLException refused = new SQLException(
                    "The database refused the login with each version of secret \"" + source.secretName() + "\" ("
                            + tried.size() + " tried, within " + retry.timeout() + "): " + last.getMessage(),
                    last.getSQLState(),
                    last.getErrorCode(),
                    last);
            if (unread != null) {
                refused.addSuppressed(unread);
            }
            return refused;
        }
    }

    @FunctionalInterface
    private interface Reading {
        LoginAttempt read() throws TimeoutException, InterruptedException;
    }
}
