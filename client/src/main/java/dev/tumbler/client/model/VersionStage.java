package dev.tumbler.client.model;

/**
 * A label that marks exactly one version of a secret.
 *
 * @param value the text as the service writes it, case included; values that this version does not know survive
 */
public record VersionStage(String value) {
    /** Marks the version to use. */
    public static final VersionStage ACS_CURRENT = new VersionStage("ACSCurrent");

    /** Marks the version that was current before. */
    public static final VersionStage ACS_PREVIOUS = new VersionStage("ACSPrevious");

    @Override
    public String toString() {
        return value;
    }
}
