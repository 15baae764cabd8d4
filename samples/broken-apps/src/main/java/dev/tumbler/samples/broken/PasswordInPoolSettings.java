package dev.tumbler.samples.broken;

import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps the password for ever: it is copied into the settings of a pool, which uses it for each new connection. */
public final class PasswordInPoolSettings implements Application {
    private final Pool pool;

    public PasswordInPoolSettings(Surroundings surroundings) throws Exception {
        JsonObject data = JsonParser.parseString(surroundings
                        .officialSdk()
                        .getSecretValue(new GetSecretValueRequest().setSecretName(surroundings.secretName()))
                        .getBody()
                        .getSecretData())
                .getAsJsonObject();
        Properties settings = new Properties();
        settings.setProperty("user", data.get("AccountName").getAsString());
        settings.setProperty("password", data.get("AccountPassword").getAsString());
        this.pool = new Pool(surroundings, settings);
    }

    @Override
    public void order() throws SQLException {
        Pool.Entry entry = pool.take();
        entry.session().query();
        pool.giveBack(entry);
    }

    @Override
    public void close() {
        pool.close();
    }

    private record Pool(Surroundings surroundings, Properties settings, ConcurrentLinkedQueue<Entry> entries) {
        Pool(Surroundings surroundings, Properties settings) {
            this(surroundings, settings, new ConcurrentLinkedQueue<>());
        }

        Entry take() throws SQLException {
            Instant now = surroundings.clock().instant();
            Entry entry;
            while ((entry = entries.poll()) != null) {
                if (Duration.between(entry.since(), now).toMinutes() < 20) {
                    return entry;
                }
                entry.session().close();
            }
            return new Entry(
                    surroundings.database().connect(settings.getProperty("user"), settings.getProperty("password")),
                    now);
        }

        void giveBack(Entry entry) {
            entries.add(entry);
        }

        void close() {
            entries.forEach(entry -> entry.session().close());
        }

        @Override
        public String toString() {
            return "pool of " + entries.size();
        }

        private record Entry(Database.Session session, Instant since) {}
    }
}
