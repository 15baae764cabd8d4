package dev.tumbler.emulator.ram;

import dev.tumbler.emulator.error.AccessDenied;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who acts: the identity behind an access key. */
public sealed interface Principal {
    /** The Alibaba Cloud account that it belongs to; empty for nobody. */
    String accountId();

    /** Its ARN, such as {@code acs:ram::1234567890123456:user/app}. */
    String arn();

    /** The service's word for its kind, {@code AuthPrincipalType} in denials. */
    String type();

    /** Its id or name, {@code AuthPrincipalDisplayName} in denials. */
    String displayName();

    /** What its own policies say. */
    Decision decide(AccessRequest request);

    /** The kind of its own policies that denies it, {@code PolicyType} in denials. */
    default String denyingPolicyType(AccessRequest request) {
        return "AccountLevelIdentityBasedPolicy";
    }

    /**
     * What a denial tells of it.
     *
     * @param policyType the kind of policy that denies
     */
    default AccessDenied denial(AccessRequest request, Decision decision, String policyType) {
        return new AccessDenied(
                request.action(), type(), accountId(), displayName(), decision == Decision.EXPLICIT_DENY, policyType);
    }

    /** Whether a {@code Principal} element of kind {@code RAM} with this text means it. */
    boolean isNamedBy(String text);

    /** The account itself, which may do everything. */
    record Account(String accountId) implements Principal {
        @Override
        public String arn() {
            return "acs:ram::" + accountId + ":root";
        }

        /** <em>Assumed</em>: only the types of identities that can be denied are documented. */
        @Override
        public String type() {
            return "Account";
        }

        @Override
        public String displayName() {
            return accountId;
        }

        @Override
        public Decision decide(AccessRequest request) {
            return Decision.ALLOW;
        }

        /**
         * {@code acs:ram::<uid>:*} too, the principal of default policies: it means the account, and leaves its users to
         * their RAM policies. <em>Assumed</em>, from the statement's documented name, "Enable RAM User Permissions".
         */
        @Override
        public boolean isNamedBy(String text) {
            return text.equals("*") || text.equals(arn()) || text.equals("acs:ram::" + accountId + ":*");
        }
    }

    /** A user of the account. */
    record User(RamUser user) implements Principal {
        @Override
        public String accountId() {
            return user.accountId();
        }

        @Override
        public String arn() {
            return user.arn();
        }

        @Override
        public String type() {
            return "SubUser";
        }

        @Override
        public String displayName() {
            return user.id();
        }

        @Override
        public Decision decide(AccessRequest request) {
            return user.policies().decide(request);
        }

        @Override
        public boolean isNamedBy(String text) {
            return text.equals("*") || text.equals(arn());
        }
    }

    /**
     * Somebody who has assumed a role.
     *
     * @param sessionPolicy what of the role's permissions the session has; null for all
     */
    record AssumedRole(
            RamRole role, String sessionName, @Nullable Policy sessionPolicy) implements Principal {
        @Override
        public String accountId() {
            return role.accountId();
        }

        @Override
        public String arn() {
            return "acs:ram::" + accountId() + ":assumed-role/" + role.name() + "/" + sessionName;
        }

        @Override
        public String type() {
            return "AssumedRoleUser";
        }

        @Override
        public String displayName() {
            return role.name() + ":" + sessionName;
        }

        @Override
        public Decision decide(AccessRequest request) {
            Decision ofRole = role.policies().decide(request);
            return sessionPolicy == null ? ofRole : ofRole.and(sessionPolicy.decide(request));
        }

        @Override
        public String denyingPolicyType(AccessRequest request) {
            return role.policies().decide(request) == Decision.ALLOW
                    ? "SessionPolicy"
                    : "AccountLevelIdentityBasedPolicy";
        }

        @Override
        public boolean isNamedBy(String text) {
            return List.of("*", arn(), role.arn()).contains(text);
        }
    }

    /** Nobody known: who calls an action that needs no signature. */
    record Anonymous() implements Principal {
        @Override
        public String accountId() {
            return "";
        }

        @Override
        public String arn() {
            return "*";
        }

        @Override
        public String type() {
            return "Anonymous";
        }

        @Override
        public String displayName() {
            return "";
        }

        @Override
        public Decision decide(AccessRequest request) {
            return Decision.IMPLICIT_DENY;
        }

        @Override
        public boolean isNamedBy(String text) {
            return false;
        }
    }
}
