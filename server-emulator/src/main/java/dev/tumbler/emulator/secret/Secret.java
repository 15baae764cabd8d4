package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.rotation.RotationStep;
import dev.tumbler.emulator.rotation.Rotations;
import dev.tumbler.emulator.tag.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of a secret at one moment. Immutable: what happens to a secret makes a new one, so a reader never
 * sees half a change.
 *
 * @param creator the id of the account that created it
 * @param encryptionKeyId null when the service's default key is used
 * @param dkmsInstanceId null outside of KMS instances
 * @param plannedDeleteTime null unless it is scheduled for deletion
 * @param policy null outside of KMS instances, and nowhere else
 * @param versions oldest first
 * @param stages the version id that each stage is on
 * @param management null for generic secrets
 */
public record Secret(
        String name,
        String creator,
        String description,
        @Nullable String encryptionKeyId,
        @Nullable String dkmsInstanceId,
        Instant createTime,
        Instant updateTime,
        @Nullable Instant plannedDeleteTime,
        Tags tags,
        @Nullable SecretPolicy policy,
        List<SecretVersion> versions,
        Map<String, String> stages,
        @Nullable Management management) {
    public Secret {
        versions = List.copyOf(versions);
        stages = Map.copyOf(stages);
    }

    static Secret create(NewSecret request, String creator, Instant now, Rotations rotations) {
        SecretRules.checkVersionId(request.versionId());
        String name = request.name();
        Management management = null;
        List<SecretValue> values;
        if (request.content() instanceof NewSecret.Managed managed) {
            management = managed.management();
            name = management.resource().secretName(name);
            values = management.resource().firstValues(managed.values(), rotations.newPassword());
        } else {
            values = List.of(((NewSecret.Generic) request.content()).value());
        }
        SecretRules.checkName(
                name,
                management == null ? SecretType.GENERIC : management.resource().type());
        List<SecretVersion> versions = new ArrayList<>();
        Map<String, String> stages = new LinkedHashMap<>();
        if (values.size() > 1) {
            String previousId = rotations.newVersionId().get();
            versions.add(new SecretVersion(previousId, values.get(1), now));
            stages.put(VersionStage.PREVIOUS, previousId);
        }
        SecretRules.checkSize(values.get(0).size());
        versions.add(new SecretVersion(request.versionId(), values.get(0), now));
        stages.put(VersionStage.CURRENT, request.versionId());
        return new Secret(
                name,
                creator,
                request.description(),
                request.encryptionKeyId(),
                request.dkmsInstanceId(),
                now,
                now,
                null,
                request.tags(),
                policy(request, creator),
                versions,
                stages,
                management);
    }

    private static @Nullable SecretPolicy policy(NewSecret request, String creator) {
        if (request.dkmsInstanceId() == null) {
            if (request.policy() != null) {
                throw SecretRules.policyUnsupported();
            }
            return null;
        }
        return request.policy() == null ? SecretPolicy.ofAccount(creator) : request.policy();
    }

    /** Its type. */
    public SecretType type() {
        return management == null ? SecretType.GENERIC : management.resource().type();
    }

    /** The same, for a secret that was not stored yet. */
    Secret encryptedWith(@Nullable String keyId) {
        return with(draft -> draft.encryptionKeyId = keyId);
    }

    /** The version with this id. */
    public Optional<SecretVersion> version(String versionId) {
        return versions.stream()
                .filter(version -> version.versionId().equals(versionId))
                .findFirst();
    }

    /** The versions that are at a stage, oldest first; the others are deprecated. */
    public List<SecretVersion> stagedVersions() {
        return versions.stream()
                .filter(version -> stages.containsValue(version.versionId()))
                .toList();
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
        return management == null ? null : management.rotation().nextRotation(createTime);
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
        SecretRules.checkStages(moved);
        List<SecretVersion> all = new ArrayList<>(versions);
        if (all.size() == SecretRules.MAX_VERSIONS) {
            versions.stream()
                    .filter(candidate -> !moved.containsValue(candidate.versionId()))
                    .findFirst()
                    .ifPresent(all::remove);
        }
        all.add(version);
        return with(draft -> {
            draft.updateTime = version.createTime();
            draft.versions = all;
            draft.stages = moved;
        });
    }

    /** What {@code step} did to the database has made {@code version} current. */
    Secret rotated(RotationStep step, SecretVersion version) {
        Management after = managed().rotated(step, version.createTime());
        return withVersion(version, List.of(VersionStage.CURRENT)).with(draft -> draft.management = after);
    }

    Secret rotationFailed() {
        Management after = managed().rotationFailed();
        return with(draft -> draft.management = after);
    }

    /** Changes the description and the custom data, unless null. */
    Secret updated(@Nullable String newDescription, @Nullable CustomData customData, Instant now) {
        if (newDescription == null && customData == null) {
            return this;
        }
        return with(draft -> {
            draft.updateTime = now;
            if (newDescription != null) {
                draft.description = newDescription;
            }
            if (customData != null) {
                if (management == null) {
                    throw KmsError.invalidParameter(
                            "ExtendedConfig.CustomData", "A generic secret has no ExtendedConfig.");
                }
                draft.management = management.with(customData);
            }
        });
    }

    Secret withStages(Map<String, String> newStages, Instant now) {
        return newStages.equals(stages)
                ? this
                : with(draft -> {
                    draft.updateTime = now;
                    draft.stages = newStages;
                });
    }

    Secret withRotation(RotationPolicy newRotation, Instant now) {
        Management after = managed().with(managed().rotation().replacedBy(newRotation));
        return with(draft -> {
            draft.updateTime = now;
            draft.management = after;
        });
    }

    Secret withPolicy(SecretPolicy newPolicy, Instant now) {
        if (policy == null) {
            throw SecretRules.policyUnsupported();
        }
        return with(draft -> {
            draft.updateTime = now;
            draft.policy = newPolicy;
        });
    }

    /** Tags are no part of what {@code UpdateTime} is about. <em>Assumed.</em> */
    Secret withTags(Tags newTags) {
        return with(draft -> draft.tags = newTags);
    }

    Secret restored() {
        return with(draft -> draft.plannedDeleteTime = null);
    }

    Secret scheduledForDeletion(Instant deleteTime) {
        return with(draft -> draft.plannedDeleteTime = deleteTime);
    }

    private Management managed() {
        return Objects.requireNonNull(management, "Only managed secrets rotate");
    }

    private Secret with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new Secret(
                name,
                creator,
                draft.description,
                draft.encryptionKeyId,
                dkmsInstanceId,
                createTime,
                draft.updateTime,
                draft.plannedDeleteTime,
                draft.tags,
                draft.policy,
                draft.versions,
                draft.stages,
                draft.management);
    }

    /** What of a secret can change. */
    private static final class Draft {
        private String description;
        private @Nullable String encryptionKeyId;
        private Instant updateTime;
        private @Nullable Instant plannedDeleteTime;
        private Tags tags;
        private @Nullable SecretPolicy policy;
        private List<SecretVersion> versions;
        private Map<String, String> stages;
        private @Nullable Management management;

        Draft(Secret secret) {
            this.description = secret.description;
            this.encryptionKeyId = secret.encryptionKeyId;
            this.updateTime = secret.updateTime;
            this.plannedDeleteTime = secret.plannedDeleteTime;
            this.tags = secret.tags;
            this.policy = secret.policy;
            this.versions = secret.versions;
            this.stages = secret.stages;
            this.management = secret.management;
        }
    }
}
