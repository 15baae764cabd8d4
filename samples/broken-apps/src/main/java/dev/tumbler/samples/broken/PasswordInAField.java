package dev.tumbler.samples.broken;

import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.RdsCredentials;
import java.sql.SQLException;

/** Keeps the password for ever: it is read when the application starts, and never again. */
public final class PasswordInAField implements Application {
    private final Database database;
    private final RdsCredentials account;

    public PasswordInAField(Surroundings surroundings) {
        this.database = surroundings.database();
        try (SecretsClient client = surroundings.client(RetryPolicy.ofDefaults())) {
            this.account = client.getSecretValue(surroundings.secretName()).asRdsCredentials();
        }
    }

    @Override
    public void order() throws SQLException {
        try (Database.Session session = database.connect(account.accountName(), account.accountPassword())) {
            session.query();
        }
    }

    @Override
    public void close() {}
}
