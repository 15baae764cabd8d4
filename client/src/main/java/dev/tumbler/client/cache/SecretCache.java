package dev.tumbler.client.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.RdsCredentials;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Secrets in memory, one {@link CachedSecret} handle for each. Get a handle once, keep it, and read it as often as you
 * like. A secret that is read in two forms, or two versions of it, have a handle each, and each reads the service for
 * itself.
 *
 * <p>The first read of a handle waits for the service; threads that come at the same time share one request. From then on
 * the value is refreshed in the background before its interval has passed. If a refresh fails, whatever the reason, the
 * old value stays, is marked stale and is served until it expires; refreshes go on with pauses that grow to a tenth of the
 * interval. While the service throttles or is away, all secrets of the cache are refreshed one after the other, with such
 * pauses between them. See {@link SecretCacheBuilder} for the times.
 *
 * <p>Thread-safe. No thread runs before the first read, and only daemon threads after it. Whoever builds the cache closes
 * it; closing leaves no thread, and does not close the client.
 */
public final class SecretCache implements AutoCloseable {
    private static final Duration LONGEST_SAVE = Duration.ofSeconds(2);

    private final SecretSource source;
    private final RefreshSchedule schedule;
    private final RefreshPace pace;
    private final StoredValues stored;
    private final CacheExecutors executors;
    private final Counters counters = new Counters();
    private final Cache<HandleKey, CachedSecret<?>> kept;

    /** All that live, evicted ones that somebody still holds included, so that closing reaches them. */
    private final Set<CachedSecret<?>> handles =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** Of handles that are gone: their timers would wait for nothing. */
    private final ReferenceQueue<CachedSecret<?>> collected = new ReferenceQueue<>();

    private volatile boolean closed;

    SecretCache(
            SecretSource source,
            RefreshSchedule schedule,
            long maximumSize,
            @Nullable SecretStore store,
            CacheExecutors executors) {
        this.source = source;
        this.schedule = schedule;
        this.pace = new RefreshPace(schedule, executors.timers());
        this.stored = new StoredValues(store, executors.saves());
        this.executors = executors;
        // On the caller's thread: eviction is cheap, and no foreign pool gets involved.
        this.kept = Caffeine.newBuilder()
                .maximumSize(maximumSize)
                .executor(Runnable::run)
                .build();
    }

    /** Returns a builder of a cache that reads through this client. */
    public static SecretCacheBuilder builder(SecretsClient client) {
        return new SecretCacheBuilder(client);
    }

    /** Returns the handle of the current database account in a secret; reads nothing yet. */
    public CachedSecret<RdsCredentials> rds(String secretName) {
        return rds(secretName, VersionSelector.current());
    }

    /** Returns the handle of the database account in a version of a secret; reads nothing yet. */
    public CachedSecret<RdsCredentials> rds(String secretName, VersionSelector version) {
        return handle(secretName, version, SecretForm.RDS);
    }

    /** Returns the handle of the current content of a secret, in clear text; reads nothing yet. */
    public CachedSecret<String> text(String secretName) {
        return text(secretName, VersionSelector.current());
    }

    /** Returns the handle of the content of a version of a secret, in clear text; reads nothing yet. */
    public CachedSecret<String> text(String secretName, VersionSelector version) {
        return handle(secretName, version, SecretForm.TEXT);
    }

    /**
     * Returns the handle of the current content of a secret, a JSON object, as an object of this type: a record or a
     * class that Gson can make. Names must match, what the content lacks is null or zero. Reads nothing yet.
     *
     * <p>Give the type a {@code toString} that hides what must not be logged.
     */
    public <T> CachedSecret<T> json(String secretName, Class<T> type) {
        return json(secretName, type, VersionSelector.current());
    }

    /** As {@link #json(String, Class)}, for a version of the secret. */
    public <T> CachedSecret<T> json(String secretName, Class<T> type, VersionSelector version) {
        return handle(secretName, version, SecretForm.json(type));
    }

    /**
     * Returns the handle of what this function makes of a secret's current version, such as the bytes of a binary secret
     * that was stored in Base64:
     *
     * <pre>{@code
     * secrets.mapped("key", value -> Base64.getDecoder().decode(value.secretData().asString()))
     * }</pre>
     *
     * <p>Each function has handles of its own: give the same one, or keep the handle. Of what it throws only the class is
     * told, since a message could hold the content. Reads nothing yet.
     *
     * @param mapper must not return null; it is called once for each read
     */
    public <T> CachedSecret<T> mapped(String secretName, Function<? super GetSecretValueResult, ? extends T> mapper) {
        return mapped(secretName, mapper, VersionSelector.current());
    }

