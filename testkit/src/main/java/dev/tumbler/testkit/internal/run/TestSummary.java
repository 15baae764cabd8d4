package dev.tumbler.testkit.internal.run;

import dev.tumbler.testkit.policy.LeastPrivilege;
import java.util.List;
import java.util.SortedMap;

/**
 * What one test did. Immutable.
 *
 * @param className its class, with the package
 * @param name as JUnit displays it
 * @param shared whether others use its emulator too
 * @param calls by the action, with those of other tests if they ran at the same time on a shared emulator
 * @param faults the rules that it made, and how often each met a call
 * @param rotations by the secret, how many made a version
 * @param leaks where its secret values were found; no value
 */
record TestSummary(
        String className,
        String name,
        Outcome outcome,
        boolean shared,
        SortedMap<String, Calls> calls,
        List<Fault> faults,
        SortedMap<String, Integer> rotations,
        List<String> leaks,
        LeastPrivilege needed) {
    long allCalls() {
        return calls.values().stream().mapToLong(Calls::all).sum();
    }

    long failedCalls() {
        return calls.values().stream().mapToLong(Calls::failed).sum();
    }

    int allRotations() {
        return rotations.values().stream().mapToInt(Integer::intValue).sum();
    }

    int metFaults() {
        return faults.stream().mapToInt(Fault::met).sum();
    }

    /** How a test ended. */
    enum Outcome {
        PASSED,
        FAILED,
        ABORTED;

        @Override
        public String toString() {
            return switch (this) {
                case PASSED -> "passed";
                case FAILED -> "failed";
                case ABORTED -> "aborted";
            };
        }
    }

    /**
     * Calls of one action.
     *
     * @param faulty those that a fault met
     */
    record Calls(long all, long failed, long faulty) {
        static final Calls NONE = new Calls(0, 0, 0);

        Calls and(Calls other) {
            return new Calls(all + other.all, failed + other.failed, faulty + other.faulty);
        }

        Calls plus(boolean failedToo, boolean faultyToo) {
            return new Calls(all + 1, failed + (failedToo ? 1 : 0), faulty + (faultyToo ? 1 : 0));
        }
    }

    /**
     * One rule.
     *
     * @param words which calls it was for, and what came of it
     * @param met how many calls or rotations it met
     */
    record Fault(String words, int met) {}
}
