package dev.tumbler.emulator.key;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.key.KmsKey.CreatorType;
import dev.tumbler.emulator.key.KmsKey.Origin;
import dev.tumbler.emulator.key.KmsKey.ProtectionLevel;
import dev.tumbler.emulator.tag.TaggedResources;
import dev.tumbler.emulator.tag.Tags;
import dev.tumbler.emulator.time.VirtualClock;
import dev.tumbler.emulator.time.VirtualClock.Scheduled;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one account in one region. Thread-safe; reading and cryptography take no lock.
 *
 * <p>Keys may be given as ARNs, {@code acs:kms:<region>:<account>:key/<id>}. There are no aliases. Asymmetric keys can be
 * created and managed, and refuse to be used. A key that is given as {@code alias/…} is an alias that does not exist.
 *
 * <p>Source: KMS API reference, the actions on keys; "Impact of CMK status on API operations".
 */
public final class Keys implements TaggedResources {
    private static final int MAX_DESCRIPTION = 8_192;
    private static final int MAX_PLAINTEXT_BYTES = 6 * 1024;
    private static final int MAX_DATA_KEY_BYTES = 1_024;

    /** Deletion windows, in days. Source: KMS API reference, ScheduleKeyDeletion, PendingWindowInDays. */
    private static final int SHORTEST_WINDOW = 7;

    private static final int LONGEST_WINDOW = 366;

    /** What answers name as the creator of the default key. <em>Assumed.</em> */
    private static final String SECRETS_SERVICE = "SecretsManager";

    private final String region;
    private final String accountId;
    private final VirtualClock clock;
    private final KmsInstances instances;
    private final KmsKeyStore store;
    private final SecureRandom random = new SecureRandom();

    /** Whoever changes a cell holds its monitor; readers do not. */
    private final Object changes = new Object();

    private final ConcurrentMap<String, Cell> cells = new ConcurrentHashMap<>();

    /** The id of the key of each version. */
    private final ConcurrentMap<String, String> keysByVersion = new ConcurrentHashMap<>();

    private final AtomicBoolean defaultKeyExists = new AtomicBoolean();

    /** Keys that end with the process. */
    public Keys(String region, String accountId, VirtualClock clock, KmsInstances instances) {
        this(region, accountId, clock, instances, KmsKeyStore.NONE);
    }

    /** Takes up what the store has of the region, and keeps all changes there. */
    public Keys(String region, String accountId, VirtualClock clock, KmsInstances instances, KmsKeyStore store) {
        this.region = region;
        this.accountId = accountId;
        this.clock = clock;
        this.instances = instances;
        this.store = store;
        store.keys(region).forEach(this::takeUp);
    }

    private void takeUp(StoredKey stored) {
        KmsKey key = stored.key();
        KeyMaterial material = stored.material() == null
                ? null
                : new KeyMaterial(Objects.requireNonNull(key.primaryKeyVersion()), stored.material(), random);
        Instant deleteDate = key.deleteDate();
        put(new Cell(key, material, deleteDate == null ? null : clock.schedule(deleteDate, () -> purge(key))));
        if (key.creatorType() == CreatorType.SERVICE) {
            defaultKeyExists.set(true);
        }
    }

    /** The ARN of the key with this id. */
    public String arn(String keyId) {
        return arnPrefix() + keyId;
    }

    /**
     * Creates a key. It is enabled, unless its material is the user's own: the import is not emulated.
     *
     * @throws KmsError {@code InvalidParameter}, {@code Forbidden.DKMSInstanceNotFound} or {@code Rejected.LimitExceeded}
     */
    public KmsKey create(NewKey request) {
        return create(request, accountId, CreatorType.USER);
    }

    /**
     * The key, in any state.
     *
     * @throws KmsError {@code Forbidden.KeyNotFound}
     */
    public KmsKey describe(String idOrArn) {
        return cell(idOrArn).key;
    }

    /**
     * All keys that match every filter, oldest first. Filters by the same property are one condition: a value of any of
     * them does.
     */
    public List<KmsKey> list(List<KeyFilter> filters) {
        Map<KeyFilter.Property, List<KeyFilter>> conditions =
                filters.stream().collect(Collectors.groupingBy(KeyFilter::property));
        return cells.values().stream()
                .map(cell -> cell.key)
                .filter(key -> conditions.values().stream()
                        .allMatch(either -> either.stream().anyMatch(filter -> filter.matches(key))))
                .sorted(Comparator.comparing(KmsKey::creationDate).thenComparing(KmsKey::keyId))
                .toList();
    }

