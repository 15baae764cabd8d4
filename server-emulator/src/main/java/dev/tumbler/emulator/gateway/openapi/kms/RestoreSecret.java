package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.secret.Secrets;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, RestoreSecret. */
final class RestoreSecret implements Action {
    private final Secrets secrets;

    RestoreSecret(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "RestoreSecret";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        String secretName = call.parameters().required("SecretName");
        return secrets.restore(secretName).thenApply(SecretFields::named);
    }
}
