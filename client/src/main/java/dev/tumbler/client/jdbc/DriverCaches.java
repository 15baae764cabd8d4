package dev.tumbler.client.jdbc;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.internal.time.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The caches of a driver, one for all connections with the same settings. When another is opened, those that no login has
 * used for an hour are closed, as that of an access key that was exchanged. Thread-safe.
 */
final class DriverCaches implements AutoCloseable {
    /** Longer than any login. */
    private static final Duration LONGEST_IDLE = Duration.ofHours(1);

    private final TimeSource time;
    private final Map<KmsSettings, Opened> opened = new HashMap<>();

    DriverCaches(TimeSource time) {
        this.time = time;
    }

    /** Returns the cache of these settings, which is opened if need be; connects to nothing. */
    synchronized SecretCache of(KmsSettings settings) throws SQLException {
        Opened known = opened.get(settings);
        if (known == null) {
            closeIdle();
            known = Opened.of(settings);
            opened.put(settings, known);
        }
        known.usedAt = time.nanoTime();
        return known.cache;
    }

    private void closeIdle() {
        opened.entrySet().removeIf(entry -> {
            boolean over = time.nanoTime() - entry.getValue().usedAt > LONGEST_IDLE.toNanos();
            if (over) {
                entry.getValue().close();
            }
            return over;
        });
    }

    @Override
    public synchronized void close() {
        opened.values().forEach(Opened::close);
        opened.clear();
    }

    private static final class Opened {
        private final List<SecretsClient> clients;
        private final SecretCache cache;
        private long usedAt;

        private Opened(List<SecretsClient> clients, SecretCache cache) {
            this.clients = clients;
            this.cache = cache;
        }

        static Opened of(KmsSettings settings) throws SQLException {
            List<SecretsClient> clients = settings.clients();
            try {
                return new Opened(clients, settings.cache(clients));
            } catch (SQLException e) {
                clients.forEach(SecretsClient::close);
                throw e;
            }
        }

        void close() {
            cache.close();
            clients.forEach(SecretsClient::close);
        }
    }
}
