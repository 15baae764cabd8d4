package dev.tumbler.client.testing;

import dev.tumbler.client.internal.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Time that passes only when a test says so. */
public final class VirtualTime implements TimeSource {
    private final Instant start = Instant.parse("2026-11-24T04:00:00Z");
    private final List<Task> tasks = new ArrayList<>();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private long nanos;

    @Override
    public synchronized Instant instant() {
        return start.plusNanos(nanos);
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    /** Returns what was asked of {@link #skippingScheduler()}, in order. */
    public List<Duration> pauses() {
        return pauses;
    }

    /** Lets time pass, and runs what falls due on this thread, in order. */
    public void advance(Duration duration) {
        long target = nanoTime() + duration.toNanos();
        while (true) {
            Task due;
            synchronized (this) {
                due = tasks.stream()
                        .filter(task -> task.due <= target)
                        .min(Comparator.comparingLong(task -> task.due))
                        .orElse(null);
                if (due == null) {
                    nanos = target;
                    return;
                }
                tasks.remove(due);
                nanos = Math.max(nanos, due.due);
            }
            due.run();
        }
    }

    /** Returns the number of tasks that wait. */
    public synchronized int scheduledTasks() {
        return (int) tasks.stream().filter(task -> !task.isDone()).count();
    }

    /** Returns a scheduler whose tasks run in {@link #advance}. */
    public ScheduledThreadPoolExecutor scheduler() {
        return new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                synchronized (VirtualTime.this) {
                    Task task = new Task(command, nanos + unit.toNanos(delay));
                    tasks.add(task);
                    return task;
                }
            }
        };
    }

    /** Returns a scheduler that lets the pause pass at once and then runs the task. */
    public ScheduledThreadPoolExecutor skippingScheduler() {
        return new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "skipping-scheduler");
            thread.setDaemon(true);
            return thread;
        }) {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                pauses.add(Duration.ofNanos(unit.toNanos(delay)));
                advance(Duration.ofNanos(unit.toNanos(delay)));
                return super.schedule(command, 0, unit);
            }
        };
    }

    private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final long due;

        Task(Runnable command, long due) {
            super(command, null);
            this.due = due;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            synchronized (VirtualTime.this) {
                tasks.remove(this);
            }
            return super.cancel(mayInterruptIfRunning);
        }
    }
}
