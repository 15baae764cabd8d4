package dev.tumbler.client.cache;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.internal.time.TimeSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link SecretCache}; not thread-safe. */
public final class SecretCacheBuilder {
    private static final Duration MAX_REMEMBERED = Duration.ofMinutes(1);

    private final SecretsClient client;
    private final List<SecretsClient> fallbacks = new ArrayList<>();
    private Duration refreshInterval = Duration.ofMinutes(10);
    private Duration expireAfter = Duration.ofHours(24);
    private long maximumSize = 1000;

    private Duration rememberRefusal = Duration.ofSeconds(5);
    private @Nullable SecretStore store;

    private InstantSource clock = TimeSource.system();
    private LongSupplier ticker = TimeSource.system()::nanoTime;
    private @Nullable ScheduledExecutorService scheduler;
    private @Nullable Executor executor;
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    SecretCacheBuilder(SecretsClient client) {
        this.client = Objects.requireNonNull(client, "client");
    }

    /**
     * A client of another region that has the same secrets under the same names, or of another way to the same region; by
     * default there is none. Each read for which the first client has no answer, for a
     * {@linkplain dev.tumbler.client.FailureKind#isTemporary() temporary} reason, goes to this one, and to further ones in the
     * order of these calls: when the first is throttled at once, otherwise after its own retries. How soon that is, its
     * {@code connectTimeout} and {@code retry} say. Nobody sees to it that the regions hold the same versions. Not closed with
     * the cache.
     */
    public SecretCacheBuilder fallback(SecretsClient other) {
        fallbacks.add(Objects.requireNonNull(other, "other"));
        return this;
    }

    /**
     * The longest time between two reads of a secret from the service; default 10 minutes, must be positive. Each refresh
     * comes at a random moment of the last quarter, so that many processes do not ask at once, or one to eleven seconds after
     * the next rotation that the service has announced, and again with growing pauses while that is overdue, up to five
     * minutes.
     */
    public SecretCacheBuilder refreshInterval(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("refreshInterval must be positive, not " + interval);
        }
        this.refreshInterval = interval;
        return this;
    }

    /**
     * The longest time for which a value is served after it was last read from the service, while refreshes fail; default
     * 24 hours, must be greater than the refresh interval.
     */
    public SecretCacheBuilder expireAfter(Duration bound) {
        this.expireAfter = Objects.requireNonNull(bound, "bound");
        return this;
    }

    /**
     * The greatest number of handles that the cache keeps by itself; default 1000, at least 1. A handle that somebody
     * holds goes on working beyond it.
     */
    public SecretCacheBuilder maximumSize(long maximumSize) {
        if (maximumSize < 1) {
            throw new IllegalArgumentException("maximumSize must be at least 1, not " + maximumSize);
        }
        this.maximumSize = maximumSize;
        return this;
    }

    /**
     * How long a handle without a value remembers that the service refuses to give it one, because there is no such secret,
     * version or stage, or no permission, so that readers who ask again and again do not ask the service; default 5 seconds,
     * from zero (never) to one minute. What changes in the meantime is seen late by as much.
     */
    public SecretCacheBuilder rememberRefusal(Duration span) {
        if (span.isNegative() || span.compareTo(MAX_REMEMBERED) > 0) {
            throw new IllegalArgumentException(
                    "rememberRefusal must be from PT0S to " + MAX_REMEMBERED + ", not " + span);
        }
        this.rememberRefusal = span;
        return this;
    }

    /**
     * Where values outlive the process; by default nowhere. Each value read is saved. If a handle has none and the service
     * is away, after the client's own retries, the stored one is served as a stale one, until it expires: see
     * {@link #expireAfter}.
     */
    public SecretCacheBuilder store(SecretStore store) {
        this.store = Objects.requireNonNull(store, "store");
        return this;
    }

    /**
     * What time it is, for announced rotations and the age of values; by default this machine's. With a
     * {@link #scheduler} and a {@link #ticker} of the same time a test can let hours pass at once.
     */
    public SecretCacheBuilder clock(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * What starts refreshes and ends values when it is time; by default a daemon thread of the cache. The cache uses
     * {@code schedule(Runnable, long, TimeUnit)} and the cancelling of what that returns; its tasks do not block. Not
     * closed with the cache.
     */
    public SecretCacheBuilder scheduler(ScheduledExecutorService scheduler) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        return this;
    }

    /**
     * What reads the service, calls listeners, completes futures and saves to the store; by default daemon threads of the
     * cache, up to 64 for reads that somebody waits for, 8 for refreshes, one for the store, and as many as listeners and
     * futures need. The tasks block as long as a call of the client. What hangs on a listener or a future and reads secrets,
     * or logs in with them, waits for a second thread of this executor. Not closed with the cache.
     */
    public SecretCacheBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Nanoseconds since some moment, which tell whether a forced refresh was a moment ago; by default those of
     * {@link System#nanoTime}, whatever the {@link #clock} says. A test whose time stands still can drive it too.
     */
    public SecretCacheBuilder ticker(LongSupplier nanos) {
        this.ticker = Objects.requireNonNull(nanos, "nanos");
        return this;
    }

    /** Tests drive chance. */
    SecretCacheBuilder chance(DoubleSupplier random) {
        this.random = random;
        return this;
    }

    /**
     * Builds the cache; nothing is read yet.
     *
     * @throws IllegalStateException if values would expire before their first refresh
     */
    public SecretCache build() {
        if (expireAfter.compareTo(refreshInterval) <= 0) {
            throw new IllegalStateException(
                    "expireAfter (" + expireAfter + ") must be greater than refreshInterval (" + refreshInterval + ")");
        }
        return new SecretCache(
                new SecretSource(client, List.copyOf(fallbacks)),
                new RefreshSchedule(refreshInterval, expireAfter, rememberRefusal, clock, ticker, random),
                maximumSize,
                store,
                CacheExecutors.of(scheduler, executor));
    }
}
