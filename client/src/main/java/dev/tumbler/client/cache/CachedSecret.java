package dev.tumbler.client.cache;

import dev.tumbler.client.FailureKind;
import dev.tumbler.client.KmsServiceException;
import dev.tumbler.client.KmsTransportException;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.SecretData;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handle of one secret in a {@link SecretCache}, in one form. Keep it: a handle that nobody holds may be evicted, and
 * its listeners with it. Thread-safe.
 *
 * @param <T> the form in which the secret is read
 */
public final class CachedSecret<T> {
    private static final Logger LOG = LoggerFactory.getLogger(CachedSecret.class);

    /** Forced refreshes that come faster are answered with what the last one brought. */
    private static final Duration MIN_BETWEEN_FORCED = Duration.ofSeconds(1);

    private final SecretCache cache;
    private final SecretAddress address;
    private final SecretForm<T> form;
    private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();

    /** Tells the listeners, in the order in which the values came. */
    private final SerialQueue news;

    /** Null before the first read and after expiry. The timers change it, so that reading needs no clock. */
    private volatile @Nullable Snapshot<T> snapshot;

    // What follows is guarded by this.
    private @Nullable CompletableFuture<Snapshot<T>> flight;
    private Occasion occasionOfFlight = Occasion.MISSING;

    /** For those who force a read while one is under way that began too early for them. */
    private @Nullable CompletableFuture<Snapshot<T>> nextFlight;

    private final HandleTimers timers;
    private @Nullable Known lastKnown;
    private @Nullable Refusal refusal;

    /** Why the last read brought nothing; null if it did, or there was none. */
    private @Nullable Throwable lastFailure;

    private RefreshPace.@Nullable Turn turn;
    private int failures;
    private long values;
    private @Nullable Long lastForcedNanos;

    CachedSecret(SecretCache cache, SecretAddress address, SecretForm<T> form) {
        this.cache = cache;
        this.address = address;
        this.form = form;
        this.news = new SerialQueue(cache.executors().callbacks());
        this.timers = new HandleTimers(this, cache.executors().timers(), cache.collected());
    }

    /** Returns the name of the secret. */
    public String secretName() {
        return address.secretName();
    }

    /** Returns which version of the secret this handle reads. */
    public VersionSelector version() {
        return address.version();
    }

    /**
     * Returns the value: at once from memory, or, for the first read and after expiry, from the service. Threads that
     * wait at the same time share one request, and its exception if it fails. A failure is not kept, unless the service
     * refuses to give the value: see {@link SecretCacheBuilder#rememberRefusal}.
     *
     * @throws dev.tumbler.client.KmsException if there is no value and the service gave none
     * @throws IllegalStateException if the content has not the form that this handle reads, or the cache is closed
     */
    public T get() {
        Snapshot<T> current = snapshot;
        return current == null || current.stale() ? getAside(current) : current.value();
    }

    /**
     * As {@link #get()}, without waiting: the future is complete if the value is in memory. Cancelling it does not end the
     * read, which others may wait for.
     *
     * @throws IllegalStateException if the cache is closed
     */
    public CompletableFuture<T> getAsync() {
        Snapshot<T> current = snapshot;
        return current == null ? handedOver(load()) : CompletableFuture.completedFuture(served(current));
    }

    /** Apart, so that what is hot stays small. */
    private T getAside(@Nullable Snapshot<T> current) {
        return current == null ? await(load()).value() : served(current);
    }

    private T served(Snapshot<T> current) {
        if (current.stale()) {
            cache.counters().staleServes.increment();
        }
        return current.value();
    }

