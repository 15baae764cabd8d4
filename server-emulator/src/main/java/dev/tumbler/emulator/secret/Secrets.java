package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.event.EventBus;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.rds.RdsEdition;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.rds.RdsInstances;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.rotation.Rotations;
import dev.tumbler.emulator.tag.TaggedResources;
import dev.tumbler.emulator.tag.Tags;
import dev.tumbler.emulator.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one account in one region. Thread-safe; reading never waits for a change, nor one secret for another.
 *
 * <p>Names may be given as ARNs, {@code acs:kms:<region>:<account>:secret/<name>}, except for a new secret.
 */
public final class Secrets implements TaggedResources {
    /** Recovery windows, in days. Source: KMS API reference, DeleteSecret, RecoveryWindowInDays. */
    private static final int SHORTEST_WINDOW = 7;

    private static final int LONGEST_WINDOW = 30;

    /** Source: KMS API reference, ListSecrets, Filters. */
    private static final int MOST_TAGGED = 4_000;

    private static final Pattern ARN = Pattern.compile("acs:kms:([^:]*):([^:]*):secret/(.+)");

    private final String region;
    private final String accountId;
    private final VirtualClock clock;
    private final Keys keys;
    private final RdsInstances instances;
    private final Rotations rotations;
    private final SecretHistory history;
    private final SecretStore store;
    private final AccountSharing sharing;
    private final Rotator rotator;

    /** Ordered by name, so that listings are stable. */
    private final ConcurrentSkipListMap<String, SecretCell> cells = new ConcurrentSkipListMap<>();

    /** Whoever adds a cell holds its monitor. */
    private final Object additions = new Object();

    public Secrets(
            String region,
            String accountId,
            VirtualClock clock,
            Keys keys,
            RdsInstances instances,
            Rotations rotations,
            EventBus events,
            SecretStore store) {
        this.region = region;
        this.accountId = accountId;
        this.clock = clock;
        this.keys = keys;
        this.instances = instances;
        this.rotations = rotations;
        this.history = new SecretHistory(region, accountId, clock, events);
        this.store = store;
        this.sharing = new AccountSharing(instances.users());
        this.rotator = new Rotator(clock, keys, instances, rotations, history, sharing);
        store.load(region).forEach(this::takeUp);
    }

    /** What was due, or had begun, waits until its RDS instance is there. */
    private void takeUp(StoredSecret stored) {
        SecretCell cell = new SecretCell(stored, region, store);
        Secret secret = stored.secret();
        cells.put(secret.name(), cell);
        sharing.begin(cell);
        Instant deleteTime = secret.plannedDeleteTime();
        if (deleteTime != null) {
            cell.setPurge(clock.schedule(deleteTime, () -> purge(cell, deleteTime)));
        }
        if (secret.management() != null && secret.management().resource() instanceof RdsAccounts rds) {
            instances.access().establish();
            instances.whenThere(rds.dbInstanceId(), () -> rotator.resume(cell));
        }
    }

    /** The region that they are in. */
    public String region() {
        return region;
    }

    /** The ARN of the secret of this name. */
    public String arn(String secretName) {
        return history.arn(secretName);
    }

    /**
     * Creates a secret; its first version is the current one and has no predecessor.
     *
     * @throws KmsError {@code InvalidParameter}, {@code Rejected.ResourceExist}, {@code Rejected.ResourceInDeleteWindow}
     *     or {@code Rejected.LimitExceeded}, or as {@link Keys#forNewSecret}
     */
    public Secret create(NewSecret request) {
        Secret secret = wellFormed(request)
                .encryptedWith(keys.forNewSecret(request.encryptionKeyId(), request.dkmsInstanceId()));
        SecretCell cell = new SecretCell(new StoredSecret(secret, null), region, store);
        add(cell);
        try {
            cell.save();
        } catch (KmsError e) {
            cells.remove(secret.name(), cell);
            throw e;
        }
        if (secret.type() == SecretType.RDS) {
            instances.access().establish();
        }
        history.created(secret);
        sharing.begin(cell);
        rotator.schedule(cell);
        return secret;
    }

    /**
     * Refuses what {@link #create} would refuse now.
     *
     * @throws KmsError as {@link #create}
     */
    void requireCreatable(NewSecret request) {
        Secret secret = wellFormed(request);
        keys.forNewSecret(request.encryptionKeyId(), request.dkmsInstanceId());
        requireRoom(secret);
    }

