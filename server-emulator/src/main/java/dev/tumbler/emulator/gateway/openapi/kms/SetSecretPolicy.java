package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.SecretPolicy;
import dev.tumbler.emulator.secret.Secrets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, SetSecretPolicy. */
final class SetSecretPolicy implements Action {
    private final Secrets secrets;

    SetSecretPolicy(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "SetSecretPolicy";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        if (!parameters.optional("PolicyName", SecretPolicy.NAME).equals(SecretPolicy.NAME)) {
            throw KmsError.invalidParameter("PolicyName", "It must be default.");
        }
        secrets.setPolicy(parameters.required("SecretName"), SecretPolicies.parse(parameters.required("Policy")));
        return CompletableFuture.completedFuture(new JsonObject());
    }

    @Override
    public Set<String> methods() {
        return Set.of("POST");
    }
}
