package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.rds.DatabasePrivilege;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.rotation.RotationStrategy;
import dev.tumbler.emulator.tag.Tag;
import dev.tumbler.emulator.tag.Tags;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An RDS secret whose accounts are to be created with it: what the console's page "Create Account" asks for. Immutable; what
 * changes a setting answers a new one.
 *
 * <pre>{@code
 * kms.rdsSecrets().create("orders/db",
 *         NewRdsSecret.dualAccounts("rm-orders", "orders", DB_OWNER.on("shop")).rotateEvery(Duration.ofDays(7)));
 * }</pre>
 *
 * <p>Source: KMS, "ApsaraDB RDS secrets", Create an RDS secret.
 */
public final class NewRdsSecret {
    private final RotationStrategy strategy;
    private final String dbInstanceId;
    private final String userNamePrefix;
    private final @Nullable DatabasePrivilege privilege;
    private final String versionId;
    private final RotationPolicy rotation;
    private final String description;
    private final Tags tags;
    private final @Nullable String encryptionKeyId;
    private final @Nullable String dkmsInstanceId;
    private final @Nullable SecretPolicy policy;

    private NewRdsSecret(Draft draft) {
        this.strategy = draft.strategy;
        this.dbInstanceId = draft.dbInstanceId;
        this.userNamePrefix = draft.userNamePrefix;
        this.privilege = draft.privilege;
        this.versionId = draft.versionId;
        this.rotation = draft.rotation;
        this.description = draft.description;
        this.tags = draft.tags;
        this.encryptionKeyId = draft.encryptionKeyId;
        this.dkmsInstanceId = draft.dkmsInstanceId;
        this.policy = draft.policy;
    }

    /**
     * Two standard accounts with the same permissions, {@code <prefix>} and {@code <prefix>_clone}. The names are
     * <em>assumed</em>, as those of Redis secrets are.
     *
     * @param dbInstanceId the RDS instance
     * @param userNamePrefix follows the engine's rules for account names, and leaves room for {@code _clone}
     * @param privilege what both may do in which database
     */
    public static NewRdsSecret dualAccounts(String dbInstanceId, String userNamePrefix, DatabasePrivilege privilege) {
        return new NewRdsSecret(new Draft(RotationStrategy.DUAL_ACCOUNT, dbInstanceId, userNamePrefix, privilege));
    }

    /**
     * One standard account, {@code <prefix>}.
     *
     * @param dbInstanceId the RDS instance
     * @param userNamePrefix follows the engine's rules for account names
     * @param privilege what it may do in which database
     */
    public static NewRdsSecret singleAccount(String dbInstanceId, String userNamePrefix, DatabasePrivilege privilege) {
        return new NewRdsSecret(new Draft(RotationStrategy.SINGLE_ACCOUNT, dbInstanceId, userNamePrefix, privilege));
    }

    /**
     * One privileged account, {@code <prefix>}, on instances that can make such: those in memory.
     *
     * @param dbInstanceId the RDS instance
     * @param userNamePrefix follows the engine's rules for account names
     */
    public static NewRdsSecret privilegedAccount(String dbInstanceId, String userNamePrefix) {
        return new NewRdsSecret(new Draft(RotationStrategy.SINGLE_ACCOUNT, dbInstanceId, userNamePrefix, null));
    }

    /** The id of the first version, of 1 to 64 characters; {@code v1} by default. */
    public NewRdsSecret versionId(String versionId) {
        return with(draft -> draft.versionId = versionId);
    }

    /**
     * Rotates by itself; by default it does not.
     *
     * @param interval 6 hours to 365 days
     * @throws dev.tumbler.emulator.error.KmsError {@code InvalidParameter} if it is outside of that
     */
    public NewRdsSecret rotateEvery(Duration interval) {
        RotationPolicy policy = RotationPolicy.every(interval);
        return with(draft -> draft.rotation = policy);
    }

    /** What it is for; empty by default. */
    public NewRdsSecret description(String description) {
        return with(draft -> draft.description = description);
    }

    /**
     * Adds a tag.
     *
     * @throws dev.tumbler.emulator.error.KmsError {@code InvalidParameter} if key or value break their rules,
     *     {@code Rejected.LimitExceeded} beyond 20
     */
    public NewRdsSecret tag(String key, String value) {
        Tags more = tags.with(Tags.of("Tags", List.of(new Tag(key, value)), Tags.MOST));
        return with(draft -> draft.tags = more);
    }

    /** The symmetric key that encrypts its values; by default the service's own. */
    public NewRdsSecret encryptionKey(String keyId) {
        return with(draft -> draft.encryptionKeyId = keyId);
    }

    /** The KMS instance that it belongs to, which its key must be of; by default none. */
    public NewRdsSecret kmsInstance(String dkmsInstanceId) {
        return with(draft -> draft.dkmsInstanceId = dkmsInstanceId);
    }

    /** Who may do what with it, in a KMS instance; by default whoever the policies of the account let. */
    public NewRdsSecret policy(SecretPolicy policy) {
        return with(draft -> draft.policy = policy);
    }

    String dbInstanceId() {
        return dbInstanceId;
    }

    boolean isDual() {
        return strategy == RotationStrategy.DUAL_ACCOUNT;
    }

    /** Null for a privileged account. */
    @Nullable
    DatabasePrivilege privilege() {
        return privilege;
    }

    /** The first is current. */
    List<String> accountNames() {
        return isDual()
                ? List.of(userNamePrefix, userNamePrefix + RotationStrategy.CLONE_SUFFIX)
                : List.of(userNamePrefix);
    }

    /** @param accounts with the names of {@link #accountNames} */
    NewSecret toRequest(String secretName, List<SecretValue> accounts) {
        RdsAccounts resource = new RdsAccounts(strategy, dbInstanceId, accountNames());
        return new NewSecret(
                secretName,
                versionId,
                new NewSecret.Managed(new Management(resource, CustomData.NONE, rotation), accounts),
                description,
                encryptionKeyId,
                dkmsInstanceId,
                tags,
                policy);
    }

    private NewRdsSecret with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new NewRdsSecret(draft);
    }

    /** The settings, before they are fixed. */
    private static final class Draft {
        private final RotationStrategy strategy;
        private final String dbInstanceId;
        private final String userNamePrefix;
        private final @Nullable DatabasePrivilege privilege;
        private String versionId = "v1";
        private RotationPolicy rotation = RotationPolicy.manual();
        private String description = "";
        private Tags tags = Tags.NONE;
        private @Nullable String encryptionKeyId;
        private @Nullable String dkmsInstanceId;
        private @Nullable SecretPolicy policy;

        Draft(
                RotationStrategy strategy,
                String dbInstanceId,
                String userNamePrefix,
                @Nullable DatabasePrivilege privilege) {
            this.strategy = strategy;
            this.dbInstanceId = dbInstanceId;
            this.userNamePrefix = userNamePrefix;
            this.privilege = privilege;
        }

        Draft(NewRdsSecret secret) {
            this(secret.strategy, secret.dbInstanceId, secret.userNamePrefix, secret.privilege);
            this.versionId = secret.versionId;
            this.rotation = secret.rotation;
            this.description = secret.description;
            this.tags = secret.tags;
            this.encryptionKeyId = secret.encryptionKeyId;
            this.dkmsInstanceId = secret.dkmsInstanceId;
            this.policy = secret.policy;
        }
    }
}