    /** Of two that want a name, or the last room in a KMS instance, one gets it. */
    private void add(SecretCell cell) {
        synchronized (additions) {
            requireRoom(cell.secret());
            cells.put(cell.secret().name(), cell);
        }
    }

    private void requireRoom(Secret secret) {
        SecretCell existing = cells.get(secret.name());
        if (existing != null) {
            throw taken(existing);
        }
        keys.instance(secret.dkmsInstanceId())
                .ifPresent(instance -> instance.requireRoomForSecret(cells.values().stream()
                        .filter(cell -> instance.id().equals(cell.secret().dkmsInstanceId()))
                        .count()));
    }

    private Secret wellFormed(NewSecret request) {
        Secret secret = Secret.create(request, accountId, clock.now(), rotations);
        if (secret.management() != null && secret.management().resource() instanceof RdsAccounts rds) {
            rds.requireRoomForClone(requireSupportedInstance(rds.dbInstanceId()).engine());
        }
        return secret;
    }

    private static KmsError taken(SecretCell existing) {
        return existing.secret().plannedDeleteTime() == null
                ? KmsError.resourceExists("")
                : KmsError.inDeleteWindow("");
    }

    RdsInstance requireSupportedInstance(String dbInstanceId) {
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
        return instance;
    }

    /**
     * The secret, also one that is scheduled for deletion.
     *
     * @throws KmsError {@code Forbidden.ResourceNotFound}
     */
    public Secret describe(String nameOrArn) {
        return cell(nameOrArn).secret();
    }

    /** The secret, also one that is scheduled for deletion; empty if there is none of that name or ARN. */
    public Optional<Secret> find(String nameOrArn) {
        try {
            return Optional.of(describe(nameOrArn));
        } catch (KmsError e) {
            return Optional.empty();
        }
    }

    /** What can be told of each secret without its values, by name. */
    public List<SecretState> states() {
        return cells.values().stream().map(cell -> cell.state(clock.now())).toList();
    }

    /**
     * What can be told of a secret without its values.
     *
     * @throws KmsError {@code Forbidden.ResourceNotFound}
     */
    public SecretState state(String nameOrArn) {
        return cell(nameOrArn).state(clock.now());
    }

