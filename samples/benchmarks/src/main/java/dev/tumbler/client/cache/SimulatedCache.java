package dev.tumbler.client.cache;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.internal.time.TimeSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;

/** Opens the seam that the cache has for its own tests: in this package, for it is nobody else's. */
public final class SimulatedCache {
    private SimulatedCache() {}

    /** Returns a cache with the default settings, in a time of its own. */
    public static SecretCache over(
            SecretsClient client,
            TimeSource time,
            ScheduledExecutorService scheduler,
            Executor executor,
            DoubleSupplier random) {
        return SecretCache.builder(client)
                .clock(time)
                .scheduler(scheduler)
                .executor(executor)
                .ticker(time::nanoTime)
                .chance(random)
                .build();
    }
}
