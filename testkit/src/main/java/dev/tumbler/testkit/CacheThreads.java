package dev.tumbler.testkit;

import dev.tumbler.client.cache.SecretCacheBuilder;
import dev.tumbler.emulator.time.EmulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What caches run on whose time is an emulator's: timers that fire as its clock is advanced, and as time passes if it
 * follows the system's. An advance fires each timer that is due once, in order, and waits for the reads that it starts.
 */
final class CacheThreads implements AutoCloseable {
    private static final Duration LONGEST_READ = Duration.ofMinutes(1);

    private final EmulatorClock clock;
    private final Instant start;
    private final Timers timers;
    private final Map<Long, CompletableFuture<Void>> reads = new ConcurrentHashMap<>();
    private final AtomicLong lastRead = new AtomicLong();
    private final ThreadPoolExecutor readers = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> new Reader(task));

    CacheThreads(EmulatorClock clock) {
        this.clock = clock;
        this.start = clock.now();
        this.timers = new Timers(clock);
        clock.afterAdvance(this::catchUp);
    }

    SecretCacheBuilder drive(SecretCacheBuilder cache) {
        return cache.clock(clock).scheduler(timers).executor(this::read).ticker(this::ticks);
    }

    /** Time that passes when the clock is advanced, and also by itself: a frozen clock must not freeze limits on pauses. */
    private long ticks() {
        return System.nanoTime() + Duration.between(start, clock.now()).toNanos();
    }

    private void read(Runnable task) {
        CompletableFuture<Void> read = CompletableFuture.runAsync(task, readers);
        long number = lastRead.incrementAndGet();
        reads.put(number, read);
        var unused = read.whenComplete((nothing, failure) -> reads.remove(number));
    }

    private void catchUp() {
        // A listener of a cache that makes time pass would wait for itself.
        if (Thread.currentThread() instanceof Reader) {
            return;
        }
        for (Runnable due = timers.takeDue(); due != null; due = timers.takeDue()) {
            due.run();
            awaitReads();
        }
    }

    private void awaitReads() {
        try {
            // A read that brings a new value starts what tells of it.
            while (!reads.isEmpty()) {
                CompletableFuture.allOf(reads.values().toArray(CompletableFuture<?>[]::new))
                        .get(LONGEST_READ.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            // The cache has dealt with it.
            return;
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "A cache has been refreshing for " + LONGEST_READ + ": does a listener of it wait for something?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while caches refresh", e);
        }
    }

    @Override
    public void close() {
        timers.shutdownNow();
        readers.shutdownNow();
        try {
            readers.awaitTermination(5, TimeUnit.SECONDS);
            timers.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A thread on which caches read, and call their listeners. */
    private static final class Reader extends Thread {
        Reader(Runnable task) {
            super(task, "tumbler-testkit-reader");
            setDaemon(true);
        }
    }

    /** Timers by the emulator's clock. Only what a cache asks of a scheduler is there. */
    private static final class Timers extends ScheduledThreadPoolExecutor {
        private final EmulatorClock clock;
        private final TreeSet<Timer> waiting =
                new TreeSet<>(Comparator.comparing(Timer::due).thenComparing(Timer::sequence));
        private long nextSequence;

        Timers(EmulatorClock clock) {
            super(1, task -> {
                Thread thread = new Thread(task, "tumbler-testkit-timer");
                thread.setDaemon(true);
                return thread;
            });
            this.clock = clock;
            setRemoveOnCancelPolicy(true);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            Timer timer;
            synchronized (waiting) {
                timer = new Timer(task, clock.now().plus(Duration.of(delay, unit.toChronoUnit())), nextSequence++);
                waiting.add(timer);
            }
            watch(timer);
            return timer;
        }

        /** Of a clock that follows the system's, real time passes too. */
        private void watch(Timer timer) {
            if (!clock.isFrozen() && !isShutdown()) {
                long millis =
                        Math.max(0, Duration.between(clock.now(), timer.due()).toMillis()) + 1;
                timer.inRealTime = super.schedule(() -> fire(timer), millis, TimeUnit.MILLISECONDS);
            }
        }

        private void fire(Timer timer) {
            if (timer.due().isAfter(clock.now())) {
                watch(timer);
            } else {
                forget(timer);
                timer.run();
            }
        }

        @Nullable
        Runnable takeDue() {
            Timer first;
            synchronized (waiting) {
                if (waiting.isEmpty() || waiting.first().due().isAfter(clock.now())) {
                    return null;
                }
                first = waiting.pollFirst();
            }
            return first;
        }

        private void forget(Timer timer) {
            synchronized (waiting) {
                waiting.remove(timer);
            }
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException("Not on the emulator's time");
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
            throw new UnsupportedOperationException("Not on the emulator's time");
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException("Not on the emulator's time");
        }

        private final class Timer extends FutureTask<Void> implements RunnableScheduledFuture<Void> {
            private final Instant due;
            private final long sequence;
            private volatile @Nullable ScheduledFuture<?> inRealTime;

            Timer(Runnable task, Instant due, long sequence) {
                super(task, null);
                this.due = due;
                this.sequence = sequence;
            }

            Instant due() {
                return due;
            }

            long sequence() {
                return sequence;
            }

            @Override
            protected void done() {
                forget(this);
                ScheduledFuture<?> watch = inRealTime;
                if (watch != null) {
                    watch.cancel(false);
                }
            }

            @Override
            public boolean isPeriodic() {
                return false;
            }

            @Override
            public long getDelay(TimeUnit unit) {
                return unit.convert(Duration.between(clock.now(), due));
            }

            @Override
            public int compareTo(Delayed other) {
                return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
            }
        }
    }
}