    /**
     * Enables a key; an enabled one stays as it is.
     *
     * @throws KmsError {@code Rejected.StateModifiedFailed} while it is pending deletion or import
     */
    public void enable(String idOrArn) {
        change(idOrArn, cell -> cell.withKey(changeable(cell.key).inState(KeyState.ENABLED)));
    }

    /**
     * Disables a key; a disabled one stays as it is.
     *
     * @throws KmsError {@code Rejected.StateModifiedFailed} while it is pending deletion or import
     */
    public void disable(String idOrArn) {
        change(idOrArn, cell -> cell.withKey(changeable(cell.key).inState(KeyState.DISABLED)));
    }

    /**
     * Schedules a key for deletion; what it encrypted can be decrypted no more from now on.
     *
     * @param pendingWindowInDays 7 to 366
     * @throws KmsError {@code Rejected.StateModifiedFailed} if it is pending deletion already
     */
    public void scheduleDeletion(String idOrArn, int pendingWindowInDays) {
        if (pendingWindowInDays < SHORTEST_WINDOW || pendingWindowInDays > LONGEST_WINDOW) {
            throw KmsError.invalidParameter("PendingWindowInDays", "It must be from 7 to 366.");
        }
        Instant deleteDate = clock.now().plus(Duration.ofDays(pendingWindowInDays));
        change(idOrArn, cell -> {
            if (ownedByUser(cell.key).state() == KeyState.PENDING_DELETION) {
                throw KmsError.keyStateNotModified("The key is pending deletion already.");
            }
            KmsKey pending = cell.key.pendingDeletion(deleteDate);
            return new Cell(pending, cell.material, clock.schedule(deleteDate, () -> purge(pending)));
        });
    }

    /**
     * Cancels a deletion: the key is enabled, or waits for the import of its material again.
     *
     * @throws KmsError {@code Rejected.StateModifiedFailed} if it is not pending deletion
     */
    public void cancelDeletion(String idOrArn) {
        change(idOrArn, cell -> {
            if (cell.key.state() != KeyState.PENDING_DELETION) {
                throw KmsError.keyStateNotModified("The key is not pending deletion.");
            }
            if (cell.purge != null) {
                cell.purge.cancel();
            }
            boolean toBeImported = cell.key.origin() == Origin.EXTERNAL;
            return cell.withKey(cell.key.inState(toBeImported ? KeyState.PENDING_IMPORT : KeyState.ENABLED));
        });
    }

    @Override
    public String resourceType() {
        return "key";
    }

    /**
     * Changes the tags of each of these keys, or of none if one of them refuses.
     *
     * @throws KmsError {@code Forbidden.KeyNotFound}, or {@code Rejected.PendingDeletion}
     */
    @Override
    public void changeTags(Collection<String> resourceIds, UnaryOperator<Tags> change) {
        synchronized (changes) {
            List<Cell> changed = new ArrayList<>();
            for (String resourceId : resourceIds) {
                Cell cell = cell(resourceId);
                if (cell.key.state() == KeyState.PENDING_DELETION) {
                    throw KmsError.keyState(cell.key.state().wireName());
                }
                Tags tags = change.apply(ownedByUser(cell.key).tags());
                changed.add(cell.withKey(cell.key.tagged(tags)));
            }
            changed.forEach(this::save);
        }
    }

    @Override
    public Optional<Tags> tagsOf(String resourceId) {
        return Optional.ofNullable(cells.get(id(resourceId))).map(cell -> cell.key.tags());
    }

    @Override
    public NavigableMap<String, Tags> tags() {
        NavigableMap<String, Tags> tags = new TreeMap<>();
        cells.forEach((id, cell) -> tags.put(id, cell.key.tags()));
        return tags;
    }

