package dev.tumbler.samples.rotation;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Counts the physical logins that a pool makes, by account, and those that fail. */
final class CountingDataSource implements DataSource {
    private final DataSource target;
    private final AtomicLong begun = new AtomicLong();

    /** By the id of the server process that serves the connection. */
    private final Map<Integer, Long> numbers = new ConcurrentHashMap<>();

    private final Map<String, LongAdder> logins = new ConcurrentHashMap<>();
    private final LongAdder failures = new LongAdder();

    CountingDataSource(DataSource target) {
        this.target = target;
    }

    long logins(String account) {
        LongAdder count = logins.get(account);
        return count == null ? 0 : count.sum();
    }

    long failures() {
        return failures.sum();
    }

    /** How many logins have begun. */
    long begun() {
        return begun.get();
    }

    /** The number of the login that this connection began with, counted from 1. */
    long number(Connection connection) throws SQLException {
        return numbers.getOrDefault(connection.unwrap(PGConnection.class).getBackendPID(), 0L);
    }

    @Override
    public Connection getConnection() throws SQLException {
        long number = begun.incrementAndGet();
        try {
            Connection connection = target.getConnection();
            numbers.put(connection.unwrap(PGConnection.class).getBackendPID(), number);
            logins.computeIfAbsent(connection.getMetaData().getUserName(), account -> new LongAdder())
                    .increment();
            return connection;
        } catch (SQLException e) {
            failures.increment();
            throw e;
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return target.getConnection(username, password);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return target.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        target.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        target.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return target.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return target.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return target.isWrapperFor(type);
    }
}
