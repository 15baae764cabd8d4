package dev.tumbler.emulator.rotation;

import dev.tumbler.emulator.error.KmsError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many rotations of all secrets together may be asked for within an hour. What a schedule rotates does not count.
 * <em>Assumed</em>, as is that the hour ends now and not on the clock face. Thread-safe.
 *
 * <p>Source: KMS API reference, RotateSecret: 50 an hour.
 */
public final class RotationQuota {
    private static final Duration HOUR = Duration.ofHours(1);

    private final int most;
    private final Deque<Instant> taken = new ArrayDeque<>();

    private RotationQuota(int most) {
        this.most = most;
    }

    /** No limit. */
    public static RotationQuota unlimited() {
        return new RotationQuota(Integer.MAX_VALUE);
    }

    /**
     * At most so many in each hour.
     *
     * @throws IllegalArgumentException if {@code most} is less than 1
     */
    public static RotationQuota perHour(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("A quota of rotations is at least 1: " + most);
        }
        return new RotationQuota(most);
    }

    /**
     * Takes one.
     *
     * @throws KmsError {@code Rejected.Throttling} if there is none left
     */
    public synchronized void take(Instant now) {
        if (most == Integer.MAX_VALUE) {
            return;
        }
        Instant hourAgo = now.minus(HOUR);
        while (!taken.isEmpty() && !taken.getFirst().isAfter(hourAgo)) {
            taken.removeFirst();
        }
        if (taken.size() == most) {
            throw KmsError.throttled("At most " + most + " rotations can be asked for in an hour.");
        }
        taken.addLast(now);
    }
}
