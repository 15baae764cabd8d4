package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.SecretPolicy;
import dev.tumbler.emulator.secret.Secrets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, GetSecretPolicy. */
final class GetSecretPolicy implements Action {
    private final Secrets secrets;

    GetSecretPolicy(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "GetSecretPolicy";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        SecretPolicy policy = secrets.policy(parameters.required("SecretName"));
        if (!parameters.optional("PolicyName", SecretPolicy.NAME).equals(SecretPolicy.NAME)) {
            throw KmsError.resourceNotFound("A secret has the policy \"default\" only.");
        }
        JsonObject answer = new JsonObject();
        answer.addProperty("Policy", policy.document());
        return CompletableFuture.completedFuture(answer);
    }
}
