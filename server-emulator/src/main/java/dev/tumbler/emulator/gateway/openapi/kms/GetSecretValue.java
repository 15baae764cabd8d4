package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.Secret;
import dev.tumbler.emulator.secret.SecretVersion;
import dev.tumbler.emulator.secret.Secrets;
import dev.tumbler.emulator.secret.Secrets.StagedVersion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, GetSecretValue. */
final class GetSecretValue implements Action {
    private final Secrets secrets;

    GetSecretValue(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "GetSecretValue";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        return CompletableFuture.completedFuture(DryRun.respecting(parameters, () -> answer(parameters)));
    }

    private JsonObject answer(Parameters parameters) {
        boolean fetchExtendedConfig = parameters.flag("FetchExtendedConfig");
        StagedVersion found = secrets.getValue(
                parameters.required("SecretName"),
                parameters.optional("VersionId"),
                parameters.optional("VersionStage"));
        Secret secret = found.secret();
        SecretVersion version = found.version();
        JsonObject answer = new JsonObject();
        answer.addProperty("SecretName", secret.name());
        answer.addProperty("SecretType", secret.type().wireName());
        answer.addProperty("SecretData", SecretValues.render(version));
        answer.addProperty("SecretDataType", version.value().dataType());
        answer.addProperty("VersionId", version.versionId());
        answer.add("VersionStages", Fields.wrapped("VersionStage", found.stages()));
        answer.addProperty("CreateTime", Fields.timestamp(secret.createTime()));
        SecretFields.addRotation(answer, secret);
        if (fetchExtendedConfig) {
            SecretFields.addExtendedConfig(answer, secret);
        }
        return answer;
    }
}
