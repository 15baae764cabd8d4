package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.key.Keys;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, Encrypt. */
final class Encrypt implements Action {
    private final Keys keys;

    Encrypt(Keys keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "Encrypt";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        return CompletableFuture.completedFuture(DryRun.respecting(
                parameters,
                () -> KeyFields.encrypted(keys.encrypt(
                        parameters.required("KeyId"),
                        KeyFields.bytes(parameters, "Plaintext"),
                        KeyFields.encryptionContext(parameters)))));
    }
}
