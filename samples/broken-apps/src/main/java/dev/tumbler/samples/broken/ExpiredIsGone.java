package dev.tumbler.samples.broken;

import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.RdsCredentials;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ignores stale values: one that is ten minutes old is thrown away before there is another. */
public final class ExpiredIsGone implements Application {
    private final Surroundings surroundings;
    private final SecretsClient client;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable RdsCredentials account;
    private Instant expiry = Instant.MIN;

    public ExpiredIsGone(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.client = surroundings.client(new RetryPolicy(2, Duration.ofMillis(20), Duration.ofMillis(20)));
    }

    @Override
    public void order() throws SQLException, InterruptedException {
        RdsCredentials tried = account();
        for (int attempt = 1; ; attempt++) {
            try (Database.Session session =
                    surroundings.database().connect(tried.accountName(), tried.accountPassword())) {
                session.query();
                return;
            } catch (SQLException e) {
                if (attempt == 8) {
                    throw e;
                }
                RdsCredentials other = otherThan(tried);
                if (other.equals(tried) && closed.await(100L * attempt, TimeUnit.MILLISECONDS)) {
                    throw e;
                }
                tried = other;
            }
        }
    }

    private synchronized RdsCredentials account() {
        if (surroundings.clock().instant().isAfter(expiry)) {
            account = null;
        }
        if (account == null) {
            account = client.getSecretValue(surroundings.secretName()).asRdsCredentials();
            expiry = surroundings.clock().instant().plus(Duration.ofMinutes(10));
        }
        return account;
    }

    private synchronized RdsCredentials otherThan(RdsCredentials refused) {
        if (refused.equals(account)) {
            account = null;
        }
        return account();
    }

    @Override
    public void close() {
        closed.countDown();
        client.close();
    }
}
