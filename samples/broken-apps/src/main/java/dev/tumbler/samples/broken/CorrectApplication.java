package dev.tumbler.samples.broken;

import dev.tumbler.client.KmsException;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.RdsCredentials;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * As it should be: keeps the value, refreshes it now and then, goes on with it while the KMS is away, retires connections,
 * and looks for a newer value when a login is refused.
 */
public final class CorrectApplication implements Application {
    private static final Duration CONNECTION_LIFE = Duration.ofMinutes(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Surroundings surroundings;
    private final Value value;
    private final Deque<Pooled> idle = new ConcurrentLinkedDeque<>();

    public CorrectApplication(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.value = new Value(surroundings);
    }

    @Override
    public void order() throws SQLException, InterruptedException {
        Pooled connection = borrow();
        connection.session.query();
        idle.push(connection);
    }

    private Pooled borrow() throws SQLException, InterruptedException {
        Instant oldest = surroundings.clock().instant().minus(CONNECTION_LIFE);
        for (Pooled connection = idle.poll(); connection != null; connection = idle.poll()) {
            if (connection.opened.isAfter(oldest)) {
                return connection;
            }
            connection.session.close();
        }
        return open();
    }

    private Pooled open() throws SQLException, InterruptedException {
        RdsCredentials account = value.get();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return new Pooled(
                        surroundings.database().connect(account.accountName(), account.accountPassword()),
                        surroundings.clock().instant());
            } catch (SQLException e) {
                if (!Database.isLoginRefused(e)) {
                    throw e;
                }
                RdsCredentials newer = value.otherThan(account, deadline);
                if (newer.equals(account)) {
                    throw e;
                }
                account = newer;
            }
        }
    }

    @Override
    public void close() {
        idle.forEach(connection -> connection.session.close());
        value.close();
    }

    private record Pooled(Database.Session session, Instant opened) {}

    /** The account, read by one thread at a time. */
    private static final class Value {
        private static final Duration FRESH = Duration.ofMinutes(10);
        private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(30);

        private final Surroundings surroundings;
        private final SecretsClient client;
        private final ReentrantLock reading = new ReentrantLock();
        private final Condition never = reading.newCondition();

        private volatile RdsCredentials account;
        private volatile Instant due;

        /** Guarded by {@code reading}. */
        private long lastReadNanos = System.nanoTime() - LONGEST_PAUSE.toNanos();

        Value(Surroundings surroundings) {
            this.surroundings = surroundings;
            this.client = surroundings.client(new RetryPolicy(2, Duration.ofMillis(50), Duration.ofMillis(50)));
            this.account = client.getSecretValue(surroundings.secretName()).asRdsCredentials();
            this.due = surroundings.clock().instant().plus(FRESH);
        }

        RdsCredentials get() {
            if (surroundings.clock().instant().isBefore(due) || !reading.tryLock()) {
                return account;
            }
            try {
                tryToRead();
            } finally {
                reading.unlock();
            }
            return account;
        }

        /**
         * Waits for one that was not refused; returns the same if none came in time. However many wait, they read in turn,
         * with a pause after each read.
         */
        RdsCredentials otherThan(RdsCredentials refused, long deadline) throws InterruptedException {
            reading.lock();
            try {
                long pause = FIRST_PAUSE.toNanos();
                while (account.equals(refused) && System.nanoTime() < deadline) {
                    if (System.nanoTime() - lastReadNanos >= pause / 2) {
                        tryToRead();
                    }
                    if (account.equals(refused)) {
                        long unused = never.awaitNanos(
                                pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2));
                        pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
                    }
                }
                return account;
            } finally {
                reading.unlock();
            }
        }

        private void tryToRead() {
            try {
                read();
            } catch (KmsException e) {
                due = surroundings.clock().instant().plus(PAUSE_AFTER_FAILURE);
            }
            lastReadNanos = System.nanoTime();
        }

        private void read() {
            account = client.getSecretValue(surroundings.secretName()).asRdsCredentials();
            due = surroundings.clock().instant().plus(FRESH);
        }

        void close() {
            client.close();
        }
    }
}
