package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.Secret;
import dev.tumbler.emulator.secret.Secrets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, DescribeSecret. */
final class DescribeSecret implements Action {
    private final Secrets secrets;

    DescribeSecret(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "DescribeSecret";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        boolean fetchTags = parameters.flag("FetchTags");
        Secret secret = secrets.describe(parameters.required("SecretName"));
        JsonObject answer = new JsonObject();
        answer.addProperty("Arn", secrets.arn(secret.name()));
        answer.addProperty("SecretName", secret.name());
        answer.addProperty("SecretType", secret.type().wireName());
        answer.addProperty("Description", secret.description());
        Fields.addIfPresent(answer, "EncryptionKeyId", secret.encryptionKeyId());
        Fields.addIfPresent(answer, "DKMSInstanceId", secret.dkmsInstanceId());
        answer.addProperty("CreateTime", Fields.timestamp(secret.createTime()));
        answer.addProperty("UpdateTime", Fields.timestamp(secret.updateTime()));
        if (secret.plannedDeleteTime() != null) {
            answer.addProperty("PlannedDeleteTime", Fields.timestamp(secret.plannedDeleteTime()));
        }
        answer.addProperty("Creator", secret.creator());
        SecretFields.addRotation(answer, secret);
        SecretFields.addExtendedConfig(answer, secret);
        if (fetchTags) {
            answer.add("Tags", TagFields.render(secret.tags()));
        }
        return CompletableFuture.completedFuture(answer);
    }
}
