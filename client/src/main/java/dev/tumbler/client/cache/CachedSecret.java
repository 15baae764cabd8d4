package dev.tumbler.client.cache;

import dev.tumbler.client.FailureKind;
import dev.tumbler.client.KmsTransportException;
import dev.tumbler.client.model.GetSecretValueResult;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handle of one secret in a {@link SecretCache}. Keep it: a handle that nobody holds may be evicted, and its listeners
 * with it. Thread-safe.
 *
 * @param <T> the form in which the secret is read
 */
public final class CachedSecret<T> {
    private static final Logger LOG = LoggerFactory.getLogger(CachedSecret.class);

    /** Forced refreshes that come faster are answered with what the last one brought. */
    private static final Duration MIN_BETWEEN_FORCED = Duration.ofSeconds(1);

    private final SecretCache cache;
    private final SecretCache.SecretKey key;
    private final Function<GetSecretValueResult, T> mapper;
    private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();

    /** Null before the first read and after expiry. The timers change it, so that reading needs no clock. */
    private volatile @Nullable Snapshot<T> snapshot;

    // What follows is guarded by this.
    private @Nullable CompletableFuture<Snapshot<T>> flight;
    private @Nullable T lastKnown;
    private @Nullable Future<?> refreshTimer;
    private @Nullable Future<?> expiryTimer;
    private int failures;
    private @Nullable Long lastForcedNanos;

    CachedSecret(SecretCache cache, SecretCache.SecretKey key, Function<GetSecretValueResult, T> mapper) {
        this.cache = cache;
        this.key = key;
        this.mapper = mapper;
    }

    /** Returns the name of the secret. */
    public String secretName() {
        return key.secretName();
    }

    /**
     * Returns the value: at once from memory, or, for the first read and after expiry, from the service. Threads that
     * wait at the same time share one request, and its exception if it fails; a failure is not kept.
     *
     * @throws dev.tumbler.client.KmsException if there is no value and the service gave none
     * @throws IllegalStateException if the content has not the form that this handle reads, or the cache is closed
     */
    public T get() {
        Snapshot<T> current = snapshot;
        return current == null ? await(fly(false)).value() : current.value();
    }

    /**
     * Reads the value from the service now, as after a failed login. Threads that ask at the same time share one request,
     * and within a second of the last such refresh the value in memory is returned instead.
     *
     * @throws dev.tumbler.client.KmsException if the service gave no value; the one in memory is still served by
     *     {@link #get()}
     * @throws IllegalStateException if the content has not the form that this handle reads, or the cache is closed
     */
    public T refreshNow() {
        Snapshot<T> recent = recentlyForced();
        return recent == null ? await(fly(true)).value() : recent.value();
    }

    /**
     * Returns whether the value in memory is stale: the last refresh failed, and the value may have changed at the service
     * since.
     */
    public boolean isStale() {
        Snapshot<T> current = snapshot;
        return current != null && current.stale();
    }

    /** Returns the id of the version in memory; empty before the first read and after expiry. */
    public Optional<String> versionId() {
        Snapshot<T> current = snapshot;
        return current == null ? Optional.empty() : Optional.of(current.versionId());
    }

