package dev.tumbler.samples.broken;

import dev.tumbler.client.KmsException;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.RdsCredentials;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** A refused login is the end: the value is refreshed by time alone. */
public final class RefusedOnce implements Application {
    private final Surroundings surroundings;
    private final SecretsClient client;
    private RdsCredentials account;
    private Instant nextRead;

    public RefusedOnce(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.client = surroundings.client(RetryPolicy.none());
        this.account = client.getSecretValue(surroundings.secretName()).asRdsCredentials();
        this.nextRead = later();
    }

    @Override
    public void order() throws SQLException {
        RdsCredentials now = account();
        try (Database.Session session = surroundings.database().connect(now.accountName(), now.accountPassword())) {
            session.query();
        }
    }

    private synchronized RdsCredentials account() {
        if (!surroundings.clock().instant().isBefore(nextRead)) {
            nextRead = later();
            try {
                account = client.getSecretValue(surroundings.secretName()).asRdsCredentials();
            } catch (KmsException e) {
                // The old one does for another five minutes.
            }
        }
        return account;
    }

    private Instant later() {
        return surroundings.clock().instant().plus(Duration.ofMinutes(5));
    }

    @Override
    public void close() {
        client.close();
    }
}
