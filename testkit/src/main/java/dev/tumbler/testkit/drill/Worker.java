package dev.tumbler.testkit.drill;

import dev.tumbler.testkit.drill.DrillFailure.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Runs the workload again and again, and keeps account of it. What it kept is read when its thread has ended. */
final class Worker implements Runnable {
    /** How wide the finest slots of the timeline are. */
    static final long SLOT_NANOS = 2_000_000;

    private static final int SIGNIFICANT_DIGITS = 2;

    /** Of one phase; more are counted, not kept. */
    private static final int MOST_FAILURES = 20;

    private final int number;
    private final Workload workload;
    private final int operationsInAPhase;
    private final long thinkNanos;
    private final long drillStartNanos;
    private final Supplier<RunningPhase> phases;

    /** How long ago, in nanoseconds, the last rotation had begun at some time; negative if there was none. */
    private final LongUnaryOperator sinceRotation;

    private final Map<RunningPhase, Tally> tallies = new HashMap<>();
    private final List<Slot> slots = new ArrayList<>();

    private volatile boolean stopped;
    private volatile long operationBegan;

    /** The last phase that it has got through. */
    private volatile @Nullable RunningPhase throughPhase;

    /** Written by this thread only. */
    private boolean loginRefused;

    Worker(
            int number,
            Workload workload,
            int operationsInAPhase,
            long thinkNanos,
            long drillStartNanos,
            Supplier<RunningPhase> phases,
            LongUnaryOperator sinceRotation) {
        this.number = number;
        this.workload = workload;
        this.operationsInAPhase = operationsInAPhase;
        this.thinkNanos = thinkNanos;
        this.drillStartNanos = drillStartNanos;
        this.phases = phases;
        this.sinceRotation = sinceRotation;
    }

    int number() {
        return number;
    }

    void stop() {
        stopped = true;
    }

    /** The database refused a login, on this worker's thread. */
    void loginRefused() {
        loginRefused = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            RunningPhase phase = phases.get();
            boolean counts = phase.isReady();
            Tally tally = tallyOf(phase);
            if (counts && !tally.begun) {
                tally.begun = true;
                phase.begun().countDown();
            }
            Throwable failure = null;
            loginRefused = false;
            long begin = System.nanoTime();
            operationBegan = begin;
            try {
                workload.run();
            } catch (InterruptedException e) {
                if (stopped) {
                    return;
                }
                failure = e;
            } catch (Throwable e) {
                failure = e;
            }
            long end = System.nanoTime();
            RunningPhase after = phases.get();
            if (failure != null && stopped && Thread.currentThread().isInterrupted()) {
                return;
            }
            account(failure == null ? phase : after.culpritSince(phase), begin, end, failure);
            tally.endedInTime |= counts && after == phase;
            if (counts && ++tally.counted == operationsInAPhase) {
                throughPhase = phase;
                phase.worked().countDown();
            }
            if (thinkNanos > 0) {
                LockSupport.parkNanos(thinkNanos);
            }
        }
    }

    private Tally tallyOf(RunningPhase phase) {
        return tallies.computeIfAbsent(phase, any -> new Tally());
    }

    private void account(RunningPhase phase, long begin, long end, @Nullable Throwable failure) {
        Tally tally = tallyOf(phase);
        tally.operations++;
        tally.nanos.recordValue(end - begin);
        add(new Slot((end - drillStartNanos) / SLOT_NANOS, 1, failure == null ? 0 : 1, end - begin));
        if (failure == null) {
            return;
        }
        Reason reason = Failures.reason(failure, loginRefused);
        tally.failures.merge(reason, 1L, Long::sum);
        if (tally.kept.size() < MOST_FAILURES) {
            long since = sinceRotation.applyAsLong(end);
            tally.kept.add(new DrillFailure(
                    phase.name(),
                    number,
                    Duration.ofNanos(end - drillStartNanos),
                    since < 0 ? null : Duration.ofNanos(since),
                    reason,
                    failure));
        }
        if (reason == Reason.LOGIN_REFUSED) {
            tally.lastRefusalNanos = Math.max(tally.lastRefusalNanos, sinceRotation.applyAsLong(end));
        }
    }

    private void add(Slot slot) {
        int last = slots.size() - 1;
        if (last >= 0 && slots.get(last).index() == slot.index()) {
            slots.set(last, slots.get(last).plus(slot));
        } else {
            slots.add(slot);
        }
    }

    /** Whether it has not got through the phase yet. */
    boolean isBehind(RunningPhase phase) {
        return throughPhase != phase;
    }

    /** How long it has been in its operation, at some time. */
    long nanosInOperation(long nanos) {
        return nanos - operationBegan;
    }

    @Nullable
    Tally tally(RunningPhase phase) {
        return tallies.get(phase);
    }

    List<Slot> slots() {
        return slots;
    }

    /** What this worker did in one phase. */
    static final class Tally {
        final Histogram nanos = new Histogram(SIGNIFICANT_DIGITS);
        final Map<Reason, Long> failures = new EnumMap<>(Reason.class);
        final List<DrillFailure> kept = new ArrayList<>();
        long operations;
        int counted;
        boolean begun;

        /** Whether an operation that began in the phase ended in it. */
        boolean endedInTime;

        /** The longest time after a rotation at which a login was refused. */
        long lastRefusalNanos;
    }
}
