package dev.tumbler.emulator.ram;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * A RAM role: whoever its trust policy names may assume it for a time, and may then do what the role's policies allow.
 * Changes count from the next request on, for running sessions too. Thread-safe.
 *
 * <p>Source: STS API reference, AssumeRole; RAM API reference, CreateRole.
 */
public final class RamRole {
    /** The shortest {@link #maxSessionDuration}, and its default. */
    public static final Duration SHORTEST_MAX_SESSION_DURATION = Duration.ofHours(1);

    /** The longest {@link #maxSessionDuration}. */
    public static final Duration LONGEST_MAX_SESSION_DURATION = Duration.ofHours(12);

    private final String accountId;
    private final String name;
    private final String id;
    private final AttachedPolicies policies = new AttachedPolicies();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private volatile Policy trustPolicy;
    private volatile Duration maxSessionDuration = SHORTEST_MAX_SESSION_DURATION;

    /** A role that any user and role of the account may assume that has the permission to. */
    RamRole(String accountId, String name, String id) {
        this.accountId = accountId;
        this.name = name;
        this.id = id;
        this.trustPolicy = Policy.trusting("RAM", "acs:ram::" + accountId + ":root");
    }

    /** The name, unique among the roles of the account. */
    public String name() {
        return name;
    }

    /** The id, a number. */
    public String id() {
        return id;
    }

    /** Such as {@code acs:ram::1234567890123456:role/reader}. */
    public String arn() {
        return "acs:ram::" + accountId + ":role/" + name;
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
    public RamRole allow(String action, String... resources) {
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
    public RamRole deny(String action, String... resources) {
        policies.attach(Policy.deny(action, resources));
        return this;
    }

    /**
     * Attaches a policy document.
     *
     * @throws IllegalArgumentException if it is not one; the message says what is wrong where
     */
    public RamRole attachPolicy(String json) {
        policies.attach(Policy.parse(json));
        return this;
    }

    /**
     * Attaches a policy document under a name.
     *
     * @throws IllegalArgumentException if it is not one; the message says what is wrong where
     */
    public RamRole attachPolicy(String policyName, String json) {
        policies.attach(Policy.parse(json));
        documents.put(policyName, json);
        return this;
    }

    /** The documents that were attached under a name, by it. */
    public Map<String, String> policyDocuments() {
        return Map.copyOf(documents);
    }

    /** Takes all permissions and denials away. */
    public RamRole detachPolicies() {
        policies.detachAll();
        documents.clear();
        return this;
    }

    /**
     * Replaces the trust policy, which says who may assume the role; by default, everybody in the account.
     *
     * @throws IllegalArgumentException if it is not a policy document; the message says what is wrong where
     */
    public RamRole trustPolicy(String json) {
        trustPolicy = Policy.parseOfResource(json);
        return this;
    }

    /** Trusts an identity provider for OIDC, and nobody else: such as {@code acs:ram::1234567890123456:oidc-provider/k8s}. */
    public RamRole trustOidcProvider(String providerArn) {
        return trust("Federated", providerArn);
    }

    /** Trusts a service, and nobody else: such as {@code ecs.aliyuncs.com}. */
    public RamRole trustService(String service) {
        return trust("Service", service);
    }

    private RamRole trust(String kind, String principal) {
        trustPolicy = Policy.trusting(kind, principal);
        return this;
    }

    /**
     * How long a session may last.
     *
     * @param duration 1 to 12 hours; 1 hour by default
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public RamRole maxSessionDuration(Duration duration) {
        if (duration.compareTo(SHORTEST_MAX_SESSION_DURATION) < 0
                || duration.compareTo(LONGEST_MAX_SESSION_DURATION) > 0) {
            throw new IllegalArgumentException("A session may last from 1 to 12 hours: " + duration);
        }
        maxSessionDuration = duration;
        return this;
    }

    Duration maxSessionDuration() {
        return maxSessionDuration;
    }

    /** Whether the trust policy lets {@code principal} assume the role; its own permission to is another matter. */
    boolean trusts(Principal principal) {
        String account = "acs:ram::" + principal.accountId() + ":";
        return decide(
                "RAM",
                text -> principal.isNamedBy(text) || text.equals(account + "root") || text.equals(account + "*"));
    }

    boolean trustsOidcProvider(String providerArn) {
        return decide("Federated", providerArn::equals);
    }

    private boolean decide(String kind, Predicate<String> principal) {
        return trustPolicy.decide(Sts.assumeRoleOn(arn()), kind, principal) == Decision.ALLOW;
    }
}
