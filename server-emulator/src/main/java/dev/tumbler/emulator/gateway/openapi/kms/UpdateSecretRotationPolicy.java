package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.secret.Secrets;
import java.util.concurrent.CompletionStage;

/** Answers when a rotation that was overdue has ended. Source: KMS API reference, UpdateSecretRotationPolicy. */
final class UpdateSecretRotationPolicy implements Action {
    private final Secrets secrets;

    UpdateSecretRotationPolicy(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "UpdateSecretRotationPolicy";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        String secretName = parameters.required("SecretName");
        parameters.required("EnableAutomaticRotation");
        RotationPolicy policy = SecretFields.rotationPolicy(parameters);
        return secrets.changeRotation(secretName, policy).thenApply(SecretFields::named);
    }
}
