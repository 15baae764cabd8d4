package dev.tumbler.samples.broken;

import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.RdsCredentials;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads the secret for each query, since it may have changed. */
public final class ReadForEachQuery implements Application {
    private final Surroundings surroundings;
    private final SecretsClient client;
    private final CountDownLatch closed = new CountDownLatch(1);

    public ReadForEachQuery(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.client = surroundings.client(new RetryPolicy(2, Duration.ofMillis(20), Duration.ofMillis(20)));
    }

    @Override
    public void order() throws SQLException, InterruptedException {
        for (long pause = 100; ; pause = 2 * pause) {
            RdsCredentials account =
                    client.getSecretValue(surroundings.secretName()).asRdsCredentials();
            try (Database.Session session =
                    surroundings.database().connect(account.accountName(), account.accountPassword())) {
                session.query();
                return;
            } catch (SQLException e) {
                if (pause > 5_000 || closed.await(pause, TimeUnit.MILLISECONDS)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        client.close();
    }
}
