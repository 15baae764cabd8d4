package dev.tumbler.testkit.drill;

import dev.tumbler.testkit.drill.DrillFailure.Reason;
import dev.tumbler.testkit.drill.Finding.Defect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Tells what is wrong, from what the journal, the database and the failures say and nothing else. */
final class Verdict {
    /** Retries that are spread wait longer than that on average: a first pause of 100 ms with full jitter. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

    /** More than a first try, one retry that a library makes when a connection breaks, and both once more. */
    static final int MANY_EACH = 4;

    /** From here on a call belongs to an operation, and not to a refresh. */
    private static final double ONE_EACH = 0.5;

    private final List<DrillPhase> phases;
    private final int workers;
    private final int rotations;
    private final List<Finding> findings = new ArrayList<>();

    private Verdict(List<DrillPhase> phases, int workers, int rotations) {
        this.phases = phases;
        this.workers = workers;
        this.rotations = rotations;
    }

    static List<Finding> of(List<DrillPhase> phases, int workers, int rotations) {
        Verdict verdict = new Verdict(phases, workers, rotations);
        verdict.judge();
        return List.copyOf(verdict.findings);
    }

    private void judge() {
        boolean readsEachTime = readsEachTime();
        refusedLogins();
        connections();
        backoff();
        kmsFailures(readsEachTime);
        otherFailures();
    }

    private boolean readsEachTime() {
        long operations = sum(phase -> phase.kind().isCalm(), DrillPhase::operations);
        long reads = sum(phase -> phase.kind().isCalm(), DrillPhase::reads);
        boolean each = operations > 0 && reads >= ONE_EACH * operations;
        if (each) {
            add(
                    Defect.READS_SECRET_EACH_TIME,
                    "%,d reads for %,d operations while all was well. The service takes 450 reads a second from a whole account; a value in memory, refreshed now and then, is as good.",
                    reads,
                    operations);
        }
        return each;
    }

    private void refusedLogins() {
        long failed = sum(any -> true, Verdict::failedForLogin);
        if (failed == 0) {
            return;
        }
        DrillPhase last = phases.get(phases.size() - 1);
        long failedAtLast = failedForLogin(last);
        if (failedAtLast > 0 && last.kind() == PhaseKind.SETTLED) {
            DrillPhase first = phases.stream()
                    .filter(phase -> failedForLogin(phase) > 0)
                    .findFirst()
                    .orElseThrow();
            long reads = phases.stream()
                    .skip(phases.indexOf(first))
                    .mapToLong(DrillPhase::reads)
                    .sum();
            add(
                    Defect.PASSWORD_KEPT_FOR_EVER,
                    "from \"%s\" to the end %s failed because the database refused the login%s, and %s.",
                    first.name(),
                    operations(failed),
                    oldest(phases)
                            .map(" with a password that had been changed %s since"::formatted)
                            .orElse(""),
                    reads == 0
                            ? "the secret was not read again"
                            : "the secret was read %,d times meanwhile without use".formatted(reads));
            return;
        }
        List<DrillPhase> concerned =
                phases.stream().filter(phase -> failedForLogin(phase) > 0).toList();
        long inWindows = sum(phase -> phase.kind() == PhaseKind.WINDOW, Verdict::failedForLogin);
        Duration longest = concerned.stream()
                .map(DrillPhase::lastRefusal)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        add(
                Defect.NO_RETRY_AFTER_REFUSED_LOGIN,
                "%s failed in %s because the database refused a login, up to %s after a rotation%s. The login works again later: with a newer version of the secret, which a refused login is the time to ask for.",
                operations(failed),
                names(concerned),
                millis(longest),
                inWindows == 0
                        ? ""
                        : " (%,d of them while the database had the new password and the secret had not)"
                                .formatted(inWindows));
    }

    /** How many changes ago the oldest refused password was in force, in words. */
    private static Optional<String> oldest(List<DrillPhase> phases) {
        return phases.stream()
                .flatMap(phase -> phase.logins().stream())
                .filter(login -> !login.accepted() && login.passwordAge() > 0)
                .map(LoginCount::passwordAge)
                .max(Integer::compare)
                .map(age -> age == 1 ? "once" : age + " times");
    }

    private void connections() {
        DrillPhase last = phases.get(phases.size() - 1);
        int old = last.oldConnections();
        if (last.kind() != PhaseKind.SETTLED || old == 0) {
            return;
        }
        add(
                Defect.CONNECTIONS_NOT_RETIRED,
                "at the end of %d rotations %d %s in use that had been opened before the last two. A database ends no session because a password has changed, so a password that is out of force is in use all the same; and when such connections break, they are all opened anew at once.",
                rotations,
                old,
                old == 1 ? "connection was" : "connections were");
    }