    /**
     * Calls the listener with each new value that differs from the one before; the first value is no change. Calls come
     * on a thread of the cache, after {@link #get()} returns the new value. What a listener throws is logged.
     */
    public void onChange(Consumer<? super T> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    private synchronized @Nullable Snapshot<T> recentlyForced() {
        long now = cache.schedule().time().nanoTime();
        Snapshot<T> current = snapshot;
        if (flight == null
                && current != null
                && lastForcedNanos != null
                && now - lastForcedNanos < MIN_BETWEEN_FORCED.toNanos()) {
            return current;
        }
        lastForcedNanos = now;
        return null;
    }

    /** Returns the flight under way, or starts one; without force a value in memory is good enough. */
    private CompletableFuture<Snapshot<T>> fly(boolean force) {
        CompletableFuture<Snapshot<T>> mine = new CompletableFuture<>();
        synchronized (this) {
            cache.requireOpen();
            Snapshot<T> current = snapshot;
            if (!force && current != null) {
                return CompletableFuture.completedFuture(current);
            }
            if (flight != null) {
                return flight;
            }
            flight = mine;
        }
        try {
            cache.threads().execute(() -> read(mine));
        } catch (RejectedExecutionException e) {
            fail(mine, new IllegalStateException("This SecretCache is closed"));
        }
        return mine;
    }

    private void read(CompletableFuture<Snapshot<T>> mine) {
        Snapshot<T> next;
        Optional<Instant> nextRotation;
        try {
            GetSecretValueResult result = cache.fetch(key);
            next = new Snapshot<>(mapper.apply(result), result.versionId(), false);
            nextRotation = result.rotation().nextRotationDate();
        } catch (RuntimeException | Error e) {
            fail(mine, e);
            return;
        }
        boolean changed = land(next, nextRotation);
        mine.complete(next);
        if (changed) {
            tell(next);
        }
    }

    private synchronized boolean land(Snapshot<T> next, Optional<Instant> nextRotation) {
        flight = null;
        if (cache.isClosed()) {
            return false;
        }
        if (failures > 0) {
            LOG.info("Secret {}: refreshed again, after {} failures", key, failures);
        }
        boolean changed = lastKnown != null && !lastKnown.equals(next.value());
        failures = 0;
        lastKnown = next.value();
        snapshot = next;
        cancel(expiryTimer);
        expiryTimer = later(cache.schedule().expireAfter(), CachedSecret::expire);
        refreshIn(cache.schedule().afterSuccess(nextRotation));
        return changed;
    }

    private void fail(CompletableFuture<Snapshot<T>> mine, Throwable failure) {
        synchronized (this) {
            flight = null;
            Snapshot<T> current = snapshot;
            // Before the first value there is nothing to keep fresh: the next reader asks again.
            if (lastKnown != null && !cache.isClosed()) {
                failures++;
                if (failures == 1) {
                    LOG.warn(
                            "Secret {}: refresh failed, the value in memory is still served: {}",
                            key,
                            failure.getMessage());
                } else {
                    LOG.debug("Secret {}: refresh failed {} times: {}", key, failures, failure.getMessage());
                }
                if (current != null) {
                    snapshot = new Snapshot<>(current.value(), current.versionId(), true);
                }
                refreshIn(cache.schedule().afterFailure(failures));
            }
        }
        mine.completeExceptionally(failure);
    }

    private synchronized void expire() {
        if (!cache.isClosed()) {
            snapshot = null;
            LOG.warn(
                    "Secret {}: expired, because no refresh went well for {}; readers now wait for the service",
                    key,
                    cache.schedule().expireAfter());
        }
    }

    private void refreshIn(Duration delay) {
        cancel(refreshTimer);
        refreshTimer = later(delay, CachedSecret::refreshInBackground);
    }

    private void refreshInBackground() {
        if (!cache.isClosed()) {
            CompletableFuture<Snapshot<T>> unused = fly(true);
        }
    }

    private @Nullable Future<?> later(Duration delay, Consumer<CachedSecret<?>> action) {
        // The timer must not keep a handle alive that the cache has evicted and nobody holds.
        WeakReference<CachedSecret<?>> self = new WeakReference<>(this);
        try {
            return cache.scheduler()
                    .schedule(
                            () -> {
                                CachedSecret<?> alive = self.get();
                                if (alive != null) {
                                    action.accept(alive);
                                }
                            },
                            delay.toNanos(),
                            TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The cache is closing.
            return null;
        }
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void tell(Snapshot<T> next) {
        for (Consumer<? super T> listener : listeners) {
            try {
                listener.accept(next.value());
            } catch (RuntimeException e) {
                // Its message is not ours and could hold the value.
                LOG.warn(
                        "Secret {}: a listener failed with {}",
                        key,
                        e.getClass().getName());
            }
        }
    }

    private Snapshot<T> await(CompletableFuture<Snapshot<T>> flight) {
        try {
            return flight.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException("Secret " + key + " could not be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KmsTransportException(
                    "Secret " + key + ": interrupted while waiting for its value",
                    FailureKind.NO_ANSWER,
                    0,
                    Duration.ZERO,
                    e);
        }
    }

    void close() {
        CompletableFuture<Snapshot<T>> running;
        synchronized (this) {
            running = flight;
            flight = null;
            snapshot = null;
            lastKnown = null;
            cancel(refreshTimer);
            cancel(expiryTimer);
        }
        if (running != null) {
            running.completeExceptionally(new IllegalStateException("This SecretCache is closed"));
        }
    }

    @Override
    public String toString() {
        return "CachedSecret[" + key + "]";
    }

    private record Snapshot<T>(T value, String versionId, boolean stale) {
        @Override
        public String toString() {
            return "Snapshot[versionId=" + versionId + ", stale=" + stale + "]";
        }
    }
}
