package dev.tumbler.testkit.drill;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source that lets a drill see the logins to a real database, from the client's side: put it between the
 * application's pool and what opens connections, and give it to {@link RotationDrill#observing}. Which version of the
 * password a login used, only a database in memory can tell. Thread-safe.
 */
public final class ObservedDataSource implements DataSource {
    private static final String UNKNOWN_ACCOUNT = "?";
    private static final int UNKNOWN_AGE = -1;

    private final DataSource target;
    private final CopyOnWriteArrayList<Consumer<? super LoginCount>> watchers = new CopyOnWriteArrayList<>();

    /** Those that are open, and what was current when they were opened. */
    private final Map<Connection, Integer> rotationsBefore = new ConcurrentHashMap<>();

    private final AtomicInteger rotations = new AtomicInteger();

    /** @param target opens connections */
    public ObservedDataSource(DataSource target) {
        this.target = Objects.requireNonNull(target, "target");
    }

    @Override
    public Connection getConnection() throws SQLException {
        return observe(null, target::getConnection);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return observe(username, () -> target.getConnection(username, password));
    }

    private Connection observe(@Nullable String username, Login login) throws SQLException {
        int before = rotations.get();
        Connection connection;
        try {
            connection = login.connect();
        } catch (SQLException e) {
            if (Failures.reason(e, false) == DrillFailure.Reason.LOGIN_REFUSED) {
                tell(username == null ? UNKNOWN_ACCOUNT : username, false);
            }
            throw e;
        }
        tell(username == null ? connection.getMetaData().getUserName() : username, true);
        rotationsBefore.put(connection, before);
        return connection;
    }

    private void tell(@Nullable String accountName, boolean accepted) {
        LoginCount login =
                new LoginCount(accountName == null ? UNKNOWN_ACCOUNT : accountName, UNKNOWN_AGE, accepted, 1);
        watchers.forEach(watcher -> watcher.accept(login));
    }

    /** Tells of each login, on the thread that logs in, until what it returns is run. */
    Runnable watch(Consumer<? super LoginCount> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    void rotated() {
        rotations.incrementAndGet();
    }

    /** How many connections are open that were opened before the last rotation but one. */
    int oldConnections() {
        int old = 0;
        for (Iterator<Map.Entry<Connection, Integer>> all =
                        rotationsBefore.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<Connection, Integer> connection = all.next();
            if (isClosed(connection.getKey())) {
                all.remove();
            } else if (rotations.get() - connection.getValue() >= 2) {
                old++;
            }
        }
        return old;
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
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
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return target.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : target.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || target.isWrapperFor(type);
    }

    private interface Login {
        Connection connect() throws SQLException;
    }
}
