package dev.tumbler.client.cache;

import dev.tumbler.client.internal.time.DaemonThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What a cache runs on. What may wait for something else that runs there has threads of its own.
 *
 * @param timers what waits until a refresh is due
 * @param reads what calls the service for those who wait
 * @param refreshes what calls the service in the background
 * @param callbacks what calls listeners and completes futures
 * @param saves what saves to the store
 * @param own those that end with the cache
 */
record CacheExecutors(
        ScheduledExecutorService timers,
        Executor reads,
        Executor refreshes,
        Executor callbacks,
        Executor saves,
        List<ExecutorService> own) {
    private static final int READ_THREADS = 64;
    private static final int REFRESH_THREADS = 8;

    /** Returns those of a builder, and for what it leaves out new ones, which have no thread before their first task. */
    static CacheExecutors of(@Nullable ScheduledExecutorService timers, @Nullable Executor all) {
        ScheduledExecutorService ownTimers = timers == null ? DaemonThreads.scheduler("tumbler-cache-timer") : timers;
        List<ExecutorService> alsoOwn = timers == null ? List.of(ownTimers) : List.of();
        if (all != null) {
            return new CacheExecutors(ownTimers, all, all, all, all, alsoOwn);
        }
        ExecutorService reads = DaemonThreads.bounded("tumbler-cache-read", READ_THREADS);
        ExecutorService refreshes = DaemonThreads.bounded("tumbler-cache-refresh", REFRESH_THREADS);
        ExecutorService callbacks = DaemonThreads.elastic("tumbler-cache-news");
        ExecutorService saves = DaemonThreads.bounded("tumbler-cache-store", 1);
        List<ExecutorService> threads = new ArrayList<>(List.of(reads, refreshes, callbacks, saves));
        threads.addAll(alsoOwn);
        return new CacheExecutors(ownTimers, reads, refreshes, callbacks, saves, List.copyOf(threads));
    }

    void close() {
        own.forEach(ExecutorService::shutdownNow);
    }
}
