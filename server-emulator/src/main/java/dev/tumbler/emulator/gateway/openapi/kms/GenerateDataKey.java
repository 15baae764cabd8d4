package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.Keys.DataKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, GenerateDataKey and GenerateDataKeyWithoutPlaintext. */
final class GenerateDataKey implements Action {
    private final String name;
    private final Keys keys;
    private final boolean withPlaintext;

    private GenerateDataKey(String name, Keys keys, boolean withPlaintext) {
        this.name = name;
        this.keys = keys;
        this.withPlaintext = withPlaintext;
    }

    static GenerateDataKey withPlaintext(Keys keys) {
        return new GenerateDataKey("GenerateDataKey", keys, true);
    }

    static GenerateDataKey withoutPlaintext(Keys keys) {
        return new GenerateDataKey("GenerateDataKeyWithoutPlaintext", keys, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        return CompletableFuture.completedFuture(DryRun.respecting(parameters, () -> answer(parameters)));
    }

    private JsonObject answer(Parameters parameters) {
        DataKey dataKey = keys.generateDataKey(
                parameters.required("KeyId"), length(parameters), KeyFields.encryptionContext(parameters));
        JsonObject answer = KeyFields.encrypted(dataKey.encrypted());
        if (withPlaintext) {
            answer.addProperty("Plaintext", KeyFields.base64(dataKey.plaintext()));
        }
        return answer;
    }

    /** Where both are given, {@code NumberOfBytes} counts, and {@code KeySpec} is not even looked at. */
    private static int length(Parameters parameters) {
        if (parameters.optional("NumberOfBytes") != null) {
            return parameters.integer("NumberOfBytes", 0, 1, 1_024);
        }
        return switch (parameters.optional("KeySpec", "AES_256")) {
            case "AES_256" -> 32;
            case "AES_128" -> 16;
            default -> throw KmsError.invalidParameter("KeySpec", "It must be AES_256 or AES_128.");
        };
    }
}
