package dev.tumbler.client.model;

/**
 * The state of automatic rotation.
 *
 * @param value the text as the service writes it, case included; values that this version does not know survive
 */
public record AutomaticRotation(String value) {
    /** The service rotates the secret by itself. */
    public static final AutomaticRotation ENABLED = new AutomaticRotation("Enabled");

    /** The secret is rotated on request only. */
    public static final AutomaticRotation DISABLED = new AutomaticRotation("Disabled");

    /** The service can no longer rotate the secret: its account or instance is in an abnormal state. */
    public static final AutomaticRotation INVALID = new AutomaticRotation("Invalid");

    @Override
    public String toString() {
        return value;
    }
}
