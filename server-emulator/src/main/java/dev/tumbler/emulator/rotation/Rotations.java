package dev.tumbler.emulator.rotation;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the rotations of all secrets share.
 *
 * @param workers who talk to the databases
 * @param newPassword makes a password that every engine takes
 * @param quota how many may be asked for
 * @param singleAccountWindow how long after its password was changed the new version of a single-account secret becomes
 *     current, by the emulator's clock; zero for at once
 * @param obstacles what makes the next rotation of the secret of a name fail, if anything does
 */
public record Rotations(
        RotationWorkers workers,
        Supplier<String> newPassword,
        RotationQuota quota,
        Duration singleAccountWindow,
        Function<String, Optional<RotationObstacle>> obstacles) {
    /** @throws IllegalArgumentException if the window is negative */
    public Rotations {
        if (singleAccountWindow.isNegative()) {
            throw new IllegalArgumentException("A window is not negative: " + singleAccountWindow);
        }
    }

    /** Without quota, window and obstacles. */
    public static Rotations by(RotationWorkers workers, Supplier<String> newPassword) {
        return new Rotations(
                workers, newPassword, RotationQuota.unlimited(), Duration.ZERO, secretName -> Optional.empty());
    }

    /** The same, with this quota. */
    public Rotations with(RotationQuota newQuota) {
        return new Rotations(workers, newPassword, newQuota, singleAccountWindow, obstacles);
    }

    /** The same, with this window. */
    public Rotations withSingleAccountWindow(Duration window) {
        return new Rotations(workers, newPassword, quota, window, obstacles);
    }

    /** The same, with these obstacles. */
    public Rotations obstructedBy(Function<String, Optional<RotationObstacle>> newObstacles) {
        return new Rotations(workers, newPassword, quota, singleAccountWindow, newObstacles);
    }
}
