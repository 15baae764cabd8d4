package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.Secrets;
import dev.tumbler.emulator.secret.StageMove;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, UpdateSecretVersionStage. */
final class UpdateSecretVersionStage implements Action {
    private final Secrets secrets;

    UpdateSecretVersionStage(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "UpdateSecretVersionStage";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        String secretName = parameters.required("SecretName");
        StageMove move = new StageMove(
                parameters.required("VersionStage"),
                parameters.optional("MoveToVersion"),
                parameters.optional("RemoveFromVersion"));
        return CompletableFuture.completedFuture(SecretFields.named(secrets.moveStage(secretName, move)));
    }
}
