package dev.tumbler.testkit.policy;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.journal.PermissionUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The permissions that a program needed for what it has done, and the smallest RAM policy that gives them. Immutable.
 *
 * <p>What was refused for want of a permission is not part of it. The ARNs have {@code *} for the account, so that the policy
 * can be given to a user of a real one. Names that stand for a family, such as one secret for each customer, are for people to
 * put wildcards in.
 *
 * <pre>{@code
 * LeastPrivilege needed = LeastPrivilege.of(kms);
 * Files.writeString(Path.of("target/policy.json"), needed.toJson());
 * assertThat(needed.comparedWith(policy).missing()).isEmpty();
 * }</pre>
 */
public final class LeastPrivilege {
    /** By the resource, what was done to it. */
    private final TreeMap<String, TreeSet<String>> actions = new TreeMap<>();

    private LeastPrivilege(Collection<PermissionUse> uses) {
        for (PermissionUse use : uses) {
            actions.computeIfAbsent(use.resource(), resource -> new TreeSet<>()).add(use.action());
        }
    }

    static String inAnyAccount(String resource) {
        return resource.replace(":" + KmsEmulator.ACCOUNT_ID + ":", ":*:");
    }

    /** What was needed of this emulator, whoever called. */
    public static LeastPrivilege of(KmsEmulator emulator) {
        return of(emulator, use -> true);
    }

    /**
     * What one caller needed.
     *
     * @param principal its ARN, such as {@code acs:ram::1234567890123456:user/app}; of a session, that of its role
     */
    public static LeastPrivilege of(KmsEmulator emulator, String principal) {
        return of(emulator, use -> use.principal().equals(principal));
    }

    private static LeastPrivilege of(KmsEmulator emulator, Predicate<PermissionUse> meant) {
        return of(emulator.journal().permissions().stream().filter(meant).toList());
    }

    /** What these needed, of any emulators. */
    public static LeastPrivilege of(Collection<PermissionUse> uses) {
        return new LeastPrivilege(uses.stream().filter(PermissionUse::granted).toList());
    }

    /** What both needed, as for a suite of tests. */
    public LeastPrivilege and(LeastPrivilege other) {
        LeastPrivilege both = new LeastPrivilege(List.of());
        for (LeastPrivilege one : List.of(this, other)) {
            one.actions.forEach((resource, done) -> both.actions
                    .computeIfAbsent(resource, none -> new TreeSet<>())
                    .addAll(done));
        }
        return both;
    }

    /** Whether nothing was needed; then there is no policy, because one cannot be empty. */
    public boolean isEmpty() {
        return actions.isEmpty();
    }

    /** Each permission as {@code kms:GetSecretValue on acs:kms:cn-hangzhou:*:secret/orders/db}, in order. */
    public List<String> permissions() {
        List<String> permissions = new ArrayList<>();
        actions.forEach(
                (resource, done) -> done.forEach(action -> permissions.add(action + " on " + inAnyAccount(resource))));
        return List.copyOf(permissions);
    }

    /** The policy document: one statement for all resources to which the same was done. */
    public String toJson() {
        Map<List<String>, Set<String>> statements =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        actions.forEach((resource, done) -> statements
                .computeIfAbsent(List.copyOf(done), same -> new LinkedHashSet<>())
                .add(inAnyAccount(resource)));
        JsonArray array = new JsonArray();
        statements.forEach((done, resources) -> {
            JsonObject statement = new JsonObject();
            statement.addProperty("Effect", "Allow");
            statement.add("Action", array(done));
            statement.add("Resource", array(resources));
            array.add(statement);
        });
        JsonObject policy = new JsonObject();
        policy.addProperty("Version", "1");
        policy.add("Statement", array);
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(policy);
    }

    private static JsonArray array(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    /**
     * What a policy lacks, and what it has too much. Its conditions are taken to hold.
     *
     * @throws IllegalArgumentException if it is not a policy document; the message says what is wrong where
     */
    public PolicyDifference comparedWith(String policyDocument) {
        return PolicyDifference.between(actions, policyDocument);
    }

    /** The permissions, one a line. */
    @Override
    public String toString() {
        return String.join(System.lineSeparator(), permissions());
    }
}
