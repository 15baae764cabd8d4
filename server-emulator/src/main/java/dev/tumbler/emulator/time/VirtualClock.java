package dev.tumbler.emulator.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock and what is due on it. While it follows the system clock, one thread runs what falls due; that thread
 * exists only from the first task on. A frozen clock has no thread.
 */
public final class VirtualClock implements EmulatorClock, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VirtualClock.class);

    /** How long the thread waits at most, so that a system clock that was set, or a laptop that slept, is noticed. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final long STOP_MILLIS = 5_000;

    private final InstantSource system;

    /** Held while due tasks run, so that they run one after the other. Never held while waiting for the time. */
    private final ReentrantLock running = new ReentrantLock();

    /** Guards the fields below. */
    private final Object state = new Object();

    private final TreeSet<Task> tasks =
            new TreeSet<>(Comparator.comparing(Task::due).thenComparing(Task::sequence));
    private long nextSequence;
    private Duration offset = Duration.ZERO;
    private @Nullable Instant frozenAt;
    private @Nullable Thread follower;
    private boolean closed;

    private final List<Runnable> afterAdvance = new CopyOnWriteArrayList<>();

    private VirtualClock(InstantSource system, @Nullable Instant frozenAt) {
        this.system = system;
        this.frozenAt = frozenAt;
    }

    /** A clock that shows the system's time until it is advanced. */
    public static VirtualClock following() {
        return following(systemTime());
    }

    static VirtualClock following(InstantSource system) {
        return new VirtualClock(system, null);
    }

    /** A clock that shows {@code instant} now and goes on as the system's does. */
    public static VirtualClock followingFrom(Instant instant) {
        return followingFrom(instant, systemTime());
    }

    static VirtualClock followingFrom(Instant instant, InstantSource system) {
        VirtualClock clock = new VirtualClock(system, null);
        clock.offset = Duration.between(system.instant(), instant);
        return clock;
    }

    /** A clock that stands at {@code instant} until it is advanced. */
    public static VirtualClock frozenAt(Instant instant) {
        return new VirtualClock(systemTime(), instant);
    }

    /** Real time, for what clients sign with their own clocks. */
    public static InstantSource systemTime() {
        return InstantSource.system();
    }

    @Override
    public Instant now() {
        synchronized (state) {
            return frozenAt != null ? frozenAt : system.instant().plus(offset);
        }
    }

    @Override
    public boolean isFrozen() {
        synchronized (state) {
            return frozenAt != null;
        }
    }

    @Override
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("Time does not go back: " + by);
        }
        moveForward(now -> now.plus(by));
    }

    @Override
    public void advanceTo(Instant instant) {
        moveForward(now -> {
            if (instant.isBefore(now)) {
                throw new IllegalArgumentException("Time does not go back: it is " + now + ", after " + instant);
            }
            return instant;
        });
    }

    private void moveForward(UnaryOperator<Instant> to) {
        running.lock();
        try {
            Instant target = to.apply(now());
            for (Task task = takeDue(target); task != null; task = takeDue(target)) {
                moveTo(task.due());
                join(task);
            }
            moveTo(target);
        } finally {
            running.unlock();
        }
        wakeFollower();
        afterAdvance.forEach(Runnable::run);
    }

    @Override
    public void afterAdvance(Runnable action) {
        afterAdvance.add(action);
    }

    /**
     * Has {@code action} run at {@code due}, or as soon as may be if that is past. {@link #advance} waits for the stage
     * that it returns; the following thread does not.
     */
    public Scheduled schedule(Instant due, Supplier<? extends CompletionStage<?>> action) {
        Task task;
        synchronized (state) {
            task = new Task(due, nextSequence++, action);
            if (!closed) {
                tasks.add(task);
            }
        }
        wakeFollower();
        return () -> {
            synchronized (state) {
                tasks.remove(task);
            }
        };
    }

    /** Forgets what is due and ends the thread. The time can still be read. */
    @Override
    public void close() {
        Thread stopped;
        synchronized (state) {
            closed = true;
            tasks.clear();
            stopped = follower;
            state.notifyAll();
        }
        if (stopped != null) {
            try {
                stopped.join(STOP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A task that has not run yet. */
    @FunctionalInterface
    public interface Scheduled {
        /** Takes it off the clock; without effect once it runs. */
        void cancel();
    }

    private void moveTo(Instant instant) {
        synchronized (state) {
            if (frozenAt != null) {
                frozenAt = max(frozenAt, instant);
            } else {
                offset = max(offset, Duration.between(system.instant(), instant));
            }
        }
    }

    private @Nullable Task takeDue(Instant at) {
        synchronized (state) {
            if (tasks.isEmpty() || tasks.first().due().isAfter(at)) {
                return null;
            }
            return tasks.pollFirst();
        }
    }

    /** Sees to it that a thread waits for the next task. A frozen clock needs nobody to wait. */
    private void wakeFollower() {
        synchronized (state) {
            if (closed || frozenAt != null || tasks.isEmpty()) {
                return;
            }
            if (follower == null) {
                follower = new Thread(this::follow, "tumbler-clock");
                follower.setDaemon(true);
                follower.start();
            }
            state.notifyAll();
        }
    }

    private void follow() {
        while (awaitDue()) {
            running.lock();
            try {
                for (Task task = takeDue(now()); task != null; task = takeDue(now())) {
                    start(task);
                }
            } finally {
                running.unlock();
            }
        }
    }

    /** Waits until something is due; false when the clock is closed. */
    private boolean awaitDue() {
        synchronized (state) {
            while (!closed) {
                Duration wait = tasks.isEmpty()
                        ? LONGEST_WAIT
                        : min(
                                LONGEST_WAIT,
                                Duration.between(now(), tasks.first().due()));
                if (wait.isNegative() || wait.isZero()) {
                    return true;
                }
                try {
                    state.wait(wait.toMillis() + 1);
                } catch (InterruptedException e) {
                    return false;
                }
            }
            return false;
        }
    }

    private static @Nullable CompletionStage<?> start(Task task) {
        try {
            return task.action().get();
        } catch (RuntimeException e) {
            log.error("A task that was due at {} failed", task.due(), e);
            return null;
        }
    }

    private static void join(Task task) {
        CompletionStage<?> stage = start(task);
        if (stage == null) {
            return;
        }
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            log.debug("What was due at {} ended with an error, which its owner has dealt with", task.due(), e);
        }
    }

    private static <T extends Comparable<? super T>> T max(T a, T b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private record Task(Instant due, long sequence, Supplier<? extends CompletionStage<?>> action) {}
}
