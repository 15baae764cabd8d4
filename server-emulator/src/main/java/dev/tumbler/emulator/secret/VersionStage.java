package dev.tumbler.emulator.secret;

/** The two built-in stages. Others are the user's own, of generic secrets only. */
public final class VersionStage {
    /** The version that is read unless another is asked for. */
    public static final String CURRENT = "ACSCurrent";

    /** The version that was current before. */
    public static final String PREVIOUS = "ACSPrevious";

    private VersionStage() {}

    static boolean isBuiltIn(String stage) {
        return stage.equals(CURRENT) || stage.equals(PREVIOUS);
    }
}
