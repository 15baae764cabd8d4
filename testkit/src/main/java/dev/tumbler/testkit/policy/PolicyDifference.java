package dev.tumbler.testkit.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.ram.AccessRequest;
import dev.tumbler.emulator.ram.Decision;
import dev.tumbler.emulator.ram.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.StreamSupport;

/**
 * How a policy differs from what was needed. Immutable.
 *
 * @param missing permissions that were needed, and that it does not give
 * @param unneeded what it allows and nothing has used
 * @param wide what it allows by a wildcard, with what that was used for
 */
public record PolicyDifference(List<String> missing, List<String> unneeded, List<String> wide) {
    public PolicyDifference {
        missing = List.copyOf(missing);
        unneeded = List.copyOf(unneeded);
        wide = List.copyOf(wide);
    }

    static PolicyDifference between(SortedMap<String, ? extends SortedSet<String>> needed, String policyDocument) {
        // Says what is wrong with it, if anything is.
        Policy unused = Policy.parse(policyDocument);
        JsonObject document = JsonParser.parseString(policyDocument).getAsJsonObject();
        List<String> unneeded = new ArrayList<>();
        List<String> wide = new ArrayList<>();
        for (JsonElement element : document.getAsJsonArray("Statement")) {
            JsonObject statement = element.getAsJsonObject();
            // Whether a condition holds no test can say.
            statement.remove("Condition");
            if (statement.get("Effect").getAsString().equals("Allow")) {
                compare(statement, needed, unneeded, wide);
            }
        }
        return new PolicyDifference(used(Policy.parse(document.toString()), needed, false), unneeded, wide);
    }

    private static void compare(
            JsonObject statement,
            SortedMap<String, ? extends SortedSet<String>> needed,
            List<String> unneeded,
            List<String> wide) {
        for (String action : texts(statement, "Action")) {
            for (String resource : texts(statement, "Resource")) {
                JsonObject one = statement.deepCopy();
                replace(one, "Action", action);
                replace(one, "Resource", resource);
                List<String> uses = used(policyOf(one), needed, true);
                String what = action + " on " + resource;
                if (uses.isEmpty()) {
                    unneeded.add(what);
                } else if (isWide(action, resource, uses)) {
                    wide.add(what + ", used for " + String.join(", ", uses));
                }
            }
        }
    }

    private static boolean isWide(String action, String resource, List<String> uses) {
        String resourceWithoutAccount = resource.replaceFirst("^(acs:[^:]*:[^:]*:)[^:]*:", "$1");
        boolean onEverything = uses.stream().allMatch(use -> use.endsWith(" on *"));
        return hasWildcard(action) || (hasWildcard(resourceWithoutAccount) && !onEverything);
    }

    private static boolean hasWildcard(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** A statement without Action or Resource has their negations, which are one thing. */
    private static List<String> texts(JsonObject statement, String name) {
        String present = statement.has(name) ? name : "Not" + name;
        JsonElement value = statement.get(present);
        if (present.startsWith("Not")) {
            return List.of("*");
        }
        return value instanceof JsonArray array
                ? StreamSupport.stream(array.spliterator(), false)
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of(value.getAsString());
    }

    private static void replace(JsonObject statement, String name, String text) {
        if (statement.has(name)) {
            statement.addProperty(name, text);
        }
    }

    private static Policy policyOf(JsonObject statement) {
        JsonArray statements = new JsonArray();
        statements.add(statement);
        JsonObject document = new JsonObject();
        document.addProperty("Version", "1");
        document.add("Statement", statements);
        return Policy.parse(document.toString());
    }

    /** Those of the needed permissions that the policy allows, or those that it does not. */
    private static List<String> used(
            Policy policy, SortedMap<String, ? extends SortedSet<String>> needed, boolean allowed) {
        List<String> uses = new ArrayList<>();
        needed.forEach((resource, actions) -> {
            for (String action : actions) {
                Decision decision = policy.decide(new AccessRequest(action, resource, Map.of()));
                if ((decision == Decision.ALLOW) == allowed) {
                    uses.add(action + " on " + LeastPrivilege.inAnyAccount(resource));
                }
            }
        });
        return uses;
    }

    /** Whether the policy gives what was needed, and nothing else that could be told. */
    public boolean isEmpty() {
        return missing.isEmpty() && unneeded.isEmpty() && wide.isEmpty();
    }

    /** As a diff: {@code +} is missing, {@code -} is not needed, {@code ~} is wider than needed. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        missing.forEach(line -> lines.add("+ " + line));
        unneeded.forEach(line -> lines.add("- " + line));
        wide.forEach(line -> lines.add("~ " + line));
        return String.join(System.lineSeparator(), lines);
    }
}
