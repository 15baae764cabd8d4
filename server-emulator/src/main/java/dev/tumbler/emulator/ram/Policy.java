package dev.tumbler.emulator.ram;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A policy document of RAM, version 1: statements that allow or deny actions on resources, under conditions. Immutable.
 *
 * <p>Actions are compared without regard to case, resources with (<em>assumed</em>: only the former is documented). The
 * operators of {@code Condition} are those for strings, numbers, dates, booleans and IP addresses, without {@code
 * IpAddressIncludeBorder}; the keys that have a value are {@code acs:CurrentTime}, {@code acs:SourceIp}, {@code
 * acs:SecureTransport} and {@code acs:MFAPresent}. Of a key without a value, only the negated operators hold
 * (<em>assumed</em>). An element or operator that is not known is an error: ignored, it could allow too much.
 *
 * <p>Source: RAM, "Policy structure and syntax", "Policy elements" and "Conditional operators".
 */
public final class Policy {
    private static final Set<String> ELEMENTS = Set.of("Version", "Statement");

    private final List<Statement> statements;

    private Policy(List<Statement> statements) {
        this.statements = List.copyOf(statements);
    }

    /**
     * Reads a policy of an identity, which names no principals.
     *
     * @throws IllegalArgumentException if it is not a policy document; the message says what is wrong where
     */
    public static Policy parse(String json) {
        return parse(json, false);
    }

    /**
     * Reads a policy of a resource, such as a secret's or a role's trust policy: each statement names its principals.
     *
     * @throws IllegalArgumentException if it is not a policy document; the message says what is wrong where
     */
    public static Policy parseOfResource(String json) {
        return parse(json, true);
    }

    /** One statement that allows {@code action} on the resources; patterns both. No resource means all. */
    static Policy allow(String action, String... resources) {
        return new Policy(List.of(Statement.of(true, action, resources)));
    }

    /** One statement that denies {@code action} on the resources; patterns both. No resource means all. */
    static Policy deny(String action, String... resources) {
        return new Policy(List.of(Statement.of(false, action, resources)));
    }

    /** A trust policy that lets one principal assume the role. */
    static Policy trusting(String kind, String principal) {
        return new Policy(List.of(Statement.of(true, "sts:AssumeRole").by(kind, principal)));
    }

    private static Policy parse(String json, boolean ofResource) {
        JsonElement root;
        try {
            root = JsonParser.parseString(json);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("A policy must be JSON", e);
        }
        if (!(root instanceof JsonObject document)) {
            throw new IllegalArgumentException("A policy must be a JSON object");
        }
        for (String name : document.keySet()) {
            if (!ELEMENTS.contains(name)) {
                throw new IllegalArgumentException("A policy has Version and Statement, not \"" + name + "\"");
            }
        }
        if (document.get("Version") == null || !"1".equals(PolicyJson.text(document.get("Version"), "Version"))) {
            throw new IllegalArgumentException("The Version of a policy must be \"1\"");
        }
        if (!(document.get("Statement") instanceof JsonArray array) || array.isEmpty()) {
            throw new IllegalArgumentException("The Statement of a policy must be an array that is not empty");
        }
        List<Statement> statements = new ArrayList<>();
        for (JsonElement element : array) {
            String where = "Statement " + (statements.size() + 1);
            if (!(element instanceof JsonObject statement)) {
                throw new IllegalArgumentException(where + " must be a JSON object");
            }
            statements.add(Statement.parse(statement, where, ofResource));
        }
        return new Policy(statements);
    }

    /** What the statements say. */
    public Decision decide(AccessRequest request) {
        return decide(request, statement -> true);
    }

    /** What those statements say that name this principal. */
    public Decision decide(AccessRequest request, Principal principal) {
        return decide(request, statement -> statement.names(principal));
    }

    /** What those statements say that name this principal, of a kind like {@code RAM}, {@code Service}, {@code Federated}. */
    Decision decide(AccessRequest request, String kind, Predicate<String> principal) {
        return decide(request, statement -> statement.names(kind, principal));
    }

    private Decision decide(AccessRequest request, Predicate<Statement> applies) {
        Decision decision = Decision.IMPLICIT_DENY;
        for (Statement statement : statements) {
            if (applies.test(statement) && statement.covers(request)) {
                decision = decision.or(statement.allows() ? Decision.ALLOW : Decision.EXPLICIT_DENY);
            }
        }
        return decision;
    }
}
