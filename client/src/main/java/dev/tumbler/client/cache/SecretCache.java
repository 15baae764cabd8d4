package dev.tumbler.client.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.client.model.SecretDataType;
import dev.tumbler.client.model.VersionStage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * Secrets in memory, one {@link CachedSecret} handle for each. Get a handle once, keep it, and read it as often as you
 * like.
 *
 * <p>The first read of a handle waits for the service; threads that come at the same time share one request. From then on
 * the value is refreshed in the background before its interval has passed. If a refresh fails, the old value stays, is
 * marked stale and is served until it expires; refreshes go on with growing pauses. See {@link SecretCacheBuilder} for the
 * times.
 *
 * <p>Thread-safe. No thread runs before the first read, and only daemon threads after it. Whoever builds the cache closes
 * it; closing leaves no thread, and does not close the client.
 */
public final class SecretCache implements AutoCloseable {
    private final SecretsClient client;
    private final RefreshSchedule schedule;
    private final ScheduledExecutorService scheduler;
    private final ExecutorService threads;
    private final Cache<SecretKey, CachedSecret<RdsCredentials>> rds;
    private final Cache<SecretKey, CachedSecret<String>> texts;

    /** All that live, evicted ones that somebody still holds included, so that closing reaches them. */
    private final Set<CachedSecret<?>> handles =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private volatile boolean closed;

    SecretCache(
            SecretsClient client,
            RefreshSchedule schedule,
            long maximumSize,
            ScheduledExecutorService scheduler,
            ExecutorService threads) {
        this.client = client;
        this.schedule = schedule;
        this.scheduler = scheduler;
        this.threads = threads;
        this.rds = bounded(maximumSize);
        this.texts = bounded(maximumSize);
    }

    /** Returns a builder of a cache that reads through this client. */
    public static SecretCacheBuilder builder(SecretsClient client) {
        return new SecretCacheBuilder(client);
    }

    /** Returns the handle of the current database account in a secret; reads nothing yet. */
    public CachedSecret<RdsCredentials> rds(String secretName) {
        return rds(secretName, VersionStage.ACS_CURRENT);
    }

    /** Returns the handle of the database account in the version of a secret that this stage marks; reads nothing yet. */
    public CachedSecret<RdsCredentials> rds(String secretName, VersionStage stage) {
        return handle(rds, new SecretKey(secretName, stage), GetSecretValueResult::asRdsCredentials);
    }

    /** Returns the handle of the current content of a secret, in clear text; reads nothing yet. */
    public CachedSecret<String> text(String secretName) {
        return handle(texts, new SecretKey(secretName, VersionStage.ACS_CURRENT), SecretCache::textOf);
    }

    private static String textOf(GetSecretValueResult result) {
        if (!result.secretDataType().equals(SecretDataType.TEXT)) {
            throw new IllegalStateException("The content of secret \"" + result.secretName() + "\" is "
                    + result.secretDataType() + ", not text");
        }
        return result.secretData().asString();
    }

    private <T> CachedSecret<T> handle(
            Cache<SecretKey, CachedSecret<T>> kept, SecretKey key, Function<GetSecretValueResult, T> mapper) {
        requireOpen();
        return kept.get(key, absent -> {
            CachedSecret<T> handle = new CachedSecret<>(this, absent, mapper);
            handles.add(handle);
            return handle;
        });
    }

    private static <T> Cache<SecretKey, CachedSecret<T>> bounded(long maximumSize) {
        // On the caller's thread: eviction is cheap, and no foreign pool gets involved.
        return Caffeine.newBuilder()
                .maximumSize(maximumSize)
                .executor(Runnable::run)
                .build();
    }

    GetSecretValueResult fetch(SecretKey key) {
        return client.getSecretValue(
                request -> request.secretName(key.secretName()).versionStage(key.stage()));
    }

    RefreshSchedule schedule() {
        return schedule;
    }

    ScheduledExecutorService scheduler() {
        return scheduler;
    }

    ExecutorService threads() {
        return threads;
    }

    boolean isClosed() {
        return closed;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This SecretCache is closed");
        }
    }

    /**
     * Stops all refreshing and forgets all values; reads under way and later ones fail with
     * {@link IllegalStateException}. Idempotent.
     */
    @Override
    public void close() {
        closed = true;
        scheduler.shutdownNow();
        List<CachedSecret<?>> living;
        synchronized (handles) {
            living = new ArrayList<>(handles);
        }
        living.forEach(CachedSecret::close);
        threads.shutdownNow();
        rds.invalidateAll();
        texts.invalidateAll();
    }

    /** What a handle reads. */
    record SecretKey(String secretName, VersionStage stage) {
        SecretKey {
            Objects.requireNonNull(secretName, "secretName");
            Objects.requireNonNull(stage, "stage");
        }

        @Override
        public String toString() {
            return "\"" + secretName + "\" " + stage;
        }
    }
}
