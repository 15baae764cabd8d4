package dev.tumbler.testkit.drill;

import dev.tumbler.emulator.journal.KmsAction;
import dev.tumbler.testkit.drill.DrillFailure.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A phase of a drill, and what was seen in it. Immutable. */
public final class DrillPhase {
    private final Seen seen;

    DrillPhase(Seen seen) {
        this.seen = seen;
    }

    /** Such as {@code rotation 3}. */
    public String name() {
        return seen.name;
    }

    /** What went on in it. */
    public PhaseKind kind() {
        return seen.kind;
    }

    /** When it began, from the beginning of the drill; in real time. */
    public Duration start() {
        return seen.start;
    }

    /** How long it lasted, in real time. */
    public Duration length() {
        return seen.length;
    }

    /**
     * How many operations began in it, and ended then or later; failed ones included. An operation that failed and touched
     * several phases counts for the first of them in which something was wrong, or else for the rotation in which it
     * ended.
     */
    public long operations() {
        return seen.operations;
    }

    /** How many of them failed. */
    public long failedOperations() {
        return seen.failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many of them failed for this reason. */
    public long failedOperations(Reason reason) {
        return seen.failures.getOrDefault(reason, 0L);
    }

    /** How many workers began no operation in it that ended before it did: they waited. */
    public int waitingWorkers() {
        return seen.waitingWorkers;
    }

    /** How long its operations took. */
    public Latency latency() {
        return seen.latency;
    }

    /** How often the application called the KMS, by action; calls that met a fault included. */
    public Map<KmsAction, Long> calls() {
        return seen.calls;
    }

    /** How many of these calls met a fault or an error. */
    public long failedCalls() {
        return seen.failedCalls;
    }

    /**
     * How long after a call the next one came, typically (the median), over all workers; empty if there were less than two.
     */
    public Optional<Duration> callSpacing() {
        return Optional.ofNullable(seen.callSpacing);
    }

    /** The logins of the application, alike ones together; none if nobody watches the database. */
    public List<LoginCount> logins() {
        return seen.logins;
    }

    /** How many logins the database let in. */
    public long acceptedLogins() {
        return seen.logins.stream()
                .filter(LoginCount::accepted)
                .mapToLong(LoginCount::count)
                .sum();
    }

    /** How many logins the database refused. */
    public long refusedLogins() {
        return seen.logins.stream()
                .filter(login -> !login.accepted())
                .mapToLong(LoginCount::count)
                .sum();
    }

    /** How many connections were in use that had been opened before the last rotation but one. */
    public int oldConnections() {
        return seen.oldConnections;
    }

    long allCalls() {
        return seen.calls.values().stream().mapToLong(Long::longValue).sum();
    }

    long reads() {
        return seen.calls.getOrDefault(KmsAction.GET_SECRET_VALUE, 0L);
    }

    /** The longest time after the last rotation at which an operation failed because of a refused login. */
    Duration lastRefusal() {
        return seen.lastRefusal;
    }

    boolean kmsIsAway() {
        return seen.kmsIsAway;
    }

    /** In words: its name, with the numbers. */
    @Override
    public String toString() {
        return "%s: %,d operations, %,d failed, %,d calls, %,d logins, %,d refused"
                .formatted(
                        name(),
                        operations(),
                        failedOperations(),
                        allCalls(),
                        acceptedLogins() + refusedLogins(),
                        refusedLogins());
    }

    /** What was seen, by name: too much for a list of parameters. */
    static final class Seen {
        String name = "";
        PhaseKind kind = PhaseKind.STEADY;
        boolean kmsIsAway;
        Duration start = Duration.ZERO;
        Duration length = Duration.ZERO;
        long operations;
        Map<Reason, Long> failures = Map.of();
        int waitingWorkers;
        Latency latency = new Latency(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        Map<KmsAction, Long> calls = Map.of();
        long failedCalls;

        @Nullable
        Duration callSpacing;

        List<LoginCount> logins = List.of();
        Duration lastRefusal = Duration.ZERO;
        int oldConnections;
    }
}
