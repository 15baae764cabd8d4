package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of where one stage of a generic secret is.
 *
 * <p>Source: KMS API reference, UpdateSecretVersionStage.
 *
 * @param stage built-in or the user's own
 * @param moveToVersion null to remove the stage
 * @param removeFromVersion null to take the stage from wherever it is; otherwise it must be on this version
 */
public record StageMove(
        String stage,
        @Nullable String moveToVersion,
        @Nullable String removeFromVersion) {
    public StageMove {
        if (moveToVersion == null && removeFromVersion == null) {
            throw KmsError.invalidParameter(
                    "MoveToVersion", "At least one of MoveToVersion and RemoveFromVersion is needed.");
        }
        if (moveToVersion == null && VersionStage.isBuiltIn(stage)) {
            throw KmsError.invalidParameter(
                    "MoveToVersion", "It is needed for " + stage + ", which can be moved but not removed.");
        }
    }

    /** The stages of {@code secret} after the move. */
    Map<String, String> stagesOf(Secret secret) {
        String holder = secret.stages().get(stage);
        if (removeFromVersion != null && !removeFromVersion.equals(holder)) {
            throw KmsError.invalidParameter("RemoveFromVersion", "The version is not at the stage " + stage + ".");
        }
        Map<String, String> moved = new LinkedHashMap<>(secret.stages());
        if (moveToVersion == null) {
            moved.remove(stage);
            return moved;
        }
        if (secret.version(moveToVersion).isEmpty()) {
            throw KmsError.resourceNotFound("The secret has no version with the VersionId in MoveToVersion.");
        }
        if (stage.equals(VersionStage.CURRENT) && holder != null && !holder.equals(moveToVersion)) {
            moved.put(VersionStage.PREVIOUS, holder);
        }
        moved.put(stage, moveToVersion);
        SecretRules.checkStages(moved);
        return moved;
    }
}
