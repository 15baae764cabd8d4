package dev.tumbler.emulator.http;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Makes daemon threads and remembers them, to wait for their end: the event loops' own "terminated" comes shortly
 * <em>before</em> their threads end.
 */
final class TrackedThreads implements ThreadFactory {
    private final String prefix;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    TrackedThreads(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable task) {
        return newThread(task, Integer.toString(threads.size() + 1));
    }

    Thread newThread(Runnable task, String name) {
        Thread thread = new FastThreadLocalThread(task, prefix + name);
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /** Waits for all of them; not if the caller is one of them or is interrupted. */
    void join(Duration timeout) {
        if (threads.contains(Thread.currentThread())) {
            return;
        }
        try {
            // By index: one of them may start another before it ends.
            for (int i = 0; i < threads.size(); i++) {
                TimeUnit.MILLISECONDS.timedJoin(threads.get(i), timeout.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
