package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Json;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.CustomData;
import dev.tumbler.emulator.secret.Secrets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Source: KMS API reference, UpdateSecret. */
final class UpdateSecret implements Action {
    private static final String CUSTOM_DATA = "ExtendedConfig.CustomData";
    private static final String SHAPE = "{\"k\":\"v\"}";

    private final Secrets secrets;

    UpdateSecret(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "UpdateSecret";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        // Unlike elsewhere an empty text is a value here: there is no other way to clear the description.
        String description = parameters.has("Description") ? parameters.optional("Description", "") : null;
        return CompletableFuture.completedFuture(SecretFields.named(
                secrets.update(parameters.required("SecretName"), description, customData(parameters))));
    }

    /** One JSON text, as the classic SDK sends it, or a parameter for each pair, as SDK V2 does. */
    private static @Nullable CustomData customData(Parameters parameters) {
        JsonObject pairs = new JsonObject();
        if (parameters.optional(CUSTOM_DATA) != null) {
            pairs = parameters.json(CUSTOM_DATA, JsonObject.class, SHAPE);
        } else {
            parameters.members(CUSTOM_DATA).forEach(pairs::addProperty);
            if (pairs.size() == 0) {
                return null;
            }
        }
        ExtendedConfigs.checkLength(Json.write(pairs));
        return ExtendedConfigs.customDataOf(pairs);
    }
}
