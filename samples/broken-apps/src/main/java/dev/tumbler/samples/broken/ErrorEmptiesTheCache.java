package dev.tumbler.samples.broken;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Ignores stale values: a refresh that fails empties the cache. */
public final class ErrorEmptiesTheCache implements Application {
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final Surroundings surroundings;
    private final Client sdk;
    private final Map<String, Entry> cache = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    public ErrorEmptiesTheCache(Surroundings surroundings) throws Exception {
        this.surroundings = surroundings;
        this.sdk = surroundings.officialSdk();
    }

    @Override
    public void order() throws Exception {
        Entry entry = lookUp();
        for (int attempt = 1; !orderAs(entry); attempt++) {
            if (attempt == 8) {
                throw new SQLException("Refused eight times", "28000");
            }
            lock.lock();
            try {
                if (entry.equals(cache.get(surroundings.secretName()))) {
                    cache.put(surroundings.secretName(), load());
                    if (entry.isLike(lookUp())) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150L * attempt));
                    }
                }
                entry = lookUp();
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean orderAs(Entry entry) throws SQLException {
        try (Database.Session session = surroundings.database().connect(entry.name, entry.password)) {
            session.query();
            return true;
        } catch (SQLException e) {
            if (Database.isLoginRefused(e)) {
                return false;
            }
            throw e;
        }
    }

    private Entry lookUp() throws Exception {
        Entry entry = cache.get(surroundings.secretName());
        if (entry != null && surroundings.clock().instant().isBefore(entry.loaded.plus(LIFE))) {
            return entry;
        }
        lock.lock();
        try {
            Entry newer = cache.get(surroundings.secretName());
            if (newer != null && !newer.equals(entry)) {
                return newer;
            }
            Entry loaded = load();
            cache.put(surroundings.secretName(), loaded);
            return loaded;
        } catch (Exception e) {
            cache.clear();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private Entry load() throws Exception {
        JsonObject data = JsonParser.parseString(
                        sdk.getSecretValue(new GetSecretValueRequest().setSecretName(surroundings.secretName()))
                                .getBody()
                                .getSecretData())
                .getAsJsonObject();
        return new Entry(
                data.get("AccountName").getAsString(),
                data.get("AccountPassword").getAsString(),
                surroundings.clock().instant());
    }

    @Override
    public void close() {}

    private record Entry(String name, String password, Instant loaded) {
        boolean isLike(Entry other) {
            return name.equals(other.name) && password.equals(other.password);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
