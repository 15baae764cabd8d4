package dev.tumbler.client.cache;

import dev.tumbler.client.model.VersionStage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a secret a {@link CachedSecret} reads: the one that a stage marks, or one by its id.
 *
 * @param versionStage the stage, or null if the version is chosen by id
 * @param versionId the id, or null if the version is chosen by stage
 */
public record VersionSelector(
        @Nullable VersionStage versionStage, @Nullable String versionId) {
    private static final VersionSelector CURRENT = stage(VersionStage.ACS_CURRENT);
    private static final VersionSelector PREVIOUS = stage(VersionStage.ACS_PREVIOUS);

    /**
     * Checks that it is one of the two.
     *
     * @throws IllegalArgumentException if both are given, or neither
     */
    public VersionSelector {
        if ((versionStage == null) == (versionId == null)) {
            throw new IllegalArgumentException("A version is chosen by versionStage or by versionId, one of the two");
        }
    }

    /** Selects the version to use, marked {@code ACSCurrent}. */
    public static VersionSelector current() {
        return CURRENT;
    }

    /**
     * Selects the version that was current before, marked {@code ACSPrevious}. A {@link SecretCache} does not refresh it in the
     * background, as it is asked for after a refused login at most: after an interval the next {@link CachedSecret#get()} reads
     * it again.
     */
    public static VersionSelector previous() {
        return PREVIOUS;
    }

    /** Selects the version that this stage marks; generic secrets can have stages of their own. */
    public static VersionSelector stage(VersionStage versionStage) {
        return new VersionSelector(Objects.requireNonNull(versionStage, "versionStage"), null);
    }

    /**
     * Selects a version by its id. For generic secrets only: the service ignores it for managed ones. Source: KMS API
     * reference, GetSecretValue, VersionId.
     */
    public static VersionSelector version(String versionId) {
        return new VersionSelector(null, Objects.requireNonNull(versionId, "versionId"));
    }

    @Override
    public String toString() {
        return versionStage == null ? "version " + versionId : versionStage.toString();
    }
}
