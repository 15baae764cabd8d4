package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.Secrets;
import dev.tumbler.emulator.secret.Secrets.StagedVersion;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, PutSecretValue. */
final class PutSecretValue implements Action {
    private static final String STAGES_SHAPE = "[\"ACSCurrent\",\"…\"]";

    private final Secrets secrets;

    PutSecretValue(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "PutSecretValue";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        StagedVersion stored = secrets.putValue(
                parameters.required("SecretName"),
                parameters.required("VersionId"),
                SecretValues.parse(parameters),
                stages(parameters));
        JsonObject answer = new JsonObject();
        answer.addProperty("SecretName", stored.secret().name());
        answer.addProperty("VersionId", stored.version().versionId());
        answer.add("VersionStages", Fields.wrapped("VersionStage", stored.stages()));
        return CompletableFuture.completedFuture(answer);
    }

    /** A JSON array; a table of 2021 has it inside {@code {"VersionStage":[…]}}, so that is taken too. */
    private static Set<String> stages(Parameters parameters) {
        Set<String> stages = new LinkedHashSet<>();
        if (parameters.optional("VersionStages") == null) {
            return stages;
        }
        JsonElement json = parameters.json("VersionStages", JsonElement.class, STAGES_SHAPE);
        if (json instanceof JsonObject wrapper && wrapper.size() == 1 && wrapper.has("VersionStage")) {
            json = wrapper.get("VersionStage");
        }
        if (!(json instanceof JsonArray array)) {
            throw KmsError.invalidParameter("VersionStages", "It must be JSON of the form " + STAGES_SHAPE);
        }
        for (JsonElement stage : array) {
            if (!stage.isJsonPrimitive() || stage.getAsString().isEmpty()) {
                throw KmsError.invalidParameter("VersionStages", "It must be JSON of the form " + STAGES_SHAPE);
            }
            stages.add(stage.getAsString());
        }
        return stages;
    }
}
