package dev.tumbler.client.internal.codec;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tumbler.client.internal.signing.ApiCall;
import dev.tumbler.client.model.CreateSecretRequest;
import dev.tumbler.client.model.DeleteSecretRequest;
import dev.tumbler.client.model.DescribeSecretRequest;
import dev.tumbler.client.model.FilterKey;
import dev.tumbler.client.model.GetSecretValueRequest;
import dev.tumbler.client.model.ListSecretsRequest;
import dev.tumbler.client.model.PutSecretValueRequest;
import dev.tumbler.client.model.RotateSecretRequest;
import dev.tumbler.client.model.VersionStage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Encodes the request of each action. A parameter that nobody gave is not sent: the service has the defaults. */
public final class ApiCalls {
    // With HTML escaping, Gson writes < as \\u003c, which the service's classic SDK cannot read back.
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private ApiCalls() {}

    /** Encodes CreateSecret. */
    public static ApiCall of(CreateSecretRequest request) {
        return new Parameters()
                .add("SecretName", request.secretName())
                .add("VersionId", request.versionId())
                .add("SecretData", request.secretData().asString())
                .add("SecretDataType", request.secretDataType())
                .add("SecretType", request.secretType())
                .add("EncryptionKeyId", request.encryptionKeyId())
                .add("DKMSInstanceId", request.dkmsInstanceId())
                .add("Description", request.description())
                .add("Tags", tags(request.tags()))
                .add("ExtendedConfig", request.extendedConfig())
                .add("EnableAutomaticRotation", request.enableAutomaticRotation())
                .add("RotationInterval", request.rotationInterval().map(interval -> interval.toSeconds() + "s"))
                .add("Policy", request.policy())
                .call("CreateSecret");
    }

    /** Encodes GetSecretValue. */
    public static ApiCall of(GetSecretValueRequest request) {
        return new Parameters()
                .add("SecretName", request.secretName())
                .add("VersionStage", request.versionStage())
                .add("VersionId", request.versionId())
                .addIfTrue("FetchExtendedConfig", request.fetchExtendedConfig())
                .call("GetSecretValue");
    }

    /** Encodes PutSecretValue. */
    public static ApiCall of(PutSecretValueRequest request) {
        return new Parameters()
                .add("SecretName", request.secretName())
                .add("VersionId", request.versionId())
                .add("SecretData", request.secretData().asString())
                .add("SecretDataType", request.secretDataType())
                .add("VersionStages", versionStages(request.versionStages()))
                .call("PutSecretValue");
    }

    /** Encodes DescribeSecret. */
    public static ApiCall of(DescribeSecretRequest request) {
        return new Parameters()
                .add("SecretName", request.secretName())
                .addIfTrue("FetchTags", request.fetchTags())
                .call("DescribeSecret");
    }

    /** Encodes ListSecrets. */
    public static ApiCall of(ListSecretsRequest request) {
        return new Parameters()
                .add("PageNumber", request.pageNumber())
                .add("PageSize", request.pageSize())
                .addIfTrue("FetchTags", request.fetchTags())
                .add("Filters", filters(request.filters()))
                .call("ListSecrets");
    }

    /** Encodes RotateSecret. */
    public static ApiCall of(RotateSecretRequest request) {
        return new Parameters()
                .add("SecretName", request.secretName())
                .add("VersionId", request.versionId())
                .call("RotateSecret");
    }

    /** Encodes DeleteSecret. */
    public static ApiCall of(DeleteSecretRequest request) {
        return new Parameters()
                .add("SecretName", request.secretName())
                .addIfTrue("ForceDeleteWithoutRecovery", request.forceDeleteWithoutRecovery())
                .add("RecoveryWindowInDays", request.recoveryWindowInDays())
                .call("DeleteSecret");
    }

    private static Optional<String> tags(Map<String, String> tags) {
        JsonArray array = new JsonArray();
        tags.forEach((key, value) -> {
            JsonObject tag = new JsonObject();
            tag.addProperty("TagKey", key);
            tag.addProperty("TagValue", value);
            array.add(tag);
        });
        return json(array);
    }

    private static Optional<String> versionStages(List<VersionStage> stages) {
        JsonArray array = new JsonArray();
        stages.forEach(stage -> array.add(stage.value()));
        return json(array);
    }

    private static Optional<String> filters(Map<FilterKey, List<String>> filters) {
        JsonArray array = new JsonArray();
        filters.forEach((key, values) -> {
            JsonArray accepted = new JsonArray();
            values.forEach(accepted::add);
            JsonObject filter = new JsonObject();
            filter.addProperty("Key", key.value());
            filter.add("Values", accepted);
            array.add(filter);
        });
        return json(array);
    }

    private static Optional<String> json(JsonArray array) {
        return array.isEmpty() ? Optional.empty() : Optional.of(GSON.toJson(array));
    }

    private static final class Parameters {
        private final Map<String, String> values = new LinkedHashMap<>();

        Parameters add(String name, String value) {
            values.put(name, value);
            return this;
        }

        Parameters add(String name, Optional<?> value) {
            value.ifPresent(given -> values.put(name, given.toString()));
            return this;
        }

        Parameters addIfTrue(String name, boolean value) {
            if (value) {
                values.put(name, "true");
            }
            return this;
        }

        ApiCall call(String action) {
            return new ApiCall(action, values);
        }
    }
}