    /**
     * Encrypts with the primary version of a key.
     *
     * @param plaintext at most 6 KB
     * @param context has to be the same for the decryption; it is not part of the ciphertext
     * @throws KmsError {@code Forbidden.KeyNotFound}, {@code InvalidParameter}, {@code Rejected.UnsupportedOperation} for
     *     an asymmetric key, or {@code Rejected.} and the state of a key that is not enabled
     */
    public Encrypted encrypt(String idOrArn, byte[] plaintext, Map<String, String> context) {
        if (plaintext.length > MAX_PLAINTEXT_BYTES) {
            throw KmsError.invalidParameter(
                    "Plaintext", "It is " + plaintext.length + " bytes long; at most 6144 are encrypted.");
        }
        Cell cell = cell(idOrArn);
        KeyMaterial material = usableMaterial(cell);
        return new Encrypted(cell.key.keyId(), material.versionId(), material.encrypt(plaintext, context));
    }

    /** The id of the key that made a ciphertext; empty if it is none, or its key is gone or of another region. */
    public Optional<String> keyOf(byte[] ciphertextBlob) {
        return KeyMaterial.versionId(ciphertextBlob).map(keysByVersion::get);
    }

    /**
     * Decrypts what {@link #encrypt} or {@link #generateDataKey} made.
     *
     * @throws KmsError {@code Forbidden.KeyNotFound}, {@code InvalidParameter} if the blob is damaged or the context is
     *     another one, or {@code Rejected.} and the state of a key that is not enabled
     */
    public Decrypted decrypt(byte[] ciphertextBlob, Map<String, String> context) {
        String versionId = KeyMaterial.versionId(ciphertextBlob)
                .orElseThrow(() -> KmsError.invalidParameter("CiphertextBlob", "It is too short to be a ciphertext."));
        String keyId = keysByVersion.get(versionId);
        if (keyId == null) {
            throw KmsError.keyNotFound("No key of this region made the ciphertext.");
        }
        KeyMaterial material = usableMaterial(cell(keyId));
        byte[] plaintext = material.decrypt(ciphertextBlob, context)
                .orElseThrow(() -> KmsError.invalidParameter(
                        "CiphertextBlob", "It was changed, or made with another EncryptionContext."));
        return new Decrypted(keyId, versionId, plaintext);
    }

    /**
     * Makes random bytes, and encrypts them with the primary version of a key.
     *
     * @param numberOfBytes 1 to 1024
     * @throws KmsError as {@link #encrypt}
     */
    public DataKey generateDataKey(String idOrArn, int numberOfBytes, Map<String, String> context) {
        if (numberOfBytes < 1 || numberOfBytes > MAX_DATA_KEY_BYTES) {
            throw KmsError.invalidParameter("NumberOfBytes", "It must be from 1 to 1024.");
        }
        byte[] plaintext = new byte[numberOfBytes];
        random.nextBytes(plaintext);
        return new DataKey(encrypt(idOrArn, plaintext, context), plaintext);
    }

    /**
     * The id of the key for a secret to be created: it can encrypt, and is of the KMS instance that the secret is of.
     *
     * @param idOrArn null for the service's default key, which comes into being with the first secret that needs it, and
     *     which a secret of a KMS instance cannot have
     * @param dkmsInstanceId the KMS instance of the secret, or null
     * @return null for the default key, which is not shown
     * @throws KmsError {@code Forbidden.DKMSInstanceNotFound}, {@code MissingParameter}, {@code Forbidden.KeyNotFound},
     *     {@code InvalidParameter} if it is asymmetric or of another KMS instance, or {@code Rejected.} and the state of
     *     a key that is not enabled
     */
    public @Nullable String forNewSecret(@Nullable String idOrArn, @Nullable String dkmsInstanceId) {
        boolean ofInstance = instance(dkmsInstanceId).isPresent();
        if (idOrArn == null && ofInstance) {
            throw KmsError.missingParameter("EncryptionKeyId");
        }
        if (idOrArn == null) {
            createDefaultKey();
            return null;
        }
        KmsKey key = describe(idOrArn);
        if (!key.spec().isSymmetric()) {
            throw KmsError.invalidParameter(
                    "EncryptionKeyId",
                    "Secrets need a symmetric key; this one is " + key.spec().wireName() + ".");
        }
        if (!Objects.equals(key.dkmsInstanceId(), dkmsInstanceId)) {
            throw KmsError.invalidParameter(
                    "EncryptionKeyId",
                    "The key must be of the KMS instance that the secret is of, \"DKMSInstanceId\"; it is "
                            + (key.dkmsInstanceId() == null ? "of none." : "of " + key.dkmsInstanceId() + "."));
        }
        requireEnabled(key);
        return key.keyId();
    }

