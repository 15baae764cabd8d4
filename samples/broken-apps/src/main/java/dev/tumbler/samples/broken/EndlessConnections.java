package dev.tumbler.samples.broken;

import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.RdsCredentials;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The pool never retires a connection: what works is used for as long as it works. New ones ask the secret. */
public final class EndlessConnections implements Application {
    private final Database database;
    private final SecretsClient client;
    private final String secretName;
    private final BlockingQueue<Database.Session> pool = new LinkedBlockingQueue<>();

    public EndlessConnections(Surroundings surroundings) {
        this.database = surroundings.database();
        this.client = surroundings.client(RetryPolicy.ofDefaults());
        this.secretName = surroundings.secretName();
    }

    @Override
    public void order() throws SQLException, InterruptedException {
        Database.Session session = pool.poll();
        if (session == null) {
            session = open();
        }
        session.query();
        pool.add(session);
    }

    private Database.Session open() throws SQLException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            RdsCredentials account = client.getSecretValue(secretName).asRdsCredentials();
            try {
                return database.connect(account.accountName(), account.accountPassword());
            } catch (SQLException e) {
                if (attempt == 10) {
                    throw e;
                }
                Database.Session other = pool.poll(200L * attempt, TimeUnit.MILLISECONDS);
                if (other != null) {
                    return other;
                }
            }
        }
    }

    @Override
    public void close() {
        pool.forEach(Database.Session::close);
        client.close();
    }
}
