package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rds.RdsEdition;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.rds.RdsInstances;
import dev.tumbler.emulator.rotation.RotationWorkers;
import dev.tumbler.emulator.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one account in one region. Thread-safe; reading never waits for a change, nor one secret for another.
 *
 * <p>Names may be given as ARNs, {@code acs:kms:<region>:<account>:secret/<name>}, except for a new secret.
 */
public final class Secrets {
    /** Recovery windows, in days. Source: KMS API reference, DeleteSecret, RecoveryWindowInDays. */
    private static final int SHORTEST_WINDOW = 7;

    private static final int LONGEST_WINDOW = 30;

    private final String region;
    private final String accountId;
    private final VirtualClock clock;
    private final RdsInstances instances;
    private final Rotator rotator;

    /** Ordered by name, so that listings are stable. */
    private final ConcurrentSkipListMap<String, SecretCell> cells = new ConcurrentSkipListMap<>();

    public Secrets(
            String region,
            String accountId,
            VirtualClock clock,
            RdsInstances instances,
            RotationWorkers workers,
            Supplier<String> newPassword) {
        this.region = region;
        this.accountId = accountId;
        this.clock = clock;
        this.instances = instances;
        this.rotator = new Rotator(clock, instances, workers, newPassword);
    }

    /** The ARN of the secret of this name. */
    public String arn(String secretName) {
        return arnPrefix() + secretName;
    }

    /**
     * Creates a secret; its first version is the current one and has no predecessor.
     *
     * @throws KmsError {@code InvalidParameter}, {@code Rejected.ResourceExist}, {@code Rejected.ResourceInDeleteWindow}
     *     or {@code Rejected.LimitExceeded}
     */
    public Secret create(NewSecret request) {
        Secret secret = Secret.create(request, accountId, clock.now());
        if (request.content() instanceof NewSecret.Rds rds) {
            requireSupportedInstance(rds.dbInstanceId());
        }
        SecretCell cell = new SecretCell(secret);
        SecretCell existing = cells.putIfAbsent(secret.name(), cell);
        if (existing != null) {
            throw existing.secret().plannedDeleteTime() == null
                    ? KmsError.resourceExists("")
                    : KmsError.inDeleteWindow("");
        }
        rotator.schedule(cell);
        return secret;
    }

    private void requireSupportedInstance(String dbInstanceId) {
        RdsInstance instance = instances
                .find(dbInstanceId)
                .orElseThrow(() -> KmsError.invalidParameter(
                        "ExtendedConfig",
                        "\"DBInstanceId\" names no RDS instance of the emulator: \"" + dbInstanceId
                                + "\". Add it with kms.rds().add(…), or attach a database with kms.rds().attach(…)."));
        if (instance.edition() == RdsEdition.SQL_SERVER_2017_CLUSTER) {
            throw KmsError.invalidParameter(
                    "ExtendedConfig",
                    "\"DBInstanceId\" names an instance of SQL Server 2017 Cluster Edition, which secrets do not support: \""
                            + dbInstanceId + "\".");
        }
    }

    /**
     * The secret, also one that is scheduled for deletion.
     *
     * @throws KmsError {@code Forbidden.ResourceNotFound}
     */
    public Secret describe(String nameOrArn) {
        return cell(nameOrArn).secret();
    }

    /**
     * The version that is asked for. Of a managed secret only the two built-in stages can be read, and a version id is
     * ignored.
     *
     * @param versionId null for whichever version the stage is on
     * @param stage null for {@code ACSCurrent}, or for any stage if a version id is given
     * @throws KmsError {@code InvalidParameter}, {@code Forbidden.ResourceNotFound} or
     *     {@code Rejected.ResourceInDeleteWindow}
     */
    public StagedVersion getValue(String nameOrArn, @Nullable String versionId, @Nullable String stage) {
        Secret secret = usable(cell(nameOrArn).secret());
        if (secret.rds() != null) {
            String asked = stage == null ? VersionStage.CURRENT : stage;
            if (!Set.of(VersionStage.CURRENT, VersionStage.PREVIOUS).contains(asked)) {
                throw KmsError.invalidParameter(
                        "VersionStage", "A managed secret has the stages ACSCurrent and ACSPrevious only.");
            }
            return staged(secret, asked);
        }
        if (versionId == null) {
            return staged(secret, stage == null ? VersionStage.CURRENT : stage);
        }
        SecretVersion version = secret.version(versionId)
                .filter(found ->
                        stage == null || versionId.equals(secret.stages().get(stage)))
                .orElseThrow(() -> KmsError.resourceNotFound(
                        "The secret has no version with this VersionId" + (stage == null ? "." : " at this stage.")));
        return new StagedVersion(secret, version);
    }