    /**
     * Sees to it that the value of a secret can be encrypted or decrypted now.
     *
     * @param keyId null for the default key, which always can
     * @throws KmsError {@code Forbidden.KeyNotFound}, or {@code Rejected.} and the state of a key that is not enabled
     */
    public void requireUsable(@Nullable String keyId) {
        if (keyId != null) {
            requireEnabled(describe(keyId));
        }
    }

    /**
     * The KMS instance of this region with this id.
     *
     * @param dkmsInstanceId null for what is outside of all: empty
     * @throws KmsError {@code Forbidden.DKMSInstanceNotFound}
     */
    public Optional<KmsInstance> instance(@Nullable String dkmsInstanceId) {
        if (dkmsInstanceId == null) {
            return Optional.empty();
        }
        Optional<KmsInstance> found = instances
                .find(dkmsInstanceId)
                .filter(instance -> instance.region().equals(region));
        if (found.isEmpty()) {
            throw KmsError.kmsInstanceNotFound("In " + region + " the emulator has these: "
                    + instances.in(region).stream().map(KmsInstance::id).toList()
                    + ". Add it with kms.kmsInstances().add(…).");
        }
        return found;
    }

    private void createDefaultKey() {
        if (defaultKeyExists.compareAndSet(false, true)) {
            NewKey request =
                    new NewKey(KeySpec.AES_256, null, Origin.ALIYUN_KMS, ProtectionLevel.SOFTWARE, "", null, Tags.NONE);
            try {
                create(request, SECRETS_SERVICE, CreatorType.SERVICE);
            } catch (KmsError e) {
                defaultKeyExists.set(false);
                throw e;
            }
        }
    }

    private KmsKey create(NewKey request, String creator, CreatorType creatorType) {
        if (request.description().length() > MAX_DESCRIPTION) {
            throw KmsError.invalidParameter("Description", "It must be at most 8192 characters long.");
        }
        KeyUsage usage = request.usage() == null ? request.spec().usages().get(0) : request.usage();
        if (!request.spec().usages().contains(usage)) {
            throw KmsError.invalidParameter(
                    "KeyUsage", "A key of " + request.spec().wireName() + " is not for " + usage.wireName() + ".");
        }
        Optional<KmsInstance> instance = instance(request.dkmsInstanceId());
        boolean external = request.origin() == Origin.EXTERNAL;
        if (external && !request.spec().isSymmetric()) {
            throw KmsError.invalidParameter("Origin", "The material of an asymmetric key cannot be EXTERNAL.");
        }
        if (external && request.dkmsInstanceId() != null) {
            throw KmsError.invalidParameter(
                    "Origin", "A KMS instance of the software type takes no EXTERNAL material.");
        }
        KeyMaterial material = external || !request.spec().isSymmetric()
                ? null
                : KeyMaterial.generate(
                        UUID.randomUUID().toString(), request.spec().materialBytes(), random);
        KmsKey key = new KmsKey(
                newKeyId(request.dkmsInstanceId()),
                request.spec(),
                usage,
                request.origin(),
                request.dkmsInstanceId() == null ? request.protectionLevel() : ProtectionLevel.SOFTWARE,
                external ? KeyState.PENDING_IMPORT : KeyState.ENABLED,
                request.description(),
                creator,
                creatorType,
                clock.now(),
                null,
                material == null ? null : material.versionId(),
                request.dkmsInstanceId(),
                request.tags());
        synchronized (changes) {
            instance.ifPresent(present -> present.requireRoomForKey(keysOf(present)));
            save(new Cell(key, material, null));
        }
        return key;
    }

    private long keysOf(KmsInstance instance) {
        return cells.values().stream()
                .filter(cell -> instance.id().equals(cell.key.dkmsInstanceId()))
                .count();
    }

    /** What is not stored has not happened. */
    private void save(Cell cell) {
        store.save(region, new StoredKey(cell.key, cell.material == null ? null : cell.material.key()));
        put(cell);
    }

