package dev.tumbler.emulator.secret;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a secret is at one moment, without its values. Immutable.
 *
 * @param time the moment, by the emulator's clock
 * @param type what it holds
 * @param dbInstanceId the RDS instance whose accounts it holds; null unless it is an RDS secret
 * @param plannedDeleteTime when it will be gone; null unless it is scheduled for deletion
 * @param versions oldest first
 * @param rotations how many rotations have made a version since the emulator was started
 * @param lastRotation when the last rotation succeeded; null before the first
 * @param nextRotation when it rotates by itself next; null if it does not
 */
public record SecretState(
        String name,
        Instant time,
        SecretType type,
        @Nullable String dbInstanceId,
        @Nullable Instant plannedDeleteTime,
        List<Version> versions,
        int rotations,
        @Nullable Instant lastRotation,
        @Nullable Instant nextRotation) {
    public SecretState {
        versions = List.copyOf(versions);
    }

    static SecretState of(Secret secret, int rotations, Instant now) {
        Management management = secret.management();
        return new SecretState(
                secret.name(),
                now,
                secret.type(),
                management != null && management.resource() instanceof RdsAccounts rds ? rds.dbInstanceId() : null,
                secret.plannedDeleteTime(),
                secret.versions().stream()
                        .map(version -> new Version(
                                version.versionId(), version.createTime(), secret.stagesOf(version.versionId())))
                        .toList(),
                rotations,
                management == null ? null : management.rotation().lastRotation(),
                secret.nextRotation());
    }

    /** The id of the version at {@code ACSCurrent}. */
    public Optional<String> currentVersionId() {
        return versions.stream()
                .filter(version -> version.stages().contains(VersionStage.CURRENT))
                .map(Version::versionId)
                .findFirst();
    }

    /**
     * One version.
     *
     * @param stages in alphabetical order; empty for a deprecated version
     */
    public record Version(String versionId, Instant createTime, List<String> stages) {
        public Version {
            stages = List.copyOf(stages);
        }
    }
}