    private void backoff() {
        for (DrillPhase phase : phases) {
            if (phase.kmsIsAway()) {
                Retries calls = new Retries(phase, phase.failedCalls(), failedForKms(phase));
                if (calls.haveNoPauses()) {
                    add(
                            Defect.RETRIES_WITHOUT_BACKOFF,
                            "in the phase \"%s\" %,d calls failed in %s, one after %s for each operation under way. Retries need pauses that grow and differ from one another, or they keep the service down.",
                            phase.name(),
                            phase.failedCalls(),
                            millis(phase.length()),
                            millis(calls.pause()));
                    return;
                }
            } else if (phase.kind() == PhaseKind.WINDOW) {
                Retries logins = new Retries(phase, phase.refusedLogins(), failedForLogin(phase));
                if (logins.haveNoPauses()) {
                    add(
                            Defect.RETRIES_WITHOUT_BACKOFF,
                            "in the phase \"%s\" the database refused %,d logins in %s, while the KMS got %,d calls: one login after %s for each operation under way. What was refused is refused again at once, and databases lock accounts for that.",
                            phase.name(),
                            phase.refusedLogins(),
                            millis(phase.length()),
                            phase.allCalls(),
                            millis(logins.pause()));
                    return;
                }
            }
        }
    }

    /** Calls or logins, and the operations that they were for. */
    private final class Retries {
        private final Duration length;
        private final long tries;

        /** How many operations could not do without: those that failed, and those that did not end. */
        private final long operations;

        Retries(DrillPhase phase, long tries, long failed) {
            this.length = phase.length();
            this.tries = tries;
            this.operations = Math.max(1, failed + phase.waitingWorkers());
        }

        boolean haveNoPauses() {
            // Workers whose operations went on all the same may have tried once each.
            return tries >= MANY_EACH * Math.max(workers, operations) && pause().compareTo(SHORTEST_PAUSE) < 0;
        }

        /** How long it was from one to the next, on average, in each of those that were under way at once. */
        Duration pause() {
            return length.multipliedBy(Math.min(workers, operations)).dividedBy(tries);
        }
    }

    private void kmsFailures(boolean readsEachTime) {
        Predicate<DrillPhase> valueStillGood = phase -> phase.kmsIsAway() && phase.refusedLogins() == 0;
        List<DrillPhase> concerned = phases.stream()
                .filter(valueStillGood)
                .filter(phase -> failedForKms(phase) > 0)
                .toList();
        if (concerned.isEmpty()) {
            return;
        }
        long failed = concerned.stream().mapToLong(Verdict::failedForKms).sum();
        String words =
                "%s failed in %s. The database refused no login there: the value that the application had read before was still good."
                        .formatted(operations(failed), names(concerned));
        add(
                Defect.STALE_VALUE_IGNORED,
                "%s",
                readsEachTime ? words + " It keeps none, because it reads for every operation." : words);
    }

    /** What failed otherwise while the KMS was away, and calls with it, failed for that. */
    private static long failedForKms(DrillPhase phase) {
        long other = phase.kmsIsAway() && phase.failedCalls() > 0
                ? phase.failedOperations(Reason.OTHER) + phase.failedOperations(Reason.CONNECTION)
                : 0;
        return phase.failedOperations(Reason.KMS) + other;
    }

    private void otherFailures() {
        List<DrillPhase> concerned =
                phases.stream().filter(phase -> unexplained(phase) > 0).toList();
        if (!concerned.isEmpty()) {
            add(
                    Defect.FAILS_OTHERWISE,
                    "%s failed in %s for a reason that neither the KMS nor the database knows of.",
                    operations(
                            concerned.stream().mapToLong(Verdict::unexplained).sum()),
                    names(concerned));
        }
    }

    private static long unexplained(DrillPhase phase) {
        long explained =
                failedForLogin(phase) + (phase.kmsIsAway() && phase.refusedLogins() == 0 ? failedForKms(phase) : 0);
        return phase.failedOperations() - explained;
    }

    /** Where the database refused a login, a pool that has no connection to give has none for that. */
    private static long failedForLogin(DrillPhase phase) {
        return phase.failedOperations(Reason.LOGIN_REFUSED)
                + (phase.refusedLogins() > 0 ? phase.failedOperations(Reason.CONNECTION) : 0);
    }

    private long sum(Predicate<DrillPhase> which, ToLongFunction<DrillPhase> what) {
        return phases.stream().filter(which).mapToLong(what).sum();
    }

    private void add(Defect defect, String words, Object... numbers) {
        findings.add(new Finding(defect, String.format(Locale.ROOT, words, numbers)));
    }

    /** The first few; a drill can have hundreds. */
    private static String names(List<DrillPhase> phases) {
        String some = phases.stream()
                .limit(3)
                .map(phase -> "\"" + phase.name() + "\"")
                .collect(Collectors.joining(", "));
        return phases.size() > 3 ? some + " and " + (phases.size() - 3) + " more phases" : some;
    }

    private static String operations(long count) {
        return count == 1 ? "1 operation" : String.format(Locale.ROOT, "%,d operations", count);
    }

    static String millis(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%,.0f ms", millis);
    }
}