    /** Completes the future elsewhere than on the thread that read: what hangs on it may wait for another read. */
    private CompletableFuture<T> handedOver(CompletableFuture<Snapshot<T>> read) {
        if (read.isDone()) {
            return read.thenApply(Snapshot::value);
        }
        return read.handleAsync(
                (next, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(failure);
                    }
                    return next.value();
                },
                cache.executors().callbacks());
    }

    /**
     * Reads the value from the service now, as after a failed login. Threads that ask at the same time share one request,
     * which begins after the first of them asked, and within a second of the last such refresh get what it got, a value
     * or an exception.
     *
     * @throws dev.tumbler.client.KmsException if the service gave no value; the one in memory is still served by
     *     {@link #get()}
     * @throws IllegalStateException if the content has not the form that this handle reads, or the cache is closed
     */
    public T refreshNow() {
        return await(fly(Occasion.FORCED)).value();
    }

    /**
     * As {@link #refreshNow()}, without waiting. Cancelling the future does not end the read, which others may wait for.
     *
     * @throws IllegalStateException if the cache is closed
     */
    public CompletableFuture<T> refreshAsync() {
        return handedOver(fly(Occasion.FORCED));
    }

    /**
     * Returns whether the value in memory is stale: its last refresh failed, or waits because those of other secrets failed,
     * and the value may have changed at the service since.
     */
    public boolean isStale() {
        Snapshot<T> current = snapshot;
        return current != null && current.stale();
    }

    /** Returns when the value in memory was read from the service; empty before the first read and after expiry. */
    public Optional<Instant> readAt() {
        Snapshot<T> current = snapshot;
        return current == null ? Optional.empty() : Optional.of(current.readAt());
    }

    /** Returns the id of the version in memory; empty before the first read and after expiry. */
    public Optional<String> versionId() {
        Snapshot<T> current = snapshot;
        return current == null ? Optional.empty() : Optional.of(current.versionId());
    }

    /**
     * Calls the listener with each new value that differs from the one before; the first value is no change. Calls come one
     * after the other, in the order of the values, after {@link #get()} returns the new one. They come on a thread of the
     * cache, where a listener may read secrets and holds up no other handle's, or on the executor given to the cache. The class of what
     * a listener throws is logged.
     */
    public void onChange(Consumer<? super T> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /** Returns what is in memory, or reads it. */
    CompletableFuture<Snapshot<T>> load() {
        return fly(Occasion.MISSING);
    }

    /** As {@link #load()}, with few others at a time. */
    CompletableFuture<Snapshot<T>> preload() {
        return fly(Occasion.PRELOAD);
    }

    /** Reads the value for those who will ask. */
    CompletableFuture<Snapshot<T>> readAhead() {
        return fly(Occasion.AHEAD);
    }

    /** Returns what is in memory, if that will do, or the flight under way, or starts one. */
    private CompletableFuture<Snapshot<T>> fly(Occasion occasion) {
        CompletableFuture<Snapshot<T>> mine = new CompletableFuture<>();
        synchronized (this) {
            cache.requireOpen();
            CompletableFuture<Snapshot<T>> remembered = isMemoryEnough(occasion) ? remembered(occasion) : null;
            if (remembered != null) {
                return remembered;
            }
            if (occasion == Occasion.FORCED) {
                lastForcedNanos = cache.schedule().ticker().getAsLong();
            }
            if (flight != null) {
                return occasion == Occasion.FORCED && occasionOfFlight != Occasion.FORCED ? nextFlight() : flight;
            }
            flight = mine;
            occasionOfFlight = occasion;
        }
        launch(mine, occasion);
        return mine;
    }

    private CompletableFuture<Snapshot<T>> nextFlight() {
        if (nextFlight == null) {
            nextFlight = new CompletableFuture<>();
        }
        return nextFlight;
    }

    private void launch(CompletableFuture<Snapshot<T>> mine, Occasion occasion) {
        try {
            // Nobody waits for a read ahead, and the pace knows better what to do when it is throttled.
            CacheExecutors executors = cache.executors();
            boolean isHurried = occasion == Occasion.MISSING || occasion == Occasion.FORCED;
            (isHurried ? executors.reads() : executors.refreshes())
                    .execute(() -> read(mine, occasion != Occasion.AHEAD));
        } catch (RejectedExecutionException e) {
            fail(mine, new IllegalStateException("This SecretCache is closed", e));
        } catch (RuntimeException | Error e) {
            fail(mine, e);
        }
    }

    /**
     * Ends a flight, and starts the next one if somebody waits for it.
     *
     * @param change what is new of this handle, under its lock, unless the cache is closed
     * @param tell completes the flight, whatever the change throws: a scheduler may find no thread
     */
    private void end(CompletableFuture<Snapshot<T>> mine, Runnable change, Runnable tell) {
        CompletableFuture<Snapshot<T>> following = null;
        try {
            synchronized (this) {
                if (flight == mine) {
                    following = nextFlight;
                    flight = following;
                    occasionOfFlight = Occasion.FORCED;
                    nextFlight = null;
                }
                if (!cache.isClosed()) {
                    change.run();
                }
            }
        } finally {
            tell.run();
            if (following != null) {
                launch(following, Occasion.FORCED);
            }
        }
    }

    private boolean isMemoryEnough(Occasion occasion) {
        return switch (occasion) {
            case MISSING, PRELOAD -> true;
            case FORCED ->
                flight == null
                        && lastForcedNanos != null
                        && cache.schedule().ticker().getAsLong() - lastForcedNanos < MIN_BETWEEN_FORCED.toNanos();
            case AHEAD -> false;
        };
    }

    private @Nullable CompletableFuture<Snapshot<T>> remembered(Occasion occasion) {
        if (occasion == Occasion.FORCED && lastFailure != null) {
            return CompletableFuture.failedFuture(lastFailure);
        }
        Snapshot<T> current = snapshot;
        if (current != null) {
            return CompletableFuture.completedFuture(current);
        }
        return refusal == null ? null : CompletableFuture.failedFuture(refusal.again());
    }

    private void read(CompletableFuture<Snapshot<T>> mine, boolean retryThrottled) {
        try {
            Instant readAt = cache.schedule().clock().instant();
            long number = cache.stored().nextRead();
            GetSecretValueResult result = cache.fetch(address, retryThrottled);
            // A mapper may destroy what it was given.
            GetSecretValueResult own = result.toBuilder()
                    .secretData(SecretData.of(result.secretData().asString()))
                    .build();
            T value = form.mapper().apply(result);
            land(mine, new Snapshot<>(value, result.versionId(), readAt, false), own, number);
        } catch (RuntimeException | Error e) {
            recover(mine, e);
        }
    }

    /** Whatever goes wrong, the flight ends. */
    private void recover(CompletableFuture<Snapshot<T>> mine, Throwable failure) {
        try {
            if (restore(mine, failure)) {
                return;
            }
        } catch (RuntimeException | Error e) {
            // Not as a suppressed one: its message is not ours and could hold the value.
            LOG.warn(
                    "Secret {}: the stored value is not used: {}",
                    address,
                    e.getClass().getName());
        }
        fail(mine, failure);
    }

    private void land(CompletableFuture<Snapshot<T>> mine, Snapshot<T> next, GetSecretValueResult result, long number) {
        end(
                mine,
                () -> {
                    if (failures > 0) {
                        LOG.info("Secret {}: refreshed again, after {} failures", address, failures);
                    }
                    (snapshot == null ? cache.counters().loads : cache.counters().refreshes).increment();
                    Known content = known(result);
                    boolean changed = lastKnown != null && !lastKnown.equals(content);
                    failures = 0;
                    RefreshSchedule schedule = cache.schedule();
                    show(next, content, isKeptFresh() ? schedule.expireAfter() : schedule.refreshInterval());
                    cache.stored().add(address, result, next.readAt(), number);
                    if (changed) {
                        news.add(() -> tell(next));
                    }
                    refreshIn(schedule.afterSuccess(result.rotation().nextRotationDate()));
                },
                () -> {
                    mine.complete(next);
                    cache.stored().run();
                    news.run();
                });
    }

    private void show(Snapshot<T> next, Known content, Duration expireIn) {
        refusal = null;
        lastFailure = null;
        lastKnown = content;
        snapshot = next;
        timers.expireIn(expireIn, ++values);
    }

    private Known known(GetSecretValueResult result) {
        return new Known(result.secretData(), form.isOfContentOnly() ? Optional.empty() : result.extendedConfig());
    }

    private void showStale() {
        Snapshot<T> current = snapshot;
        if (current != null && !current.stale()) {
            snapshot = new Snapshot<>(current.value(), current.versionId(), current.readAt(), true);
        }
    }

    /** Takes the stored value, if the service is away and there is none in memory; returns whether it did. */
    private boolean restore(CompletableFuture<Snapshot<T>> mine, Throwable failure) {
        if (snapshot != null || !FailureKind.isTemporary(failure)) {
            return false;
        }
        Optional<SecretStore.StoredSecret> stored = cache.stored().find(address);
        if (stored.isEmpty()) {
            return false;
        }
        GetSecretValueResult result = stored.get().result();
        Instant readAt = stored.get().readAt();
        Duration age = Duration.between(readAt, cache.schedule().clock().instant());
        Duration left = cache.schedule().expireAfter().minus(age.isNegative() ? Duration.ZERO : age);
        if (left.isNegative() || left.isZero()) {
            LOG.warn("Secret {}: the stored value has expired, it is {} old", address, age);
            return false;
        }
        Snapshot<T> old;
        try {
            old = new Snapshot<>(form.mapper().apply(result), result.versionId(), readAt, true);
        } catch (IllegalStateException e) {
            LOG.warn("Secret {}: the stored value is not used: {}", address, e.getMessage());
            return false;
        }
        end(
                mine,
                () -> {
                    failures++;
                    cache.counters().failures.increment();
                    cache.counters().restores.increment();
                    LOG.warn("Secret {}: not read, the stored value is served: {}", address, failure.getMessage());
                    show(old, known(result), left);
                    lastFailure = failure;
                    refreshIn(cache.schedule().afterFailure(failures));
                },
                () -> mine.complete(old));
        return true;
    }

    private void fail(CompletableFuture<Snapshot<T>> mine, Throwable failure) {
        end(mine, () -> failed(failure), () -> mine.completeExceptionally(failure));
    }

    private void failed(Throwable failure) {
        cache.counters().failures.increment();
        lastFailure = failure;
        Snapshot<T> current = snapshot;
        if (current == null
                && failure instanceof KmsServiceException refused
                && refused.kind() == FailureKind.REJECTED) {
            remember(refused);
        }
        // Before the first value there is nothing to keep fresh: the next reader asks again.
        if (lastKnown != null) {
            failures++;
            report(failure, current != null);
            showStale();
            refreshIn(cache.schedule().afterFailure(failures));
        }
    }

    private void report(Throwable failure, boolean served) {
        if (failures == 1) {
            LOG.warn(
                    "Secret {}: refresh failed, {}: {}",
                    address,
                    served ? "the value in memory is still served" : "there is no value",
                    failure.getMessage());
        } else {
            LOG.debug("Secret {}: refresh failed {} times: {}", address, failures, failure.getMessage());
        }
    }

    private void remember(KmsServiceException refused) {
        Duration span = cache.schedule().rememberRefusal();
        if (span.isZero()) {
            refusal = null;
        } else {
            refusal = new Refusal(refused);
            timers.forgetRefusalIn(span);
        }
    }

    synchronized void forgetRefusal() {
        refusal = null;
    }

    /** @param shown the number of the value whose time is up */
    synchronized void expire(long shown) {
        // A timer that fires while a new value lands cannot be cancelled any more.
        if (!cache.isClosed() && shown == values) {
            snapshot = null;
            if (failures > 0) {
                LOG.warn(
                        "Secret {}: expired, because no refresh went well for {}; readers now wait for the service",
                        address,
                        cache.schedule().expireAfter());
            }
        }
    }

    /** Refreshes what is asked for again and again, so not the version that only a refused login asks for. */
    private boolean isKeptFresh() {
        return !address.version().equals(VersionSelector.previous());
    }

    private void refreshIn(Duration delay) {
        if (!isKeptFresh()) {
            return;
        }
        cancelTurn();
        timers.refreshIn(delay);
    }

    private void cancelTurn() {
        if (turn != null) {
            turn.cancel();
        }
    }

    /** Reads the value again as soon as the pace of the cache allows it. */
    void refreshInTurn() {
        RefreshPace.Turn mine = new RefreshPace.Turn(this);
        synchronized (this) {
            if (cache.isClosed()) {
                return;
            }
            turn = mine;
        }
        boolean waits = cache.pace().enter(mine);
        synchronized (this) {
            // Unless its turn came at once and is over.
            if (waits && turn == mine && mine.isWaiting()) {
                showStale();
            }
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
                        address,
                        e.getClass().getName());
            }
        }
    }

    private <R> R await(CompletableFuture<R> flight) {
        try {
            return flight.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException("Secret " + address + " could not be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KmsTransportException(
                    "Secret " + address + ": interrupted while waiting for its value",
                    FailureKind.NO_ANSWER,
                    0,
                    Duration.ZERO,
                    e);
        }
    }

    /** Waits for a read of this handle; returns what it threw, if anything. An interrupt is thrown, not returned. */
    Optional<RuntimeException> outcome(CompletableFuture<?> read) {
        try {
            await(read);
            return Optional.empty();
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    /** Returns whether there is no value, though somebody has asked for it. */
    synchronized boolean isMissing() {
        return snapshot == null && lastFailure != null;
    }

    boolean belongsTo(SecretCache other) {
        return cache == other;
    }

    void close() {
        CompletableFuture<Snapshot<T>> running;
        CompletableFuture<Snapshot<T>> waiting;
        synchronized (this) {
            running = flight;
            flight = null;
            waiting = nextFlight;
            nextFlight = null;
            snapshot = null;
            lastKnown = null;
            refusal = null;
            cancelTurn();
            timers.cancel();
        }
        for (CompletableFuture<Snapshot<T>> each : Arrays.asList(running, waiting)) {
            if (each != null) {
                each.completeExceptionally(new IllegalStateException("This SecretCache is closed"));
            }
        }
    }

    @Override
    public String toString() {
        return "CachedSecret[" + address + "]";
    }

    /** Why a value is read. */
    private enum Occasion {
        MISSING,
        PRELOAD,
        FORCED,
        AHEAD
    }

    /** What a value was made of: another one is a change. */
    private record Known(SecretData content, Optional<String> extendedConfig) {}

    record Snapshot<T>(T value, String versionId, Instant readAt, boolean stale) {
        @Override
        public String toString() {
            return "Snapshot[versionId=" + versionId + ", stale=" + stale + "]";
        }
    }
}
