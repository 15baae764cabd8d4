package dev.tumbler.emulator.ram;

/** What policies say to a request. */
public enum Decision {
    /** A statement allows it, and none denies it. */
    ALLOW,
    /** No statement speaks of it, so it is denied. */
    IMPLICIT_DENY,
    /** A statement denies it, whatever others allow. */
    EXPLICIT_DENY;

    /** What several policies say together: a denial wins over a permission, and a permission over silence. */
    public Decision or(Decision other) {
        if (this == EXPLICIT_DENY || other == EXPLICIT_DENY) {
            return EXPLICIT_DENY;
        }
        return this == ALLOW ? this : other;
    }

    /** What two that must both allow it say: a denial wins, then silence. */
    public Decision and(Decision other) {
        if (this == EXPLICIT_DENY || other == EXPLICIT_DENY) {
            return EXPLICIT_DENY;
        }
        return this == ALLOW ? other : this;
    }
}
