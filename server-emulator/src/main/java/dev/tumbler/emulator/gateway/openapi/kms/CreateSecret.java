package dev.tumbler.emulator.gateway.openapi.kms;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.Management;
import dev.tumbler.emulator.secret.NewSecret;
import dev.tumbler.emulator.secret.Secret;
import dev.tumbler.emulator.secret.SecretType;
import dev.tumbler.emulator.secret.SecretValue;
import dev.tumbler.emulator.secret.Secrets;
import dev.tumbler.emulator.secret.VersionStage;
import dev.tumbler.emulator.tag.Tags;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Source: KMS API reference, CreateSecret. */
final class CreateSecret implements Action {

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
        String policy = parameters.optional("Policy");
        NewSecret request = new NewSecret(
                parameters.required("SecretName"),
                parameters.required("VersionId"),
                content(parameters),
                parameters.optional("Description", ""),
                parameters.optional("EncryptionKeyId"),
                parameters.optional("DKMSInstanceId"),
                TagFields.parse(parameters, Tags.MOST),
                policy == null ? null : SecretPolicies.parse(policy));
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
        SecretType type = SecretType.ofWireName(parameters.optional("SecretType", SecretType.GENERIC.wireName()))
                .orElseThrow(() -> KmsError.invalidParameter(
                        "SecretType", "It must be Generic, Rds, RAMCredentials, ECS, Redis or PolarDB."));
        if (type == SecretType.GENERIC) {
            return new NewSecret.Generic(SecretValues.parse(parameters));
        }
        JsonObject config = ExtendedConfigs.parse(parameters);
        List<SecretValue> values = SecretValues.parseManaged(parameters, type, config);
        return new NewSecret.Managed(
                new Management(
                        ExtendedConfigs.resource(type, config, values),
                        ExtendedConfigs.customData(config),
                        SecretFields.rotationPolicy(parameters)),
                values);
    }
}
