package dev.tumbler.testkit.drill;

import dev.tumbler.emulator.journal.JournalEntry;
import dev.tumbler.emulator.journal.KmsAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A phase that goes on: what workers wait for, and what the journal and the database have told. Thread-safe. */
final class RunningPhase {
    /** Enough for a median. */
    private static final int MOST_CALL_TIMES = 20_000;

    private final String name;
    private final PhaseKind kind;
    private final boolean kmsIsAway;
    private final int workers;
    private final long startNanos;
    private final @Nullable RunningPhase previous;

    /** Each worker counts down with its first operation that begins once the phase is ready. */
    private final CountDownLatch begun;

    /** Each worker counts down when enough of such operations have ended. */
    private final CountDownLatch worked;

    private final Map<KmsAction, LongAdder> calls = new ConcurrentHashMap<>();
    private final LongAdder failedCalls = new LongAdder();
    private final Queue<Long> callTimes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger callTimesKept = new AtomicInteger();
    private final Map<Login, LongAdder> logins = new ConcurrentHashMap<>();

    /** Set when what the phase is about has happened. */
    private volatile boolean ready;

    // Written by the thread that conducts the drill, before it reads them.
    private long endNanos;
    private int oldConnections;

    /** @param previous null for the first */
    RunningPhase(
            String name,
            PhaseKind kind,
            boolean kmsIsAway,
            int workers,
            long startNanos,
            @Nullable RunningPhase previous) {
        this.previous = previous;
        this.workers = workers;
        this.name = name;
        this.kind = kind;
        this.kmsIsAway = kmsIsAway;
        this.startNanos = startNanos;
        this.begun = new CountDownLatch(workers);
        this.worked = new CountDownLatch(workers);
    }

    String name() {
        return name;
    }

    PhaseKind kind() {
        return kind;
    }

    /**
     * Which phase an operation failed of that ended in this one: of those that it touched the first in which something was
     * wrong, or else the rotation that it ended in, or else the one in which it began.
     *
     * @param begin the phase in which it began
     */
    RunningPhase culpritSince(RunningPhase begin) {
        RunningPhase culprit = kind == PhaseKind.ROTATION ? this : begin;
        for (RunningPhase touched = this; touched != null; touched = touched == begin ? null : touched.previous) {
            if (!touched.kind.isCalm()) {
                culprit = touched;
            }
        }
        return culprit;
    }

    CountDownLatch begun() {
        return begun;
    }

    CountDownLatch worked() {
        return worked;
    }

    /** Whether a worker waits for the KMS, and calls that fail are too few yet to tell how. */
    boolean needsMore() {
        return kmsIsAway
                && worked.getCount() > 0
                && failedCalls.sum() > 0
                && failedCalls.sum() < (long) Verdict.MANY_EACH * workers;
    }

    boolean isReady() {
        return ready;
    }

    void setReady() {
        ready = true;
    }

    void called(JournalEntry call, long nanos) {
        calls.computeIfAbsent(call.action(), any -> new LongAdder()).increment();
        if (call.faulty() || !call.succeeded()) {
            failedCalls.increment();
        }
        if (callTimesKept.incrementAndGet() <= MOST_CALL_TIMES) {
            callTimes.add(nanos);
        }
    }

    void loggedIn(String accountName, int passwordAge, boolean accepted) {
        logins.computeIfAbsent(new Login(accountName, passwordAge, accepted), any -> new LongAdder())
                .increment();
    }

    void end(long nanos, int connectionsThatAreOld) {
        endNanos = nanos;
        oldConnections = connectionsThatAreOld;
    }

    /** What was seen, but for the workers' part. */
    DrillPhase.Seen seen(long drillStartNanos) {
        DrillPhase.Seen seen = new DrillPhase.Seen();
        seen.name = name;
        seen.kind = kind;
        seen.kmsIsAway = kmsIsAway;
        seen.start = Duration.ofNanos(startNanos - drillStartNanos);
        seen.length = Duration.ofNanos(endNanos - startNanos);
        Map<KmsAction, Long> counted = new ConcurrentHashMap<>();
        calls.forEach((action, count) -> counted.put(action, count.sum()));
        seen.calls = Map.copyOf(counted);
        seen.failedCalls = failedCalls.sum();
        seen.callSpacing = spacing();
        List<LoginCount> all = new ArrayList<>();
        logins.forEach((login, count) ->
                all.add(new LoginCount(login.accountName, login.passwordAge, login.accepted, count.sum())));
        all.sort(LoginCount.ORDER);
        seen.logins = List.copyOf(all);
        seen.oldConnections = oldConnections;
        return seen;
    }

    private @Nullable Duration spacing() {
        long[] times = callTimes.stream().mapToLong(Long::longValue).sorted().toArray();
        if (times.length < 2) {
            return null;
        }
        long[] gaps = new long[times.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = times[i + 1] - times[i];
        }
        Arrays.sort(gaps);
        return Duration.ofNanos(gaps[gaps.length / 2]);
    }

    private record Login(String accountName, int passwordAge, boolean accepted) {}
}
