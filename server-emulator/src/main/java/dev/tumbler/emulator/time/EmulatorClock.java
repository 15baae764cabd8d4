package dev.tumbler.emulator.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time that secrets live by: rotation, deletion, and the dates in answers. Request signatures, nonces and tokens
 * stay on real time, because the clients that make them do.
 *
 * <p>A clock either follows the system clock, from where it was moved to, or is frozen and moves only by
 * {@link #advance}. Thread-safe.
 */
public interface EmulatorClock extends InstantSource {
    /** The current time of the emulator. */
    Instant now();

    @Override
    default Instant instant() {
        return now();
    }

    /** Whether time passes only by {@link #advance}. */
    boolean isFrozen();

    /**
     * Moves time forward. Rotations and deletions that fall due on the way have happened when this returns, each at
     * its own time and in that order; those that fail do so as they would have at that time, and do not stop the rest.
     *
     * @param by how far; zero runs what is due now
     * @throws IllegalArgumentException if {@code by} is negative: time does not go back
     */
    void advance(Duration by);

    /**
     * Moves time forward to {@code instant}, as {@link #advance} does.
     *
     * @throws IllegalArgumentException if that is in the past: time does not go back
     */
    void advanceTo(Instant instant);

    /**
     * Has {@code action} run whenever time was moved, after what was due and before {@link #advance} returns, on the
     * thread that moved it. What it throws reaches the caller of {@code advance}.
     */
    void afterAdvance(Runnable action);
}
