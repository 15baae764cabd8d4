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
import dev.tumbler.client.model.GetRandomPasswordRequest;
import dev.tumbler.client.model.GetSecretValueRequest;
import dev.tumbler.client.model.ListSecretVersionIdsRequest;
import dev.tumbler.client.model.ListSecretsRequest;
import dev.tumbler.client.model.ListTagResourcesRequest;
import dev.tumbler.client.model.PutSecretValueRequest;
import dev.tumbler.client.model.RotateSecretRequest;
import dev.tumbler.client.model.UntagResourcesRequest;
import dev.tumbler.client.model.UpdateSecretRequest;
import dev.tumbler.client.model.UpdateSecretRotationPolicyRequest;
import dev.tumbler.client.model.UpdateSecretVersionStageRequest;
import dev.tumbler.client.model.VersionStage;
import java.time.Duration;
import java.util.Collection;
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
                .add("RotationInterval", request.rotationInterval().map(ApiCalls::seconds))
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
                .add(
                        "VersionStages",
                        texts(request.versionStages().stream()
                                .map(VersionStage::value)
                                .toList()))
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

    /** Encodes UpdateSecret. */
    public static ApiCall of(UpdateSecretRequest request) {
        return new Parameters()
                .add("SecretName", request.secretName())
                .add("Description", request.description())
                .add("ExtendedConfig.CustomData", request.customData())
                .call("UpdateSecret");
    }

    /** Encodes ListSecretVersionIds. */
    public static ApiCall of(ListSecretVersionIdsRequest request) {
        return new Parameters()
                .add("SecretName", request.secretName())
                .addIfTrue("IncludeDeprecated", request.includeDeprecated())
                .add("PageNumber", request.pageNumber())
                .add("PageSize", request.pageSize())
                .call("ListSecretVersionIds");
    }

    /** Encodes UpdateSecretVersionStage. */
    public static ApiCall of(UpdateSecretVersionStageRequest request) {
        return new Parameters()
                .add("SecretName", request.secretName())
                .add("VersionStage", request.versionStage().value())
                .add("MoveToVersion", request.moveToVersion())
                .add("RemoveFromVersion", request.removeFromVersion())
                .call("UpdateSecretVersionStage");
    }

    /** Encodes UpdateSecretRotationPolicy. */
    public static ApiCall of(UpdateSecretRotationPolicyRequest request) {
        return new Parameters()
                .add("SecretName", request.secretName())
                .add("EnableAutomaticRotation", String.valueOf(request.enableAutomaticRotation()))
                .add("RotationInterval", request.rotationInterval().map(ApiCalls::seconds))
                .call("UpdateSecretRotationPolicy");
    }

    /** Encodes RestoreSecret. */
    public static ApiCall restoreSecret(String secretName) {
        return new Parameters().add("SecretName", secretName).call("RestoreSecret");
    }

    /** Encodes GetRandomPassword. */
    public static ApiCall of(GetRandomPasswordRequest request) {
        return new Parameters()
                .add("PasswordLength", request.passwordLength())
                .add("ExcludeCharacters", request.excludeCharacters())
                .addIfTrue("ExcludeLowercase", request.excludeLowercase())
                .addIfTrue("ExcludeUppercase", request.excludeUppercase())
                .addIfTrue("ExcludeNumbers", request.excludeNumbers())
                .addIfTrue("ExcludePunctuation", request.excludePunctuation())
                .addIfTrue("RequireEachIncludedType", request.requireEachIncludedType())
                .call("GetRandomPassword");
    }

    /** Encodes SetSecretPolicy. */
    public static ApiCall setSecretPolicy(String secretName, String policy) {
        return new Parameters()
                .add("SecretName", secretName)
                .add("Policy", policy)
                .add("PolicyName", "default")
                .call("SetSecretPolicy");
    }

    /** Encodes GetSecretPolicy. */
    public static ApiCall getSecretPolicy(String secretName) {
        return new Parameters()
                .add("SecretName", secretName)
                .add("PolicyName", "default")
                .call("GetSecretPolicy");
    }

    /** Encodes TagResource. */
    public static ApiCall tagResource(String secretName, Map<String, String> tags) {
        return new Parameters()
                .add("SecretName", secretName)
                .add("Tags", tags(tags))
                .call("TagResource");
    }

    /** Encodes UntagResource. */
    public static ApiCall untagResource(String secretName, Collection<String> tagKeys) {
        return new Parameters()
                .add("SecretName", secretName)
                .add("TagKeys", texts(tagKeys))
                .call("UntagResource");
    }

    /** Encodes TagResources. */
    public static ApiCall tagResources(String region, Collection<String> secretNames, Map<String, String> tags) {
        return Parameters.ofSecrets(region, secretNames).addTags(tags).call("TagResources");
    }

    /** Encodes UntagResources. */
    public static ApiCall of(UntagResourcesRequest request, String region) {
        return Parameters.ofSecrets(region, request.secretNames())
                .addEach("TagKey", request.tagKeys())
                .addIfTrue("All", request.all())
                .call("UntagResources");
    }

    /** Encodes ListTagResources. */
    public static ApiCall of(ListTagResourcesRequest request, String region) {
        return Parameters.ofSecrets(region, request.secretNames())
                .addTags(request.tags())
                .add("NextToken", request.nextToken())
                .call("ListTagResources");
    }

    private static String seconds(Duration interval) {
        return interval.toSeconds() + "s";
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

    private static Optional<String> texts(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
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

        /** Names secrets in the manner of the actions on several resources: {@code ResourceId.1}, {@code ResourceId.2}. */
        static Parameters ofSecrets(String region, Collection<String> secretNames) {
            return new Parameters()
                    .add("RegionId", region)
                    .add("ResourceType", "secret")
                    .addEach("ResourceId", secretNames);
        }

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

        Parameters addEach(String name, Collection<String> each) {
            int index = 0;
            for (String value : each) {
                values.put(name + "." + ++index, value);
            }
            return this;
        }

        Parameters addTags(Map<String, String> tags) {
            int index = 0;
            for (Map.Entry<String, String> tag : tags.entrySet()) {
                index++;
                values.put("Tag." + index + ".Key", tag.getKey());
                values.put("Tag." + index + ".Value", tag.getValue());
            }
            return this;
        }

        ApiCall call(String action) {
            return new ApiCall(action, values);
        }
    }
}
