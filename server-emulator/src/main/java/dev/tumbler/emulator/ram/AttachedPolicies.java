package dev.tumbler.emulator.ram;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The policies of one identity; what is attached counts from the next request on. Thread-safe. */
final class AttachedPolicies {
    private final List<Policy> policies = new CopyOnWriteArrayList<>();

    void attach(Policy policy) {
        policies.add(policy);
    }

    void detachAll() {
        policies.clear();
    }

    Decision decide(AccessRequest request) {
        Decision decision = Decision.IMPLICIT_DENY;
        for (Policy policy : policies) {
            decision = decision.or(policy.decide(request));
        }
        return decision;
    }
}
