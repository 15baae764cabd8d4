package dev.tumbler.emulator.ram;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One statement of a policy. Immutable. */
record Statement(
        boolean allows,
        Map<String, List<String>> principals,
        Patterns actions,
        Patterns resources,
        List<Condition> conditions) {
    private static final Set<String> ELEMENTS =
            Set.of("Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "NotResource", "Condition");
    private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?/]+");
    private static final int MAX_SID = 128;

    Statement {
        principals = Map.copyOf(principals);
        conditions = List.copyOf(conditions);
    }

    static Statement of(boolean allows, String action, String... resources) {
        return new Statement(
                allows,
                Map.of(),
                actions(List.of(action), "The action", false),
                resources(resources.length == 0 ? List.of("*") : List.of(resources), "The resource", false),
                List.of());
    }

    Statement by(String kind, String principal) {
        return new Statement(allows, Map.of(kind, List.of(principal)), actions, resources, conditions);
    }

    static Statement parse(JsonObject json, String where, boolean ofResource) {
        for (String name : json.keySet()) {
            if (!ELEMENTS.contains(name) || (name.equals("Principal") && !ofResource)) {
                throw new IllegalArgumentException(where + " must not have \"" + name + "\"");
            }
        }
        if (json.has("Sid") && PolicyJson.text(json.get("Sid"), where + ", Sid").length() > MAX_SID) {
            throw new IllegalArgumentException(where + ", Sid must have at most 128 characters");
        }
        String effect = json.has("Effect") ? PolicyJson.text(json.get("Effect"), where + ", Effect") : "";
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw new IllegalArgumentException(where + ", Effect must be Allow or Deny");
        }
        String action = eitherOf(json, "Action", "NotAction", where);
        List<String> actions = PolicyJson.texts(json.get(action), where + ", " + action);
        // The resource of a trust policy is the role itself, and is left out.
        String resource = ofResource && !json.has("Resource") && !json.has("NotResource")
                ? null
                : eitherOf(json, "Resource", "NotResource", where);
        List<String> resources =
                resource == null ? List.of("*") : PolicyJson.texts(json.get(resource), where + ", " + resource);
        return new Statement(
                effect.equals("Allow"),
                ofResource ? principals(json, where) : Map.of(),
                actions(actions, where + ", " + action, action.equals("NotAction")),
                resources(resources, where + ", Resource", "NotResource".equals(resource)),
                json.has("Condition") ? Condition.parse(json.get("Condition"), where + ", Condition") : List.of());
    }

    private static String eitherOf(JsonObject json, String name, String negated, String where) {
        if (json.has(name) == json.has(negated)) {
            throw new IllegalArgumentException(where + " must have either " + name + " or " + negated);
        }
        return json.has(name) ? name : negated;
    }

    private static Map<String, List<String>> principals(JsonObject json, String where) {
        if (!(json.get("Principal") instanceof JsonObject kinds) || kinds.size() == 0) {
            throw new IllegalArgumentException(
                    where + ", Principal must be like {\"RAM\":[\"acs:ram::<uid>:user/u\"]}");
        }
        Map<String, List<String>> principals = new HashMap<>();
        for (Map.Entry<String, JsonElement> kind : kinds.entrySet()) {
            principals.put(
                    kind.getKey(),
                    List.copyOf(PolicyJson.texts(kind.getValue(), where + ", Principal, " + kind.getKey())));
        }
        return principals;
    }

    private static Patterns actions(List<String> texts, String where, boolean negated) {
        List<Wildcard> patterns = new ArrayList<>();
        for (String text : texts) {
            if (!ACTION.matcher(text).matches()) {
                throw new IllegalArgumentException(where + " must be like kms:GetSecretValue, kms:* or *");
            }
            patterns.add(Wildcard.ignoringCase(text));
        }
        return new Patterns(patterns, negated);
    }

    private static Patterns resources(List<String> texts, String where, boolean negated) {
        List<Wildcard> patterns = new ArrayList<>();
        for (String text : texts) {
            if (!text.equals("*") && !text.startsWith("acs:")) {
                throw new IllegalArgumentException(where + " must be like acs:kms:*:*:secret/orders/* or *");
            }
            patterns.add(Wildcard.caseSensitive(text));
        }
        return new Patterns(patterns, negated);
    }

    boolean covers(AccessRequest request) {
        return actions.cover(request.action())
                && resources.cover(request.resource())
                && conditions.stream().allMatch(condition -> condition.holds(request.context()));
    }

    boolean names(Principal principal) {
        return names("RAM", principal::isNamedBy);
    }

    boolean names(String kind, Predicate<String> principal) {
        return principals.getOrDefault(kind, List.of()).stream().anyMatch(principal);
    }

    /** Patterns, or all that they leave out. */
    record Patterns(List<Wildcard> patterns, boolean negated) {
        Patterns {
            patterns = List.copyOf(patterns);
        }

        boolean cover(String text) {
            return patterns.stream().anyMatch(pattern -> pattern.matches(text)) != negated;
        }
    }
}
