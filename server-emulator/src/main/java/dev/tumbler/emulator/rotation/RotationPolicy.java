package dev.tumbler.emulator.rotation;

import dev.tumbler.emulator.error.KmsError;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a secret rotates by itself, and when it last did. Immutable.
 *
 * <p>Source: KMS API reference, CreateSecret and UpdateSecretRotationPolicy.
 *
 * @param automaticRotation whether it does
 * @param interval the time between rotations; null exactly when automatic rotation is disabled
 * @param lastRotation when the last rotation succeeded; null before the first
 */
public record RotationPolicy(
        AutomaticRotation automaticRotation,
        @Nullable Duration interval,
        @Nullable Instant lastRotation) {
    /** The shortest interval: 6 hours. */
    public static final Duration SHORTEST_INTERVAL = Duration.ofHours(6);

    /** The longest interval: 365 days. */
    public static final Duration LONGEST_INTERVAL = Duration.ofDays(365);

    /** Rotates only when asked. */
    public static RotationPolicy manual() {
        return new RotationPolicy(AutomaticRotation.DISABLED, null, null);
    }

    /**
     * Rotates every {@code interval}.
     *
     * @throws KmsError if the interval is outside 6 hours to 365 days
     */
    public static RotationPolicy every(Duration interval) {
        if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw KmsError.invalidParameter(
                    "RotationInterval", "It is " + interval.toSeconds() + "s; it must be from 6h to 365d.");
        }
        return new RotationPolicy(AutomaticRotation.ENABLED, interval, null);
    }

    /** As {@code other} says, from the last rotation on. */
    public RotationPolicy replacedBy(RotationPolicy other) {
        return new RotationPolicy(other.automaticRotation, other.interval, lastRotation);
    }

    /** After a rotation that succeeded. */
    public RotationPolicy rotatedAt(Instant instant) {
        return new RotationPolicy(
                interval == null ? AutomaticRotation.DISABLED : AutomaticRotation.ENABLED, interval, instant);
    }

    /** After a rotation that failed. A policy that rotates only when asked stays as it is. */
    public RotationPolicy failed() {
        return interval == null ? this : new RotationPolicy(AutomaticRotation.INVALID, interval, lastRotation);
    }

    /**
     * When the next automatic rotation is due.
     *
     * @param createTime what counts while there has been no rotation
     * @return null if there is no automatic rotation
     */
    public @Nullable Instant nextRotation(Instant createTime) {
        return interval == null ? null : (lastRotation == null ? createTime : lastRotation).plus(interval);
    }
}
