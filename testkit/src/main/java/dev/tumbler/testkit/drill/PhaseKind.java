package dev.tumbler.testkit.drill;

/** What goes on in a phase of a drill. */
public enum PhaseKind {
    /** Nothing; before the first rotation. */
    STEADY,
    /** The database has the new password, and the secret has not: a single account, and an emulator with a window. */
    WINDOW,
    /** The secret rotates, and has rotated. */
    ROTATION,
    /** A {@link Disruption}. */
    DISRUPTION,
    /** After a disruption. */
    RECOVERY,
    /** Nothing; after the last rotation, when hours have passed on the emulator's clock. */
    SETTLED;

    /** Whether nothing is wrong with the KMS, and the current version logs in. */
    boolean isCalm() {
        return this != WINDOW && this != DISRUPTION;
    }
}
