package dev.tumbler.testkit.drill;

import dev.tumbler.emulator.KmsEmulator;
import java.time.Duration;

/**
 * Drills for what every application with a rotating password meets. Each can be changed before it is run:
 * {@code Drills.kmsOutage(workload, kms, "orders/db").workers(16).run()}.
 */
public final class Drills {
    private Drills() {}

    /** Six rotations, for a secret with two accounts: the first account gets its third password. */
    public static RotationDrill dualRotation(Workload workload, KmsEmulator kms, String secretName) {
        return RotationDrill.of(workload).against(kms, secretName).rotations(6);
    }

    /**
     * Three rotations, for a secret with a single account, each with a window in which the current version does not log in.
     *
     * @param kms one that was built with {@link KmsEmulator.Builder#singleAccountWindow}
     * @throws IllegalArgumentException if it has no window: only luck would find an application that does not try again
     */
    public static RotationDrill singleRotation(Workload workload, KmsEmulator kms, String secretName) {
        if (kms.singleAccountWindow().isZero()) {
            throw new IllegalArgumentException(
                    "The emulator has no window: build it with singleAccountWindow(Duration.ofSeconds(5)), for one");
        }
        return RotationDrill.of(workload).against(kms, secretName).rotations(3);
    }

    /** Between two rotations the KMS is away for half an hour. */
    public static RotationDrill kmsOutage(Workload workload, KmsEmulator kms, String secretName) {
        return disrupted(workload, kms, secretName, Disruption.kmsOutage(Duration.ofMinutes(30)));
    }

    /** Between two rotations the KMS throttles for half an hour. */
    public static RotationDrill throttling(Workload workload, KmsEmulator kms, String secretName) {
        return disrupted(workload, kms, secretName, Disruption.throttling(Duration.ofMinutes(30)));
    }

    /** Between two rotations the KMS refuses the application's clock for half an hour. */
    public static RotationDrill wrongClock(Workload workload, KmsEmulator kms, String secretName) {
        return disrupted(workload, kms, secretName, Disruption.wrongClock(Duration.ofMinutes(30)));
    }

    /** Between two rotations the secret is deleted for half an hour, and restored. */
    public static RotationDrill secretDeletedAndRestored(Workload workload, KmsEmulator kms, String secretName) {
        return disrupted(workload, kms, secretName, Disruption.deletedAndRestored(Duration.ofMinutes(30)));
    }

    private static RotationDrill disrupted(
            Workload workload, KmsEmulator kms, String secretName, Disruption disruption) {
        return RotationDrill.of(workload).against(kms, secretName).rotations(2).with(disruption);
    }
}
