package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Json;
import dev.tumbler.emulator.secret.SecretPolicy;
import dev.tumbler.emulator.secret.SecretPolicy.Effect;
import dev.tumbler.emulator.secret.SecretPolicy.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Policy}, a JSON document as text. Where the language has a list, one text does as well. */
final class SecretPolicies {
    private static final String SHAPE = "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Principal\":{\"RAM\":[\"acs:ram::…:*\"]},\"Action\":[\"kms:*\"],\"Resource\":[\"*\"]}]}";

    private SecretPolicies() {}

    static SecretPolicy parse(String document) {
        if (!(Json.parse(document) instanceof JsonObject policy)
                || !(policy.get("Statement") instanceof JsonArray statements)) {
            throw misshapen();
        }
        if (!SecretPolicy.VERSION.equals(Json.string(policy, "Version"))) {
            throw KmsError.invalidParameter("Policy", "\"Version\" must be \"1\".");
        }
        List<Statement> parsed = new ArrayList<>();
        for (JsonElement statement : statements) {
            if (!(statement instanceof JsonObject object)) {
                throw misshapen();
            }
            parsed.add(statement(object));
        }
        return new SecretPolicy(document, parsed);
    }

    private static Statement statement(JsonObject statement) {
        if (statement.has("Sid") && Json.string(statement, "Sid") == null) {
            throw misshapen();
        }
        if (!(statement.get("Principal") instanceof JsonObject principal)) {
            throw misshapen();
        }
        return new Statement(
                Json.string(statement, "Sid"),
                effect(statement),
                texts(principal.get("RAM")),
                texts(statement.get("Action")),
                texts(statement.get("Resource")),
                condition(statement));
    }

    private static Effect effect(JsonObject statement) {
        String effect = Json.string(statement, "Effect");
        return Arrays.stream(Effect.values())
                .filter(candidate -> candidate.wireName().equals(effect))
                .findFirst()
                .orElseThrow(() -> KmsError.invalidParameter("Policy", "\"Effect\" must be Allow or Deny."));
    }

    private static @Nullable String condition(JsonObject statement) {
        JsonElement condition = statement.get("Condition");
        if (condition == null) {
            return null;
        }
        if (!(condition instanceof JsonObject operators)
                || !operators.entrySet().stream()
                        .allMatch(operator -> operator.getValue().isJsonObject())) {
            throw KmsError.invalidParameter(
                    "Policy", "\"Condition\" must be of the form {\"operator\":{\"key\":\"value\"}}.");
        }
        return Json.write(condition);
    }

    private static List<String> texts(@Nullable JsonElement element) {
        Iterable<JsonElement> elements =
                element instanceof JsonArray array ? array : element == null ? List.of() : List.of(element);
        List<String> texts = new ArrayList<>();
        for (JsonElement text : elements) {
            if (!text.isJsonPrimitive() || !text.getAsJsonPrimitive().isString()) {
                throw misshapen();
            }
            texts.add(text.getAsString());
        }
        return texts;
    }

    private static KmsError misshapen() {
        return KmsError.invalidParameter("Policy", "It must be JSON of the form " + SHAPE);
    }
}
