package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.Secret;
import dev.tumbler.emulator.secret.Secrets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, DeleteSecret. */
final class DeleteSecret implements Action {
    private final Secrets secrets;

    DeleteSecret(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "DeleteSecret";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        boolean force = parameters.flag("ForceDeleteWithoutRecovery");
        if (force && parameters.optional("RecoveryWindowInDays") != null) {
            throw KmsError.invalidParameter(
                    "RecoveryWindowInDays", "It must not be given with ForceDeleteWithoutRecovery=true.");
        }
        int window = parameters.integer("RecoveryWindowInDays", 30, 7, 30);
        Secret secret = secrets.describe(parameters.required("SecretName"));
        Instant deleteTime = force ? secrets.deleteNow(secret.name()) : secrets.scheduleDeletion(secret.name(), window);
        JsonObject answer = new JsonObject();
        answer.addProperty("SecretName", secret.name());
        answer.addProperty("PlannedDeleteTime", Fields.timestamp(deleteTime));
        return CompletableFuture.completedFuture(answer);
    }
}
