package dev.tumbler.emulator.gateway.openapi;

import dev.tumbler.emulator.error.AccessDenied;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.ram.AccessRequest;
import dev.tumbler.emulator.ram.Decision;
import dev.tumbler.emulator.ram.Principal;
import java.util.List;
import java.util.function.Supplier;

/** Decides whether policies allow a call what it needs, and makes the answer if they do not. */
public final class Permissions {
    private Permissions() {}

    /** How an API says that policies do not allow something. */
    @FunctionalInterface
    public interface Refusal {
        KmsError of(String resource, AccessDenied detail);
    }

    /**
     * The resources that a call names; none if the account itself has left out what would name them: it is not kept out,
     * and the action says what is missing.
     *
     * @throws KmsError if another caller has
     */
    public static List<String> resources(Call call, Supplier<List<String>> named) {
        try {
            return named.get();
        } catch (KmsError e) {
            if (call.caller().principal() instanceof Principal.Account) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * Requires that the caller's own policies allow it.
     *
     * @throws KmsError {@code refusal}, if they do not
     */
    public static void require(Call call, AccessRequest need, Refusal refusal) {
        require(call, need, Decision.IMPLICIT_DENY, refusal);
    }

    /**
     * Requires that either the caller's own policies or that of the resource allow it, and neither denies it.
     *
     * @param ofResource what the resource's policy says
     * @throws KmsError {@code refusal}, if it is not allowed
     */
    public static void require(Call call, AccessRequest need, Decision ofResource, Refusal refusal) {
        Principal principal = call.caller().principal();
        Decision own = principal.decide(need);
        // No policy of a resource keeps the account out.
        Decision decision = principal instanceof Principal.Account ? own : own.or(ofResource);
        call.used(need, decision == Decision.ALLOW);
        if (decision == Decision.ALLOW) {
            return;
        }
        boolean byResource = own != Decision.EXPLICIT_DENY && ofResource == Decision.EXPLICIT_DENY;
        String policyType = byResource ? "ResourceBasedPolicy" : principal.denyingPolicyType(need);
        throw refusal.of(need.resource(), principal.denial(need, decision, policyType));
    }
}
