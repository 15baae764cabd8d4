package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.NewSecret;
import dev.tumbler.emulator.secret.Secret;
import dev.tumbler.emulator.secret.SecretType;
import dev.tumbler.emulator.secret.Secrets;
import dev.tumbler.emulator.secret.VersionStage;
import dev.tumbler.emulator.tag.Tags;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, CreateSecret. */
final class CreateSecret implements Action {
    private static final Set<String> NOT_EMULATED = Set.of("RAMCredentials", "ECS", "Redis", "PolarDB");

    private final Secrets secrets;

    CreateSecret(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "CreateSecret";
    }

    @Override
    public CompletionStage<JsonObject> call(Call call) {
        Parameters parameters = call.parameters();
        NewSecret request = new NewSecret(
                parameters.required("SecretName"),
                parameters.required("VersionId"),
                content(parameters),
                parameters.optional("Description", ""),
                parameters.optional("EncryptionKeyId"),
                parameters.optional("DKMSInstanceId"),
                TagFields.parse(parameters, Tags.MOST));
        if (parameters.optional("Policy") != null) {
            throw KmsError.unsupportedOperation("The emulator keeps no secret policies yet; leave \"Policy\" out.");
        }
        Secret secret = secrets.create(request);
        JsonObject answer = new JsonObject();
        answer.addProperty("Arn", secrets.arn(secret.name()));
        answer.addProperty("SecretName", secret.name());
        answer.addProperty("SecretType", secret.type().wireName());
        answer.addProperty("VersionId", secret.stages().get(VersionStage.CURRENT));
        Fields.addIfPresent(answer, "DKMSInstanceId", secret.dkmsInstanceId());
        SecretFields.addRotation(answer, secret);
        SecretFields.addExtendedConfig(answer, secret);
        return CompletableFuture.completedFuture(answer);
    }

    private static NewSecret.Content content(Parameters parameters) {
        String type = parameters.optional("SecretType", SecretType.GENERIC.wireName());
        String dataType = parameters.optional("SecretDataType", "text");
        if (type.equals(SecretType.GENERIC.wireName())) {
            return new NewSecret.Generic(SecretValues.parse(parameters, dataType));
        }
        if (NOT_EMULATED.contains(type)) {
            throw KmsError.unsupportedOperation(
                    "Secrets of type " + type + " are not emulated yet; Generic and Rds are.");
        }
        if (!type.equals(SecretType.RDS.wireName())) {
            throw KmsError.invalidParameter(
                    "SecretType", "It must be Generic, Rds, RAMCredentials, ECS, Redis or PolarDB.");
        }
        if (!dataType.equals("text")) {
            throw KmsError.invalidParameter("SecretDataType", "Managed secrets are of type text.");
        }
        return RdsJson.parse(parameters);
    }
}
