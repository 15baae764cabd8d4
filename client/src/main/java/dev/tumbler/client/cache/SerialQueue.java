package dev.tumbler.client.cache;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other, in the order in which they came, on a thread of an executor. Thread-safe. */
final class SerialQueue {
    private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);

    private final Executor executor;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    SerialQueue(Executor executor) {
        this.executor = executor;
    }

    /** Adds a task, for the next {@link #run}; the caller may hold locks. */
    synchronized void add(Runnable task) {
        waiting.add(task);
    }

    /** Runs what was added, unless somebody is at it already. */
    void run() {
        synchronized (this) {
            if (running || waiting.isEmpty()) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::drain);
        } catch (RuntimeException | Error e) {
            // No thread, or closed. Nobody waits for these tasks; the next ones take them along.
            LOG.debug("Not run now: {}", e.getClass().getName());
            synchronized (this) {
                running = false;
            }
        }
    }

    private void drain() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // Its message is not ours and could hold a value.
                LOG.warn("A task failed with {}", e.getClass().getName());
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = waiting.poll();
        running = task != null;
        return task;
    }
}
