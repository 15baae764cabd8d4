package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rotation.RotationStep;
import dev.tumbler.emulator.tag.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of a secret at one moment. Immutable: what happens to a secret makes a new one, so a reader never
 * sees half a change.
 *
 * @param creator the id of the account that created it
 * @param encryptionKeyId null when the service's default key is used
 * @param plannedDeleteTime null unless it is scheduled for deletion
 * @param versions oldest first
 * @param stages the version id that each stage is on
 * @param rds null for generic secrets
 */
public record Secret(
        String name,
        SecretType type,
        String creator,
        String description,
        @Nullable String encryptionKeyId,
        @Nullable String dkmsInstanceId,
        Instant createTime,
        Instant updateTime,
        @Nullable Instant plannedDeleteTime,
        Tags tags,
        List<SecretVersion> versions,
        Map<String, String> stages,
        @Nullable RdsBinding rds) {

    static Secret create(NewSecret request, String creator, Instant now) {
        SecretRules.checkName(request.name());
        SecretRules.checkVersionId(request.versionId());
        SecretType type;
        SecretValue value;
        RdsBinding binding;
        if (request.content() instanceof NewSecret.Rds rds) {
            SecretRules.checkAccounts(rds);
            type = SecretType.RDS;
            value = rds.accounts().get(0);
            binding = new RdsBinding(
                    rds.strategy(),
                    rds.dbInstanceId(),
                    rds.accounts().stream()
                            .map(SecretValue.Account::accountName)
                            .toList(),
                    rds.customData(),
                    rds.rotation());
        } else {
            type = SecretType.GENERIC;
            value = ((NewSecret.Generic) request.content()).value();
            binding = null;
        }
        SecretRules.checkValue(value);
        return new Secret(
                request.name(),
                type,
                creator,
                request.description(),
                request.encryptionKeyId(),
                request.dkmsInstanceId(),
                now,
                now,
                null,
                request.tags(),
                List.of(new SecretVersion(request.versionId(), value, now)),
                Map.of(VersionStage.CURRENT, request.versionId()),
                binding);
    }

    /** The same, for a secret that was not stored yet. */
    Secret encryptedWith(@Nullable String keyId) {
        return new Secret(
                name,
                type,
                creator,
                description,
                keyId,
                dkmsInstanceId,
                createTime,
                updateTime,
                plannedDeleteTime,
                tags,
                versions,
                stages,
                rds);
    }

    /** The version with this id. */
    public Optional<SecretVersion> version(String versionId) {
        return versions.stream()
                .filter(version -> version.versionId().equals(versionId))
                .findFirst();
    }

    /** The version that this stage is on. */
    public Optional<SecretVersion> staged(String stage) {
        return Optional.ofNullable(stages.get(stage)).flatMap(this::version);
    }

    /** The stages of a version, in alphabetical order. */
    public List<String> stagesOf(String versionId) {
        return stages.entrySet().stream()
                .filter(stage -> stage.getValue().equals(versionId))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** When it rotates by itself next; null if it does not. */
    public @Nullable Instant nextRotation() {
        return rds == null ? null : rds.rotation().nextRotation(createTime);
    }

    /**
     * A new version takes {@code labels} from whichever versions have them. Where it becomes the current one, the one
     * that was current becomes the previous one.
     */
    Secret withVersion(SecretVersion version, Collection<String> labels) {
        Map<String, String> moved = new LinkedHashMap<>(stages);
        String formerCurrent = stages.get(VersionStage.CURRENT);
        if (formerCurrent != null && labels.contains(VersionStage.CURRENT)) {
            moved.put(VersionStage.PREVIOUS, formerCurrent);
        }
        labels.forEach(label -> moved.put(label, version.versionId()));
        if (moved.size() > SecretRules.MAX_STAGES) {
            throw KmsError.limitExceeded("A secret has at most 8 stages; these would be " + moved.size() + ".");
        }
        List<SecretVersion> all = new ArrayList<>(versions);
        if (all.size() == SecretRules.MAX_VERSIONS) {
            versions.stream()
                    .filter(candidate -> !moved.containsValue(candidate.versionId()))
                    .findFirst()
                    .ifPresent(all::remove);
        }
        all.add(version);
        return with(version.createTime(), plannedDeleteTime, all, moved, rds);
    }

    /** What {@code step} did to the database has made {@code version} current. */
    Secret rotated(RotationStep step, SecretVersion version) {
        RdsBinding after = managed().rotated(step, version.createTime());
        Secret promoted = withVersion(version, List.of(VersionStage.CURRENT));
        return promoted.with(version.createTime(), plannedDeleteTime, promoted.versions, promoted.stages, after);
    }

    Secret rotationFailed() {
        return with(updateTime, plannedDeleteTime, versions, stages, managed().rotationFailed());
    }

    private RdsBinding managed() {
        return Objects.requireNonNull(rds, "Only managed secrets rotate");
    }

    Secret scheduledForDeletion(Instant deleteTime) {
        return with(updateTime, deleteTime, versions, stages, rds);
    }

    private Secret with(
            Instant newUpdateTime,
            @Nullable Instant newPlannedDeleteTime,
            List<SecretVersion> newVersions,
            Map<String, String> newStages,
            @Nullable RdsBinding newRds) {
        return new Secret(
                name,
                type,
                creator,
                description,
                encryptionKeyId,
                dkmsInstanceId,
                createTime,
                newUpdateTime,
                newPlannedDeleteTime,
                tags,
                List.copyOf(newVersions),
                Map.copyOf(newStages),
                newRds);
    }
}