    private void put(Cell cell) {
        if (cell.material != null) {
            keysByVersion.put(cell.material.versionId(), cell.key.keyId());
        }
        cells.put(cell.key.keyId(), cell);
    }

    private String newKeyId(@Nullable String dkmsInstanceId) {
        if (dkmsInstanceId == null) {
            return UUID.randomUUID().toString();
        }
        byte[] bytes = new byte[10];
        random.nextBytes(bytes);
        return "key-" + HexFormat.of().formatHex(bytes);
    }

    private CompletableFuture<Void> purge(KmsKey pending) {
        synchronized (changes) {
            Cell cell = cells.get(pending.keyId());
            // Else its deletion was cancelled, and perhaps scheduled anew, while this was about to run.
            if (cell != null && cell.key.equals(pending)) {
                store.remove(region, pending.keyId());
                cells.remove(pending.keyId());
                if (pending.primaryKeyVersion() != null) {
                    keysByVersion.remove(pending.primaryKeyVersion());
                }
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    private void change(String idOrArn, UnaryOperator<Cell> change) {
        synchronized (changes) {
            save(change.apply(cell(idOrArn)));
        }
    }

    private Cell cell(String idOrArn) {
        Cell cell = cells.get(id(idOrArn));
        if (cell == null) {
            throw idOrArn.startsWith("alias/")
                    ? KmsError.aliasNotFound("The emulator has no aliases; name the key by its id or ARN.")
                    : KmsError.keyNotFound("");
        }
        return cell;
    }

    private String id(String idOrArn) {
        return idOrArn.startsWith(arnPrefix()) ? idOrArn.substring(arnPrefix().length()) : idOrArn;
    }

    private String arnPrefix() {
        return "acs:kms:" + region + ":" + accountId + ":key/";
    }

    /** <em>Assumed</em>: users list and describe a key of a cloud service, and change nothing of it. */
    private static KmsKey ownedByUser(KmsKey key) {
        if (key.creatorType() == CreatorType.SERVICE) {
            throw KmsError.unsupportedOperation("The key is managed by " + key.creator() + ".");
        }
        return key;
    }

    private static KmsKey changeable(KmsKey key) {
        if (ownedByUser(key).state() != KeyState.ENABLED && key.state() != KeyState.DISABLED) {
            throw KmsError.keyStateNotModified("The key state is " + key.state().wireName() + ".");
        }
        return key;
    }

    private static void requireEnabled(KmsKey key) {
        if (key.state() != KeyState.ENABLED) {
            throw KmsError.keyState(key.state().wireName());
        }
    }

    private static KeyMaterial usableMaterial(Cell cell) {
        if (!cell.key.spec().isSymmetric()) {
            throw KmsError.unsupportedOperation(
                    "The emulator encrypts and decrypts with symmetric keys only; this one is "
                            + cell.key.spec().wireName() + ".");
        }
        requireEnabled(cell.key);
        return Objects.requireNonNull(cell.material, "An enabled symmetric key has material");
    }

    /** What is known of one key at one moment. */
    private static final class Cell {
        private final KmsKey key;
        private final @Nullable KeyMaterial material;
        private final @Nullable Scheduled purge;

        Cell(KmsKey key, @Nullable KeyMaterial material, @Nullable Scheduled purge) {
            this.key = key;
            this.material = material;
            this.purge = purge;
        }

        Cell withKey(KmsKey changed) {
            return new Cell(changed, material, null);
        }
    }

    /** A ciphertext, and what made it. */
    public record Encrypted(String keyId, String keyVersionId, byte[] ciphertextBlob) {}

    /** A plaintext, and what its ciphertext was made with. */
    public record Decrypted(String keyId, String keyVersionId, byte[] plaintext) {
        /** Without the plaintext. */
        @Override
        public String toString() {
            return "Decrypted[" + keyId + ", ***]";
        }
    }

    /** A data key, encrypted and not. */
    public record DataKey(Encrypted encrypted, byte[] plaintext) {
        /** Without the plaintext. */
        @Override
        public String toString() {
            return "DataKey[" + encrypted.keyId() + ", ***]";
        }
    }
}
