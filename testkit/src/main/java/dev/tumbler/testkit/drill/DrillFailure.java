package dev.tumbler.testkit.drill;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An operation that failed. Immutable.
 *
 * @param phase the name of the phase in which it began
 * @param worker which worker ran it, from 1
 * @param at when it ended, from the beginning of the drill
 * @param sinceRotation how long it ended after the last rotation had begun; null before the first
 * @param reason as far as the exception and the database tell
 * @param cause what the workload threw
 */
public record DrillFailure(
        String phase, int worker, Duration at, @Nullable Duration sinceRotation, Reason reason, Throwable cause) {
    /** Why an operation failed. */
    public enum Reason {
        /** The database refused a login. */
        LOGIN_REFUSED("the database refused the login"),
        /** The KMS did not answer, or with an error. */
        KMS("the KMS gave no value"),
        /** There was no connection to the database, or it broke; or the pool had none in time. */
        CONNECTION("no connection to the database"),
        /** Something else. */
        OTHER("another failure");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
