package dev.tumbler.samples.rotation;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/** The application: workers that query all the time, each query with a connection from the pool. */
final class Application implements AutoCloseable {
    /** What else a worker does between two queries. */
    private static final Duration OTHER_WORK = Duration.ofMillis(1);

    private final CountingDataSource logins;
    private final HikariDataSource pool;
    private final ExecutorService threads;
    private final LongAdder queries = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** Ends when each worker holds a connection of the round, all at the same time. */
    private final Phaser rounds;

    private volatile Round round = new Round(0, "", 0);
    private volatile boolean stopped;

    Application(DataSource database, int workers, long connectionTimeoutMillis) {
        this.logins = new CountingDataSource(database);
        this.rounds = new Phaser(workers + 1);
        HikariConfig config = new HikariConfig();
        config.setPoolName("orders");
        config.setDataSource(logins);
        config.setMaximumPoolSize(workers);
        config.setConnectionTimeout(connectionTimeoutMillis);
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
        this.threads = Executors.newFixedThreadPool(workers);
        for (int i = 0; i < workers; i++) {
            threads.execute(this::work);
        }
    }

    /** Has the pool replace its connections, those in use when they come back. */
    void renewConnections() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    /**
     * Waits until each worker has used a connection that logged in after this call, with the given account; or has
     * failed to get any.
     */
    void awaitNewLogins(String account) throws InterruptedException, TimeoutException {
        round = new Round(round.number + 1, account, logins.begun());
        renewConnections();
        rounds.awaitAdvanceInterruptibly(rounds.arrive(), 30, TimeUnit.SECONDS);
    }

    long queries() {
        return queries.sum();
    }

    long failedQueries() {
        return failures.sum();
    }

    CountingDataSource logins() {
        return logins;
    }

    private void work() {
        int done = 0;
        while (!stopped) {
            Round current = round;
            boolean due = current.number > done;
            try (Connection connection = pool.getConnection()) {
                query(connection);
                if (due && current.includes(connection)) {
                    done = current.number;
                    // Still holding the connection, so that no two workers count the same one.
                    rounds.awaitAdvanceInterruptibly(rounds.arrive(), 30, TimeUnit.SECONDS);
                } else if (due) {
                    // It was logging in while the pool replaced the others.
                    pool.evictConnection(connection);
                }
                Thread.sleep(OTHER_WORK.toMillis());
            } catch (SQLException e) {
                failures.increment();
                if (due) {
                    done = current.number;
                    rounds.arrive();
                }
            } catch (InterruptedException | TimeoutException e) {
                return;
            }
        }
    }

    private void query(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM tumbler_demo_orders")) {
            result.next();
            queries.increment();
        }
    }

    @Override
    public void close() {
        stopped = true;
        rounds.forceTermination();
        threads.shutdownNow();
        pool.close();
    }

    /** Each worker is to use a connection of this account that began to log in after {@code loginsBefore} others. */
    private final class Round {
        private final int number;
        private final String account;
        private final long loginsBefore;

        Round(int number, String account, long loginsBefore) {
            this.number = number;
            this.account = account;
            this.loginsBefore = loginsBefore;
        }

        boolean includes(Connection connection) throws SQLException {
            return connection.getMetaData().getUserName().equals(account) && logins.number(connection) > loginsBefore;
        }
    }
}
