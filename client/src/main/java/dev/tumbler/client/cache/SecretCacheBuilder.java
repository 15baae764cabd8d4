package dev.tumbler.client.cache;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.internal.time.DaemonThreads;
import dev.tumbler.client.internal.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link SecretCache}; not thread-safe. */
public final class SecretCacheBuilder {
    private static final int REFRESH_THREADS = 8;

    private final SecretsClient client;
    private Duration refreshInterval = Duration.ofMinutes(10);
    private Duration expireAfter = Duration.ofHours(24);
    private long maximumSize = 1000;

    private TimeSource time = TimeSource.system();
    private @Nullable ScheduledExecutorService scheduler;
    private @Nullable ExecutorService threads;
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    SecretCacheBuilder(SecretsClient client) {
        this.client = Objects.requireNonNull(client, "client");
    }

    /**
     * The longest time between two reads of a secret from the service; default 10 minutes, must be positive. Each refresh
     * comes at a random moment of the last quarter, so that many processes do not ask at once, and soon after the next
     * rotation that the service has announced.
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
     * The greatest number of secrets of each kind that the cache keeps by itself; default 1000, at least 1. A handle that
     * somebody holds goes on working beyond it.
     */
    public SecretCacheBuilder maximumSize(long maximumSize) {
        if (maximumSize < 1) {
            throw new IllegalArgumentException("maximumSize must be at least 1, not " + maximumSize);
        }
        this.maximumSize = maximumSize;
        return this;
    }

    /** Tests drive time, threads and chance themselves. */
    SecretCacheBuilder timing(
            TimeSource time, ScheduledExecutorService scheduler, ExecutorService threads, DoubleSupplier random) {
        this.time = time;
        this.scheduler = scheduler;
        this.threads = threads;
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
                client,
                new RefreshSchedule(refreshInterval, expireAfter, time, random),
                maximumSize,
                scheduler == null ? DaemonThreads.scheduler("tumbler-cache-timer") : scheduler,
                threads == null ? DaemonThreads.bounded("tumbler-cache-refresh", REFRESH_THREADS) : threads);
    }
}
