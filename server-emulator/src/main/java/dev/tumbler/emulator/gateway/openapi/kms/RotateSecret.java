package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.Secrets;
import java.util.concurrent.CompletionStage;

/** Answers when the rotation has ended. Source: KMS API reference, RotateSecret. */
final class RotateSecret implements Action {
    private final Secrets secrets;

    RotateSecret(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "RotateSecret";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        String versionId = parameters.required("VersionId");
        return secrets.rotate(parameters.required("SecretName"), versionId).thenApply(secret -> {
            JsonObject answer = new JsonObject();
            answer.addProperty("Arn", secrets.arn(secret.name()));
            answer.addProperty("SecretName", secret.name());
            answer.addProperty("VersionId", versionId);
            return answer;
        });
    }
}