    /**
     * The version that is asked for. Of a managed secret only the two built-in stages can be read, and a version id is
     * ignored.
     *
     * @param versionId null for whichever version the stage is on
     * @param stage null for {@code ACSCurrent}, or for any stage if a version id is given
     * @throws KmsError {@code InvalidParameter}, {@code Forbidden.ResourceNotFound},
     *     {@code Rejected.ResourceInDeleteWindow}, or as {@link Keys#requireUsable}
     */
    public StagedVersion getValue(String nameOrArn, @Nullable String versionId, @Nullable String stage) {
        Secret secret = usable(cell(nameOrArn).secret());
        keys.requireUsable(secret.encryptionKeyId());
        if (secret.management() != null) {
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
     *     {@code Rejected.ResourceExist} if the version id has another value, {@code Rejected.LimitExceeded}, or as
     *     {@link Keys#requireUsable}
     */
    public StagedVersion putValue(String nameOrArn, String versionId, SecretValue value, Collection<String> stages) {
        SecretRules.checkVersionId(versionId);
        SecretRules.checkSize(value.size());
        Collection<String> labels = stages.isEmpty() ? List.of(VersionStage.CURRENT) : stages;
        Secret changed = cell(nameOrArn).change(secret -> {
            usable(secret);
            requireGeneric(secret, "PutSecretValue");
            Optional<SecretVersion> existing = secret.version(versionId);
            if (existing.isEmpty()) {
                keys.requireUsable(secret.encryptionKeyId());
                return secret.withVersion(new SecretVersion(versionId, value, clock.now()), labels);
            }
            if (existing.get().value().equals(value)) {
                return secret;
            }
            throw KmsError.resourceExists("This VersionId is taken by another value; a version never changes.");
        });
        return new StagedVersion(changed, changed.version(versionId).orElseThrow());
    }

    /**
     * Moves or removes a stage of a generic secret. Where {@code ACSCurrent} moves, {@code ACSPrevious} goes to the
     * version that it leaves. <em>Assumed</em>, as that is what PutSecretValue does.
     *
     * @throws KmsError {@code InvalidParameter} if the stage is not where the move says,
     *     {@code Forbidden.ResourceNotFound}, {@code Rejected.LimitExceeded}, {@code Rejected.UnsupportedOperation} for a
     *     managed secret, {@code Rejected.ResourceInDeleteWindow}
     */
    public Secret moveStage(String nameOrArn, StageMove move) {
        return cell(nameOrArn).change(secret -> {
            requireGeneric(usable(secret), "UpdateSecretVersionStage");
            return secret.withStages(move.stagesOf(secret), clock.now());
        });
    }

    /**
     * Changes what describes a secret.
     *
     * @param description null to leave it
     * @param customData null to leave it; managed secrets only
     * @throws KmsError {@code InvalidParameter}, {@code Forbidden.ResourceNotFound} or
     *     {@code Rejected.ResourceInDeleteWindow}
     */
    public Secret update(String nameOrArn, @Nullable String description, @Nullable CustomData customData) {
        return cell(nameOrArn).change(secret -> usable(secret).updated(description, customData, clock.now()));
    }

    /**
     * Changes when a managed secret rotates. If the next rotation would have been in the past it begins at once, and the
     * stage ends with it.
     *
     * @throws KmsError {@code Rejected.UnsupportedOperation} for a generic secret, {@code Rejected.ResourceInUse} while a
     *     rotation runs, {@code Rejected.ResourceInDeleteWindow}
     */
    public CompletableFuture<Secret> changeRotation(String nameOrArn, RotationPolicy policy) {
        SecretCell cell = cell(nameOrArn);
        synchronized (cell) {
            cell.change(secret -> {
                Rotator.managed(usable(secret), "UpdateSecretRotationPolicy");
                if (cell.running() != null) {
                    throw KmsError.beingRotated();
                }
                return secret.withRotation(policy, clock.now());
            });
            return rotator.catchUp(cell);
        }
    }

    /**
     * Replaces the policy of a secret.
     *
     * @throws KmsError {@code Rejected.UnsupportedOperation} outside of KMS instances,
     *     {@code Rejected.ResourceInDeleteWindow}
     */
    public Secret setPolicy(String nameOrArn, SecretPolicy policy) {
        return cell(nameOrArn).change(secret -> usable(secret).withPolicy(policy, clock.now()));
    }

    /**
     * The policy of a secret, also of one that is scheduled for deletion.
     *
     * @throws KmsError {@code Rejected.UnsupportedOperation} outside of KMS instances
     */
    public SecretPolicy policy(String nameOrArn) {
        SecretPolicy policy = describe(nameOrArn).policy();
        if (policy == null) {
            throw SecretRules.policyUnsupported();
        }
        return policy;
    }

    @Override
    public String resourceType() {
        return "secret";
    }

    @Override
    public void changeTags(Collection<String> namesOrArns, UnaryOperator<Tags> change) {
        // In the order of their names, so that two such calls do not wait for each other.
        Map<String, SecretCell> changed = new TreeMap<>();
        namesOrArns.forEach(nameOrArn -> {
            SecretCell cell = cell(nameOrArn);
            changed.put(cell.secret().name(), cell);
        });
        changeTags(List.copyOf(changed.values()), change);
    }

    /** Each change is made inside of the one before, so that none is kept unless all can be made. */
    private static void changeTags(List<SecretCell> cells, UnaryOperator<Tags> change) {
        if (!cells.isEmpty()) {
            cells.get(0).change(secret -> {
                Tags tags = change.apply(usable(secret).tags());
                changeTags(cells.subList(1, cells.size()), change);
                return secret.withTags(tags);
            });
        }
    }

    @Override
    public Optional<Tags> tagsOf(String nameOrArn) {
        return Optional.ofNullable(cells.get(name(nameOrArn)))
                .map(cell -> cell.secret().tags());
    }

    @Override
    public NavigableMap<String, Tags> tags() {
        NavigableMap<String, Tags> tags = new TreeMap<>();
        cells.forEach((name, cell) -> tags.put(name, cell.secret().tags()));
        return tags;
    }

    /**
     * All secrets that match every filter, by name, those scheduled for deletion included; if tags are filtered by, at
     * most 4000.
     */
    public List<Secret> list(List<SecretFilter> filters) {
        return cells.values().stream()
                .map(SecretCell::secret)
                .filter(secret -> filters.stream().allMatch(filter -> filter.matches(secret)))
                .limit(filters.stream().anyMatch(SecretFilter::isOfTags) ? MOST_TAGGED : Long.MAX_VALUE)
                .toList();
    }

    /**
     * Rotates a managed secret. The stage ends when the database has the new password and the new version is current,
     * or fails with a {@link KmsError} and leaves the current version as it was. With a window, the new version of a
     * single-account secret becomes current only after the stage has ended. A version id that exists, or is being rotated
     * to, changes nothing.
     *
     * @throws KmsError {@code Rejected.UnsupportedOperation} for a generic secret, {@code Rejected.ResourceInUse} while
     *     another rotation runs, {@code Rejected.Throttling} beyond the quota, or as {@link Keys#requireUsable}
     */
    public CompletableFuture<Secret> rotate(String nameOrArn, String versionId) {
        SecretRules.checkVersionId(versionId);
        SecretCell cell = cell(nameOrArn);
        keys.requireUsable(usable(cell.secret()).encryptionKeyId());
        return rotator.rotate(cell, versionId);
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
        synchronized (cell) {
            Instant deleteTime = clock.now().plus(Duration.ofDays(recoveryWindowInDays));
            Secret scheduled = cell.change(secret -> usable(secret).scheduledForDeletion(deleteTime));
            history.deletionScheduled(scheduled, deleteTime);
            rotator.schedule(cell);
            cell.setPurge(clock.schedule(deleteTime, () -> purge(cell, deleteTime)));
            return deleteTime;
        }
    }

    /**
     * Takes a scheduled deletion back. What was due in the meantime is rotated at once, and the stage ends with that.
     *
     * @throws KmsError {@code Forbidden.ResourceNotFound} from the end of the window on, {@code Rejected.ResourceInUse}
     *     if no deletion is scheduled
     */
    public CompletableFuture<Secret> restore(String nameOrArn) {
        SecretCell cell = cell(nameOrArn);
        synchronized (cell) {
            Secret restored = cell.change(secret -> {
                Instant deleteTime = secret.plannedDeleteTime();
                if (deleteTime == null) {
                    throw KmsError.notInDeleteWindow();
                }
                if (!clock.now().isBefore(deleteTime)) {
                    // Its purge is on its way.
                    throw KmsError.resourceNotFound("");
                }
                return secret.restored();
            });
            cell.setPurge(null);
            history.restored(restored);
            return rotator.catchUp(cell);
        }
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

    /** A task that has begun cannot be cancelled, so it looks whether the secret was restored before it. */
    private CompletableFuture<?> purge(SecretCell cell, Instant deleteTime) {
        synchronized (cell) {
            if (deleteTime.equals(cell.secret().plannedDeleteTime())) {
                remove(cell);
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    private void remove(SecretCell cell) {
        synchronized (cell) {
            if (cell.isGone()) {
                return;
            }
            cell.end();
            history.deleted(cell.secret());
        }
        sharing.end(cell);
        cells.remove(cell.secret().name(), cell);
    }

    private SecretCell cell(String nameOrArn) {
        String name = name(nameOrArn);
        SecretCell cell = cells.get(name);
        if (cell == null) {
            // The hint is ours: the real service cannot give it.
            throw KmsError.resourceNotFound(SimilarNames.hint(name, cells.keySet()));
        }
        return cell;
    }

    private String name(String nameOrArn) {
        if (!nameOrArn.startsWith("acs:")) {
            return nameOrArn;
        }
        Matcher arn = ARN.matcher(nameOrArn);
        if (!arn.matches()) {
            throw KmsError.invalidParameter(
                    "SecretName", "An ARN has the form acs:kms:<region>:<account>:secret/<name>.");
        }
        if (!arn.group(1).equals(region) || !arn.group(2).equals(accountId)) {
            throw KmsError.resourceNotFound(
                    "The ARN is of another region or account; these secrets start with " + arn("") + ".");
        }
        return arn.group(3);
    }

    /** The secret, or the error that it is scheduled for deletion. */
    static Secret usable(Secret secret) {
        if (secret.plannedDeleteTime() != null) {
            throw KmsError.inDeleteWindow("");
        }
        return secret;
    }

    private static void requireGeneric(Secret secret, String action) {
        if (secret.management() != null) {
            throw KmsError.unsupportedOperation(action + " is for generic secrets; this one is managed.");
        }
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
