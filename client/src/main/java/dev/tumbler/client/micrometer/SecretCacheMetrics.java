package dev.tumbler.client.micrometer;

import dev.tumbler.client.cache.CacheStats;
import dev.tumbler.client.cache.SecretCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What a cache holds and has done, from its {@link CacheStats}. Gauges: {@code tumbler.secrets.cached},
 * {@code tumbler.secrets.stale}, and {@code tumbler.secrets.oldest.age} in seconds, NaN without a value. Counters:
 * {@code tumbler.secrets.loads}, {@code .refreshes}, {@code .failures}, {@code .stale.serves} and {@code .restores}. The cache
 * is held weakly. Immutable and thread-safe.
 */
public final class SecretCacheMetrics implements MeterBinder {
    private final SecretCache cache;

    /** Creates a binder of this cache. */
    public SecretCacheMetrics(SecretCache cache) {
        this.cache = Objects.requireNonNull(cache, "cache");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "cached", "Values in memory", CacheStats::secrets);
        gauge(registry, "stale", "Values in memory whose last refresh failed", CacheStats::staleSecrets);
        gauge(registry, "missing", "Secrets without a value, whose last read failed", CacheStats::missingSecrets);
        TimeGauge.builder("tumbler.secrets.oldest.age", cache, TimeUnit.SECONDS, SecretCacheMetrics::oldestAge)
                .description("Time since the oldest value in memory was read from the service")
                .register(registry);
        counter(registry, "loads", "Reads that brought a value where there was none", CacheStats::loads);
        counter(registry, "refreshes", "Reads that brought a value where there was one", CacheStats::refreshes);
        counter(registry, "failures", "Reads that failed, with all their retries", CacheStats::failures);
        counter(registry, "stale.serves", "Stale values that were served", CacheStats::staleServes);
        counter(registry, "restores", "Values that came from the store", CacheStats::restores);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<CacheStats> value) {
        Gauge.builder("tumbler.secrets." + name, cache, read -> value.applyAsDouble(read.stats()))
                .description(description)
                .register(registry);
    }

    private void counter(MeterRegistry registry, String name, String description, ToDoubleFunction<CacheStats> value) {
        FunctionCounter.builder("tumbler.secrets." + name, cache, read -> value.applyAsDouble(read.stats()))
                .description(description)
                .register(registry);
    }

    private static double oldestAge(SecretCache cache) {
        return cache.stats()
                .oldestAge()
                .map(Duration::toMillis)
                .map(millis -> millis / 1000.0)
                .orElse(Double.NaN);
    }
}