    /**
     * Stores a version of a generic secret. The same version id with the same value again changes nothing.
     *
     * @param stages what the version is labelled with; empty for {@code ACSCurrent}
     * @throws KmsError {@code InvalidParameter}, {@code Rejected.UnsupportedOperation} for a managed secret,
     *     {@code Rejected.ResourceExist} if the version id has another value, {@code Rejected.LimitExceeded}
     */
    public StagedVersion putValue(String nameOrArn, String versionId, SecretValue value, Collection<String> stages) {
        SecretRules.checkVersionId(versionId);
        SecretRules.checkValue(value);
        Collection<String> labels = stages.isEmpty() ? List.of(VersionStage.CURRENT) : stages;
        Secret changed = cell(nameOrArn).change(secret -> {
            usable(secret);
            if (secret.rds() != null) {
                throw KmsError.unsupportedOperation("PutSecretValue is for generic secrets; this one is rotated.");
            }
            Optional<SecretVersion> existing = secret.version(versionId);
            if (existing.isEmpty()) {
                return secret.withVersion(new SecretVersion(versionId, value, clock.now()), labels);
            }
            if (existing.get().value().equals(value)) {
                return secret;
            }
            throw KmsError.resourceExists("This VersionId is taken by another value; a version never changes.");
        });
        return new StagedVersion(changed, changed.version(versionId).orElseThrow());
    }

    /** All secrets that match every filter, by name, those scheduled for deletion included. */
    public List<Secret> list(List<SecretFilter> filters) {
        return cells.values().stream()
                .map(SecretCell::secret)
                .filter(secret -> filters.stream().allMatch(filter -> filter.matches(secret)))
                .toList();
    }

    /**
     * Rotates a managed secret. The stage ends when the database has the new password and the new version is current,
     * or fails with a {@link KmsError} and leaves the current version as it was. A version id that exists, or is being
     * rotated to, changes nothing.
     *
     * @throws KmsError {@code Rejected.UnsupportedOperation} for a generic secret, {@code Rejected.ResourceInUse} while
     *     another rotation runs
     */
    public CompletableFuture<Secret> rotate(String nameOrArn, String versionId) {
        SecretRules.checkVersionId(versionId);
        return rotator.rotate(cell(nameOrArn), versionId);
    }

    /**
     * Schedules a secret for deletion.
     *
     * @param recoveryWindowInDays 7 to 30
     * @return when it will be gone
     */
    public Instant scheduleDeletion(String nameOrArn, int recoveryWindowInDays) {
        if (recoveryWindowInDays < SHORTEST_WINDOW || recoveryWindowInDays > LONGEST_WINDOW) {
            throw KmsError.invalidParameter("RecoveryWindowInDays", "It must be from 7 to 30.");
        }
        SecretCell cell = cell(nameOrArn);
        Instant deleteTime = clock.now().plus(Duration.ofDays(recoveryWindowInDays));
        cell.change(secret -> usable(secret).scheduledForDeletion(deleteTime));
        rotator.schedule(cell);
        cell.setPurge(clock.schedule(deleteTime, () -> {
            remove(cell);
            return CompletableFuture.completedFuture(null);
        }));
        return deleteTime;
    }

    /**
     * Deletes a secret at once, also one that is scheduled for deletion. The accounts that it managed stay as they are.
     *
     * @return the time of its end
     */
    public Instant deleteNow(String nameOrArn) {
        SecretCell cell = cell(nameOrArn);
        remove(cell);
        return clock.now();
    }

    private void remove(SecretCell cell) {
        cell.end();
        cells.remove(cell.secret().name(), cell);
    }

    private SecretCell cell(String nameOrArn) {
        String name = nameOrArn.startsWith(arnPrefix())
                ? nameOrArn.substring(arnPrefix().length())
                : nameOrArn;
        SecretCell cell = cells.get(name);
        if (cell == null) {
            // The hint is ours: the real service cannot give it.
            throw KmsError.resourceNotFound(SimilarNames.hint(name, cells.keySet()));
        }
        return cell;
    }

    private String arnPrefix() {
        return "acs:kms:" + region + ":" + accountId + ":secret/";
    }

    /** The secret, or the error that it is scheduled for deletion. */
    static Secret usable(Secret secret) {
        if (secret.plannedDeleteTime() != null) {
            throw KmsError.inDeleteWindow("");
        }
        return secret;
    }

    private static StagedVersion staged(Secret secret, String stage) {
        return secret.staged(stage)
                .map(version -> new StagedVersion(secret, version))
                .orElseThrow(() -> KmsError.resourceNotFound("The secret has no version at stage " + stage + "."));
    }

    /** A version and the state of the secret that it was read from. */
    public record StagedVersion(Secret secret, SecretVersion version) {
        /** The stages that the version had when it was read. */
        public List<String> stages() {
            return secret.stagesOf(version.versionId());
        }
    }
}
