package dev.tumbler.emulator.rotation;

import dev.tumbler.emulator.rds.PasswordGenerator;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the rotations of all secrets share.
 *
 * @param workers who talk to the databases
 * @param newPassword makes a password that every engine takes
 * @param newVersionId makes the id of a version that nobody named
 * @param quota how many may be asked for
 * @param singleAccountWindow how long after its password was changed the new version of a single-account secret becomes
 *     current, by the emulator's clock; zero for at once
 * @param obstacles what makes the next rotation of the secret of a name fail, if anything does
 */
public record Rotations(
        RotationWorkers workers,
        Supplier<String> newPassword,
        Supplier<String> newVersionId,
        RotationQuota quota,
        Duration singleAccountWindow,
        Function<String, Optional<RotationObstacle>> obstacles) {
    private static final int UUID_BYTES = 16;

    /** @throws IllegalArgumentException if the window is negative */
    public Rotations {
        if (singleAccountWindow.isNegative()) {
            throw new IllegalArgumentException("A window is not negative: " + singleAccountWindow);
        }
    }

    /** Without quota, window and obstacles. */
    public static Rotations by(RotationWorkers workers, Supplier<String> newPassword) {
        return by(workers, newPassword, () -> UUID.randomUUID().toString());
    }

    /**
     * The same, with passwords and ids that follow from a seed, in the order in which they are asked for. Whoever knows the
     * seed knows them: they are for no real database.
     */
    public static Rotations seeded(RotationWorkers workers, long seed) {
        Random random = new Random(seed);
        return by(workers, new PasswordGenerator(random)::generate, () -> versionId(random));
    }

    private static Rotations by(RotationWorkers workers, Supplier<String> newPassword, Supplier<String> newVersionId) {
        return new Rotations(
                workers,
                newPassword,
                newVersionId,
                RotationQuota.unlimited(),
                Duration.ZERO,
                secretName -> Optional.empty());
    }

    private static String versionId(Random random) {
        byte[] bytes = new byte[UUID_BYTES];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    /** The same, with this quota. */
    public Rotations with(RotationQuota newQuota) {
        return new Rotations(workers, newPassword, newVersionId, newQuota, singleAccountWindow, obstacles);
    }

    /** The same, with this window. */
    public Rotations withSingleAccountWindow(Duration window) {
        return new Rotations(workers, newPassword, newVersionId, quota, window, obstacles);
    }

    /** The same, with these obstacles. */
    public Rotations obstructedBy(Function<String, Optional<RotationObstacle>> newObstacles) {
        return new Rotations(workers, newPassword, newVersionId, quota, singleAccountWindow, newObstacles);
    }
}
