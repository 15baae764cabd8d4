package dev.tumbler.testkit.drill;

import dev.tumbler.emulator.event.SecretEvents.Subscription;
import dev.tumbler.emulator.journal.JournalEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One run of a drill: the thread that calls {@link #run} conducts it. */
final class DrillRun {
    /** How often the usual time a disruption may last. */
    private static final int LONGEST_HOLDING = 5;

    private static final Duration GLANCE = Duration.ofMillis(10);
    private static final Duration STOP = Duration.ofSeconds(1);

    private final RotationDrill drill;
    private final DrillTarget target;
    private final long startNanos = System.nanoTime();
    private final DatabaseWatch database;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<Thread, Worker> workerOf = new HashMap<>();
    private final List<RunningPhase> phases = new ArrayList<>();
    private final List<Duration> rotationTimes = new ArrayList<>();

    /** Nobody counts it down: what waits for it, waits for its time. */
    private final CountDownLatch never = new CountDownLatch(1);

    private volatile RunningPhase phase;
    private volatile long rotatedNanos = -1;

    DrillRun(RotationDrill drill, DrillTarget target) {
        this.drill = drill;
        this.target = target;
        this.phase = phase("steady", PhaseKind.STEADY, false);
        for (int number = 1; number <= drill.workers(); number++) {
            Worker worker = new Worker(
                    number,
                    drill.workload(),
                    drill.operations(),
                    drill.thinkTime().toNanos(),
                    startNanos,
                    () -> phase,
                    this::sinceRotation);
            Thread thread = new Thread(worker, "tumbler-drill-" + number);
            thread.setDaemon(true);
            workers.add(worker);
            threads.add(thread);
            workerOf.put(thread, worker);
        }
        this.database = new DatabaseWatch(target.database().orElse(null), drill.dataSources(), this::loggedIn);
    }

    DrillReport run() {
        target.noteCurrentVersion();
        Subscription calls = target.kms().journal().listen(this::called);
        try (database;
                calls) {
            Duration longestWait = STOP;
            try {
                threads.forEach(Thread::start);
                conduct();
                longestWait = drill.patience();
            } finally {
                stop(longestWait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The drill was interrupted", e);
        }
        return report();
    }

    private void conduct() throws InterruptedException {
        database.phaseBegins();
        work(() -> {});
        disrupt(0);
        for (int rotation = 1; rotation <= drill.rotations(); rotation++) {
            rotate(rotation);
            disrupt(rotation);
        }
        target.settle();
        begin("settled", PhaseKind.SETTLED, false);
        work(() -> {});
        phase.end(System.nanoTime(), database.phaseEnds(rotationTimes.size()));
    }

    private void rotate(int rotation) throws InterruptedException {
        String name = "rotation " + rotation;
        Duration window = target.window();
        if (window.isZero()) {
            begin(name, PhaseKind.ROTATION, false);
            work(() -> {
                rotateNow();
                target.requireNewVersion(name);
                drill.passBetweenRotations();
            });
            return;
        }
        begin(name + ", window", PhaseKind.WINDOW, false);
        hold(this::rotateNow);
        target.kms().clock().advance(window);
        begin(name, PhaseKind.ROTATION, false);
        work(() -> {
            target.requireNewVersion(name);
            drill.passBetweenRotations();
        });
    }

    private void rotateNow() {
        long now = System.nanoTime();
        rotationTimes.add(Duration.ofNanos(now - startNanos));
        database.rotated();
        rotatedNanos = now;
        target.rotate();
    }

    private void disrupt(int rotation) throws InterruptedException {
        for (Disruption disruption : drill.disruptionsAfter(rotation)) {
            begin(disruption.name(), PhaseKind.DISRUPTION, disruption.kmsIsAway());
            List<Runnable> ends = new ArrayList<>();
            try {
                hold(() -> ends.add(disruption.begin(target)));
            } finally {
                // Before the next phase begins: what fails because of it has begun in its own.
                ends.forEach(Runnable::run);
            }
            begin("after " + disruption.name(), PhaseKind.RECOVERY, false);
            work(() -> {});
        }
    }

    /** A phase that ends when each worker has got through it, after the change. */
    private void work(Runnable change) throws InterruptedException {
        change.run();
        phase.setReady();
        long ready = System.nanoTime();
        await(phase.worked(), "got through " + drill.operations() + " operations");
        pause(drill.atLeast().toNanos() - (System.nanoTime() - ready));
    }

    /** A phase that nobody needs to get through: it is enough that each worker has begun something in it. */
    private void hold(Runnable change) throws InterruptedException {
        change.run();
        phase.setReady();
        // A worker may be kept by what it began before, until the phase ends: that is no stall.
        long ready = System.nanoTime();
        boolean unused = phase.begun().await(drill.holding().toNanos(), TimeUnit.NANOSECONDS);
        pause(drill.holding().toNanos() - (System.nanoTime() - ready));
        // On a machine with much to do, what is repeated without a pause may take its time.
        while (phase.needsMore()
                && System.nanoTime() - ready < LONGEST_HOLDING * drill.holding().toNanos()) {
            pause(GLANCE.toNanos());
        }
    }

    private void pause(long nanos) throws InterruptedException {
        boolean unused = never.await(nanos, TimeUnit.NANOSECONDS);
    }

    private void await(CountDownLatch latch, String what) throws InterruptedException {
        if (latch.await(drill.patience().toNanos(), TimeUnit.NANOSECONDS)) {
            return;
        }
        long late = latch.getCount();
        Optional<Worker> behind =
                workers.stream().filter(worker -> worker.isBehind(phase)).findFirst();
        if (behind.isEmpty()) {
            return;
        }
        throw behind.map(worker -> {
                    Thread thread = threads.get(worker.number() - 1);
                    Throwable place = new Throwable("Worker " + worker.number() + " was here");
                    place.setStackTrace(thread.getStackTrace());
                    return new DrillStalledException(
                            "In the phase \"%s\" %d of %d workers have not %s within %s. Worker %d has been in one operation for %.1f s. Either it hangs, or the operation is slow: then give the drill more patience."
                                    .formatted(
                                            phase.name(),
                                            late,
                                            workers.size(),
                                            what,
                                            drill.patience(),
                                            worker.number(),
                                            worker.nanosInOperation(System.nanoTime()) / 1e9),
                            place);
                })
                .orElseThrow();
    }

    private void begin(String name, PhaseKind kind, boolean kmsIsAway) {
        phase.end(System.nanoTime(), database.phaseEnds(rotationTimes.size()));
        database.phaseBegins();
        phase = phase(name, kind, kmsIsAway);
    }

    private RunningPhase phase(String name, PhaseKind kind, boolean kmsIsAway) {
        RunningPhase begun = new RunningPhase(
                name,
                kind,
                kmsIsAway,
                drill.workers(),
                System.nanoTime(),
                phases.isEmpty() ? null : phases.get(phases.size() - 1));
        phases.add(begun);
        return begun;
    }

    /** Lets operations end, and interrupts those that have not in time. */
    private void stop(Duration longestWait) throws InterruptedException {
        workers.forEach(Worker::stop);
        long deadline = System.nanoTime() + longestWait.toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        for (Thread thread : threads) {
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(STOP.toMillis());
            }
        }
    }

    /** What a thread keeps account of may be read when it has ended. */
    private void requireEnded() {
        for (Thread thread : threads) {
            if (thread.isAlive()) {
                Throwable place = new Throwable(thread.getName() + " was here");
                place.setStackTrace(thread.getStackTrace());
                throw new DrillStalledException(
                        "The drill is over, and its thread %s does not end, interrupted or not"
                                .formatted(thread.getName()),
                        place);
            }
        }
    }

    private long sinceRotation(long nanos) {
        long rotated = rotatedNanos;
        return rotated == -1 ? -1 : Math.max(0, nanos - rotated);
    }

    private void called(JournalEntry call) {
        if (!target.accessKeyId().equals(call.accessKeyId())) {
            phase.called(call, System.nanoTime());
        }
    }

    private void loggedIn(LoginCount login) {
        Worker worker = workerOf.get(Thread.currentThread());
        if (worker != null && !login.accepted()) {
            worker.loginRefused();
        }
        phase.loggedIn(login.accountName(), login.passwordAge(), login.accepted());
    }

    private DrillReport report() {
        requireEnded();
        List<DrillPhase> seen = new ArrayList<>();
        List<DrillFailure> failures = new ArrayList<>();
        for (RunningPhase ended : phases) {
            DrillPhase.Seen numbers = ended.seen(startNanos);
            Histogram nanos = new Histogram(2);
            Map<DrillFailure.Reason, Long> reasons = new EnumMap<>(DrillFailure.Reason.class);
            for (Worker worker : workers) {
                Worker.Tally tally = worker.tally(ended);
                if (tally == null || !tally.endedInTime) {
                    numbers.waitingWorkers++;
                }
                if (tally != null) {
                    numbers.operations += tally.operations;
                    nanos.add(tally.nanos);
                    tally.failures.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
                    failures.addAll(tally.kept);
                    numbers.lastRefusal = max(numbers.lastRefusal, Duration.ofNanos(tally.lastRefusalNanos));
                }
            }
            numbers.failures = Map.copyOf(reasons);
            numbers.latency = Latency.of(nanos);
            seen.add(new DrillPhase(numbers));
        }
        failures.sort(Comparator.comparing(DrillFailure::at));
        return new DrillReport(
                target.secretName(),
                drill.workers(),
                seen,
                failures,
                rotationTimes,
                Verdict.of(seen, drill.workers(), rotationTimes.size()),
                timeline(),
                target.mask());
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private List<Slot> timeline() {
        Map<Long, Slot> slots = new TreeMap<>();
        for (Worker worker : workers) {
            for (Slot slot : worker.slots()) {
                slots.merge(slot.index(), slot, Slot::plus);
            }
        }
        return List.copyOf(slots.values());
    }
}
