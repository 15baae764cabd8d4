package dev.tumbler.samples.broken;

import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the password: the value as it came, to see whether it has come. Otherwise it is like the correct one. */
public final class AccountInTheLog implements Application {
    private static final Logger LOG = LoggerFactory.getLogger(AccountInTheLog.class);

    private final CorrectApplication correct;

    public AccountInTheLog(Surroundings surroundings) {
        try (SecretsClient client = surroundings.client(RetryPolicy.ofDefaults())) {
            LOG.info(
                    "The account of the database is {}",
                    client.getSecretValue(surroundings.secretName())
                            .secretData()
                            .asString());
        }
        this.correct = new CorrectApplication(surroundings);
    }

    @Override
    public void order() throws SQLException, InterruptedException {
        correct.order();
    }

    @Override
    public void close() {
        correct.close();
    }
}
