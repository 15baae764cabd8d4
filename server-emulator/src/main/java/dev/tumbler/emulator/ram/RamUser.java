package dev.tumbler.emulator.ram;

/**
 * A RAM user: may do what its policies allow, and nothing without any. Changes count from the next request on.
 * Thread-safe.
 *
 * <pre>{@code
 * AccessKey key = kms.ram().user("app")
 *         .allow("kms:GetSecretValue", "acs:kms:*:*:secret/orders/*")
 *         .createAccessKey();
 * }</pre>
 */
public final class RamUser {
    private final String accountId;
    private final String name;
    private final String id;
    private final AccessKeys accessKeys;
    private final AttachedPolicies policies = new AttachedPolicies();

    RamUser(String accountId, String name, String id, AccessKeys accessKeys) {
        this.accountId = accountId;
        this.name = name;
        this.id = id;
        this.accessKeys = accessKeys;
    }

    /** The name, unique among the users of the account. */
    public String name() {
        return name;
    }

    /** The id, a number. */
    public String id() {
        return id;
    }

    /** Such as {@code acs:ram::1234567890123456:user/app}. */
    public String arn() {
        return "acs:ram::" + accountId + ":user/" + name;
    }

    String accountId() {
        return accountId;
    }

    AttachedPolicies policies() {
        return policies;
    }

    /**
     * Allows an action.
     *
     * @param action a pattern such as {@code kms:GetSecretValue} or {@code kms:*}
     * @param resources patterns such as {@code acs:kms:*:*:secret/orders/*}; none for all resources
     * @throws IllegalArgumentException if a pattern is malformed
     */
    public RamUser allow(String action, String... resources) {
        policies.attach(Policy.allow(action, resources));
        return this;
    }

    /**
     * Denies an action, whatever allows it.
     *
     * @param action a pattern such as {@code kms:DeleteSecret} or {@code kms:*}
     * @param resources patterns such as {@code acs:kms:*:*:secret/orders/*}; none for all resources
     * @throws IllegalArgumentException if a pattern is malformed
     */
    public RamUser deny(String action, String... resources) {
        policies.attach(Policy.deny(action, resources));
        return this;
    }

    /**
     * Attaches a policy document.
     *
     * @throws IllegalArgumentException if it is not one; the message says what is wrong where
     */
    public RamUser attachPolicy(String json) {
        policies.attach(Policy.parse(json));
        return this;
    }

    /** Takes all permissions and denials away. */
    public RamUser detachPolicies() {
        policies.detachAll();
        return this;
    }

    /** Makes an access key of this user and registers it. */
    public AccessKey createAccessKey() {
        return accessKeys.create(new Principal.User(this));
    }
}
