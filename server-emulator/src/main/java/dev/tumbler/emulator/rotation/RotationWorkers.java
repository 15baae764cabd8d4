package dev.tumbler.emulator.rotation;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that talk to databases: the work of one instance is done in order, one piece at a time, and an instance
 * that hangs delays no other. So there are at most as many threads as instances; idle ones end.
 */
public final class RotationWorkers implements AutoCloseable {
    /** What the names of the threads begin with: who logs in on one of them is the emulator. */
    public static final String THREAD_NAME_PREFIX = "tumbler-rotation-";

    private final ExecutorService threads;

    /** The last piece of work of each instance that has any. */
    private final Map<String, CompletableFuture<Void>> tails = new HashMap<>();

    public RotationWorkers() {
        AtomicInteger count = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, THREAD_NAME_PREFIX + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Runs {@code work} after what was submitted before for the same instance. The stage fails as the work does. */
    public CompletableFuture<Void> submit(String dbInstanceId, Runnable work) {
        synchronized (tails) {
            CompletableFuture<Void> before = tails.getOrDefault(dbInstanceId, CompletableFuture.completedFuture(null));
            CompletableFuture<Void> done =
                    before.handle((ignored, failure) -> (Void) null).thenRunAsync(work, threads);
            tails.put(dbInstanceId, done);
            return done.whenComplete((ignored, failure) -> {
                synchronized (tails) {
                    tails.remove(dbInstanceId, done);
                }
            });
        }
    }

    /** Takes no more work, interrupts what runs, and waits for it to end; at most 15 seconds. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
