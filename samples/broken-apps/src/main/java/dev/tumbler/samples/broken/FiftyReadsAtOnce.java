package dev.tumbler.samples.broken;

import dev.tumbler.client.KmsException;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.RdsCredentials;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Retries without backoff: a read of the secret that fails is repeated fifty times, and each time at once. */
public final class FiftyReadsAtOnce implements Application {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Surroundings surroundings;
    private final SecretsClient client;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Lock refreshing = new ReentrantLock();
    private volatile RdsCredentials account;
    private volatile Instant expiry;

    public FiftyReadsAtOnce(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.client = surroundings.client(new RetryPolicy(50, Duration.ZERO, Duration.ZERO));
        this.account = read();
        this.expiry = surroundings.clock().instant().plus(HOUR);
    }

    @Override
    public void order() throws SQLException, InterruptedException {
        if (surroundings.clock().instant().isAfter(expiry) && refreshing.tryLock()) {
            try {
                expiry = surroundings.clock().instant().plus(HOUR);
                account = read();
            } catch (KmsException e) {
                // It has tried hard enough.
            } finally {
                refreshing.unlock();
            }
        }
        try (Database.Session session = logIn()) {
            session.query();
        }
    }

    private Database.Session logIn() throws SQLException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            RdsCredentials tried = account;
            try {
                return surroundings.database().connect(tried.accountName(), tried.accountPassword());
            } catch (SQLException e) {
                if (attempt == 20) {
                    throw e;
                }
                // Here it waits: whoever comes second finds the first one's value.
                if (refreshing.tryLock(200L * attempt, TimeUnit.MILLISECONDS)) {
                    try {
                        if (tried.equals(account)) {
                            account = read();
                        }
                        if (tried.equals(account)) {
                            boolean unused = closed.await(100L * attempt, TimeUnit.MILLISECONDS);
                        }
                    } finally {
                        refreshing.unlock();
                    }
                }
            }
        }
    }

    private RdsCredentials read() {
        return client.getSecretValue(surroundings.secretName()).asRdsCredentials();
    }

    @Override
    public void close() {
        closed.countDown();
        client.close();
    }
}
