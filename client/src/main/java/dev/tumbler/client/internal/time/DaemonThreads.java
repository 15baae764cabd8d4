package dev.tumbler.client.internal.time;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Executors that start no thread before their first task and keep no JVM alive. */
public final class DaemonThreads {
    private static final long IDLE_SECONDS = 10;

    private DaemonThreads() {}

    /** Returns a scheduler of one thread, which ends after some seconds without tasks; it forgets cancelled ones at once. */
    public static ScheduledExecutorService scheduler(String name) {
        return scheduler(name, Duration.ofSeconds(IDLE_SECONDS));
    }

    static ScheduledExecutorService scheduler(String name, Duration idle) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, factory(name));
        scheduler.setRemoveOnCancelPolicy(true);
        // The last thread stays while a task waits: see ThreadPoolExecutor.getTask.
        scheduler.setKeepAliveTime(idle.toNanos(), TimeUnit.NANOSECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        return scheduler;
    }

    /** Returns an executor that runs each task at once, on a thread that ends after some idle seconds. */
    public static ThreadPoolExecutor elastic(String name) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory(name));
    }

    /** Returns an executor of at most so many threads, which end after some idle seconds; further tasks wait. */
    public static ThreadPoolExecutor bounded(String name, int threads) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(name));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static ThreadFactory factory(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
