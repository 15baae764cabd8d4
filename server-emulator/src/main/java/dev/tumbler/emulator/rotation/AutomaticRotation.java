package dev.tumbler.emulator.rotation;

/** The state of automatic rotation, as {@code AutomaticRotation} in answers. */
public enum AutomaticRotation {
    ENABLED("Enabled"),
    DISABLED("Disabled"),
    /** A rotation failed; the next one that succeeds makes it {@link #ENABLED} again. */
    INVALID("Invalid");

    private final String wireName;

    AutomaticRotation(String wireName) {
        this.wireName = wireName;
    }

    /** How answers spell it. */
    public String wireName() {
        return wireName;
    }
}
