package dev.tumbler.client.cache;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a cache runs on.
 *
 * @param timers what waits until a refresh is due
 * @param readers what calls the service
 * @param messenger what calls listeners and saves to the store
 * @param close ends those that are the cache's own
 */
record CacheExecutors(ScheduledExecutorService timers, Executor readers, Executor messenger, Runnable close) {}
