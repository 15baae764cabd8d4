package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.Keys.Decrypted;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, Decrypt. */
final class Decrypt implements Action {
    private final Keys keys;

    Decrypt(Keys keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "Decrypt";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        return CompletableFuture.completedFuture(DryRun.respecting(
                parameters,
                () -> answer(keys.decrypt(
                        KeyFields.bytes(parameters, "CiphertextBlob"), KeyFields.encryptionContext(parameters)))));
    }

    private static JsonObject answer(Decrypted decrypted) {
        JsonObject answer = new JsonObject();
        answer.addProperty("KeyId", decrypted.keyId());
        answer.addProperty("KeyVersionId", decrypted.keyVersionId());
        answer.addProperty("Plaintext", KeyFields.base64(decrypted.plaintext()));
        return answer;
    }
}
