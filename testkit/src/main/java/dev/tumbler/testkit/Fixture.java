package dev.tumbler.testkit;

import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rotation.RotationStrategy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that an emulator has when a test begins, as an annotation or a file says it. */
sealed interface Fixture {
    /** The time at which the clock stands. */
    record Clock(Instant instant) implements Fixture {}

    /** An RDS instance in memory. */
    record Instance(String id, RdsEngine engine) implements Fixture {}

    /** A generic secret. */
    record Generic(String name, String value, String versionId) implements Fixture {
        @Override
        public String toString() {
            return "Generic[" + name + "]";
        }
    }

    /**
     * An RDS secret, with an account, and an instance in memory unless there is one.
     *
     * @param rotateEvery null for no automatic rotation
     */
    record Rds(
            String name,
            RdsEngine engine,
            RotationStrategy strategy,
            @Nullable Duration rotateEvery,
            String account,
            String dbInstanceId)
            implements Fixture {}

    /**
     * An access key, of a user if there is a policy, and otherwise of the account.
     *
     * @param policy a document; empty for none
     */
    record Key(String id, String secret, String user, String policy) implements Fixture {
        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }
}