    /** As {@link #mapped(String, Function)}, for a version of the secret. */
    public <T> CachedSecret<T> mapped(
            String secretName, Function<? super GetSecretValueResult, ? extends T> mapper, VersionSelector version) {
        return handle(secretName, version, SecretForm.mapped(mapper));
    }

    /** Returns the handle of all that the service answers about the current version, extended configuration included. */
    public CachedSecret<GetSecretValueResult> result(String secretName) {
        return result(secretName, VersionSelector.current());
    }

    /** As {@link #result(String)}, for a version of the secret. */
    public CachedSecret<GetSecretValueResult> result(String secretName, VersionSelector version) {
        return handle(secretName, version, SecretForm.WHOLE);
    }

    // A key's form makes the type that its handle has.
    @SuppressWarnings("unchecked")
    private <T> CachedSecret<T> handle(String secretName, VersionSelector version, SecretForm<T> form) {
        requireOpen();
        HandleTimers.cancelAll(collected);
        HandleKey key = new HandleKey(new SecretAddress(secretName, version), form);
        return (CachedSecret<T>) kept.get(key, absent -> {
            CachedSecret<T> handle = new CachedSecret<>(this, absent.address(), form);
            handles.add(handle);
            return handle;
        });
    }

    /**
     * Reads the secrets that have no value yet and waits for all of them, as a program does when it starts. At most 8 are
     * read at the same time, or as many as the executor given to the builder runs. One that fails does not keep the others
     * from being read.
     *
     * @param secrets handles of this cache
     * @throws IllegalArgumentException if a handle is of another cache
     * @throws dev.tumbler.client.KmsTransportException if the thread is interrupted while it waits
     */
    public PreloadReport preload(CachedSecret<?>... secrets) {
        Map<CachedSecret<?>, CompletableFuture<?>> flights = new LinkedHashMap<>();
        for (CachedSecret<?> secret : secrets) {
            if (!secret.belongsTo(this)) {
                throw new IllegalArgumentException(secret + " is of another cache");
            }
        }
        for (CachedSecret<?> secret : secrets) {
            flights.put(secret, secret.preload());
        }
        List<CachedSecret<?>> loaded = new ArrayList<>();
        Map<CachedSecret<?>, RuntimeException> failures = new LinkedHashMap<>();
        flights.forEach((secret, flight) -> {
            Optional<RuntimeException> failure = secret.outcome(flight);
            if (failure.isEmpty()) {
                loaded.add(secret);
            } else {
                failures.put(secret, failure.get());
            }
        });
        return new PreloadReport(loaded, failures);
    }

    /** Returns what this cache holds now and what it has done so far. */
    public CacheStats stats() {
        Instant now = schedule.clock().instant();
        int secrets = 0;
        int stale = 0;
        int missing = 0;
        Duration oldest = null;
        for (CachedSecret<?> handle : living()) {
            missing += handle.isMissing() ? 1 : 0;
            Optional<Instant> readAt = handle.readAt();
            if (readAt.isPresent()) {
                secrets++;
                stale += handle.isStale() ? 1 : 0;
                Duration age = Duration.between(readAt.get(), now);
                oldest = oldest == null || age.compareTo(oldest) > 0 ? age : oldest;
            }
        }
        return new CacheStats(counters, secrets, stale, missing, oldest);
    }

    GetSecretValueResult fetch(SecretAddress address, boolean retryThrottled) {
        return source.read(address, retryThrottled);
    }

    ReferenceQueue<CachedSecret<?>> collected() {
        return collected;
    }

    StoredValues stored() {
        return stored;
    }

    RefreshSchedule schedule() {
        return schedule;
    }

    RefreshPace pace() {
        return pace;
    }

    Counters counters() {
        return counters;
    }

    CacheExecutors executors() {
        return executors;
    }

    boolean isClosed() {
        return closed;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This SecretCache is closed");
        }
    }

    private List<CachedSecret<?>> living() {
        synchronized (handles) {
            return new ArrayList<>(handles);
        }
    }

    /**
     * Stops all refreshing and forgets all values; reads under way and later ones fail with
     * {@link IllegalStateException}. Waits up to two seconds for values that are being stored, which stay there. Idempotent.
     */
    @Override
    public void close() {
        closed = true;
        stored.await(LONGEST_SAVE);
        living().forEach(CachedSecret::close);
        pace.close();
        executors.close();
        kept.invalidateAll();
    }

    private record HandleKey(SecretAddress address, SecretForm<?> form) {}
}
