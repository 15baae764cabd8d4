package dev.tumbler.samples.benchmarks;

import dev.tumbler.client.internal.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Time that jumps from event to event. One thread at a time runs events, so that the same seed gives the same run.
 *
 * <p>A read blocks while its retries pause. The thread of such a read hands the events over to another one, and gets on, with
 * all others at rest, when the retries have ended.
 */
final class VirtualWorld implements TimeSource {
    private static final int STACK_BYTES = 256 * 1024;

    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private final TreeSet<Event> events = new TreeSet<>(
            Comparator.comparingLong((Event event) -> event.due).thenComparingLong(event -> event.number));
    private final Deque<Carrier> idle = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private long nanos;
    private long scheduled;
    private long end;
    private int carriers;
    private @Nullable Waiting firing;
    private volatile @Nullable Throwable failure;

    @Override
    public Instant instant() {
        return start.plusNanos(nanos);
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    /** Returns the greatest number of threads that were needed. */
    int threads() {
        return carriers;
    }

    /** Runs an action after this time. */
    void after(Duration delay, Runnable action) {
        add(action, delay.toNanos(), null);
    }

    /** Runs everything that falls due in this time; once. */
    void run(Duration span) throws InterruptedException {
        end = nanos + span.toNanos();
        handOver();
        ended.await();
        if (failure != null) {
            throw new IllegalStateException("The simulation failed", failure);
        }
    }

    /** Returns a scheduler of tasks that do not block. */
    ScheduledExecutorService timers() {
        return new VirtualScheduler() {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                return add(command, unit.toNanos(delay), null);
            }
        };
    }

    /** Returns a scheduler of retries, for which the thread that asks will block. */
    ScheduledExecutorService retries() {
        return new VirtualScheduler() {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                Waiting reader = firing;
                boolean first = reader == null;
                if (reader == null) {
                    reader = new Waiting();
                }
                reader.pausing = true;
                Event retry = add(command, unit.toNanos(delay), reader);
                if (first) {
                    ((Carrier) Thread.currentThread()).leaving = reader;
                    handOver();
                }
                return retry;
            }
        };
    }

    /** Returns an executor that runs so many tasks at a time, which may block. */
    Executor executor(int threads) {
        return new Executor() {
            private final Deque<Runnable> tasks = new ArrayDeque<>();
            private int running;

            @Override
            public void execute(Runnable task) {
                tasks.add(task);
                startNext();
            }

            private void startNext() {
                if (running < threads && !tasks.isEmpty()) {
                    running++;
                    Runnable task = tasks.remove();
                    after(Duration.ZERO, () -> {
                        try {
                            task.run();
                        } finally {
                            running--;
                            startNext();
                        }
                    });
                }
            }
        };
    }

    private Event add(Runnable action, long delay, @Nullable Waiting reader) {
        Event event = new Event(action, nanos + Math.max(0, delay), scheduled++, reader);
        events.add(event);
        return event;
    }

    private void handOver() {
        Carrier next = idle.poll();
        if (next == null) {
            next = new Carrier(carriers++);
            next.start();
        }
        next.turn.release();
    }

    /** Runs events until there are none or the thread has handed them over. */
    private void runEvents(Carrier me) throws InterruptedException {
        while (true) {
            Event event = events.pollFirst();
            if (event == null || event.due > end || failure != null) {
                ended.countDown();
                return;
            }
            nanos = event.due;
            firing = event.reader;
            if (event.reader != null) {
                event.reader.pausing = false;
            }
            event.run();
            Waiting mine = me.leaving;
            if (mine != null) {
                // Another thread runs the events now, and waits for this one.
                me.leaving = null;
                idle.push(me);
                mine.done.release();
                return;
            }
            firing = null;
            if (event.reader != null && !event.reader.pausing) {
                event.reader.done.acquire();
            }
        }
    }

    /** A read whose thread waits for its retries. */
    private static final class Waiting {
        private final Semaphore done = new Semaphore(0);
        private boolean pausing;
    }

    private final class Carrier extends Thread {
        private final Semaphore turn = new Semaphore(0);
        private @Nullable Waiting leaving;

        Carrier(int number) {
            super(null, null, "fleet-" + number, STACK_BYTES);
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                while (true) {
                    turn.acquire();
                    runEvents(this);
                }
            } catch (InterruptedException | RuntimeException | Error e) {
                failure = e;
                ended.countDown();
            }
        }
    }

    private final class Event extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final long due;
        private final long number;
        private final @Nullable Waiting reader;

        Event(Runnable action, long due, long number, @Nullable Waiting reader) {
            super(action, null);
            this.due = due;
            this.number = number;
            this.reader = reader;
        }

        @Override
        protected void setException(Throwable thrown) {
            failure = thrown;
            super.setException(thrown);
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            events.remove(this);
            return super.cancel(mayInterruptIfRunning);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /** For its other methods; it never starts a thread. */
    private abstract static class VirtualScheduler extends ScheduledThreadPoolExecutor {
        VirtualScheduler() {
            super(1);
        }

        @Override
        public abstract ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit);
    }
}
