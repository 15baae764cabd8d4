package dev.tumbler.client.internal.codec;

import dev.tumbler.client.model.Acknowledgement;
import dev.tumbler.client.model.AutomaticRotation;
import dev.tumbler.client.model.CreateSecretResult;
import dev.tumbler.client.model.DeleteSecretResult;
import dev.tumbler.client.model.DescribeSecretResult;
import dev.tumbler.client.model.GetRandomPasswordResult;
import dev.tumbler.client.model.GetSecretPolicyResult;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.ListTagResourcesResult;
import dev.tumbler.client.model.Page;
import dev.tumbler.client.model.PutSecretValueResult;
import dev.tumbler.client.model.RotateSecretResult;
import dev.tumbler.client.model.RotationState;
import dev.tumbler.client.model.SecretData;
import dev.tumbler.client.model.SecretDataType;
import dev.tumbler.client.model.SecretSummary;
import dev.tumbler.client.model.SecretTag;
import dev.tumbler.client.model.SecretType;
import dev.tumbler.client.model.SecretVersion;
import dev.tumbler.client.model.VersionStage;
import java.util.ArrayList;
import java.util.List;

/** Decodes the answer of each action. */
public final class Answers {
    private Answers() {}

    /** Decodes the answer to CreateSecret. */
    public static CreateSecretResult createSecret(JsonAnswer answer) throws UnreadableAnswerException {
        return CreateSecretResult.builder()
                .arn(answer.required("Arn"))
                .secretName(answer.required("SecretName"))
                .versionId(answer.required("VersionId"))
                .secretType(secretType(answer))
                .dkmsInstanceId(answer.text("DKMSInstanceId"))
                .rotation(rotation(answer))
                .extendedConfig(answer.text("ExtendedConfig"))
                .requestId(answer.textOrEmpty("RequestId"))
                .build();
    }

    /** Decodes the answer to GetSecretValue. */
    public static GetSecretValueResult getSecretValue(JsonAnswer answer) throws UnreadableAnswerException {
        String dataType = answer.text("SecretDataType");
        return GetSecretValueResult.builder()
                .secretName(answer.required("SecretName"))
                .versionId(answer.required("VersionId"))
                .secretData(SecretData.of(answer.required("SecretData")))
                .secretDataType(dataType == null ? SecretDataType.TEXT : new SecretDataType(dataType))
                .secretType(secretType(answer))
                .versionStages(versionStages(answer))
                .createTime(answer.instant("CreateTime"))
                .rotation(rotation(answer))
                .extendedConfig(answer.text("ExtendedConfig"))
                .requestId(answer.textOrEmpty("RequestId"))
                .build();
    }

    /** Decodes the answer to PutSecretValue. */
    public static PutSecretValueResult putSecretValue(JsonAnswer answer) throws UnreadableAnswerException {
        return new PutSecretValueResult(
                answer.required("SecretName"),
                answer.required("VersionId"),
                versionStages(answer),
                answer.textOrEmpty("RequestId"));
    }

    /** Decodes the answer to DescribeSecret. */
    public static DescribeSecretResult describeSecret(JsonAnswer answer) throws UnreadableAnswerException {
        return DescribeSecretResult.builder()
                .arn(answer.required("Arn"))
                .secretName(answer.required("SecretName"))
                .secretType(secretType(answer))
                .description(answer.textOrEmpty("Description"))
                .encryptionKeyId(answer.text("EncryptionKeyId"))
                .dkmsInstanceId(answer.text("DKMSInstanceId"))
                .createTime(answer.instant("CreateTime"))
                .updateTime(answer.instant("UpdateTime"))
                .plannedDeleteTime(answer.instant("PlannedDeleteTime"))
                .rotation(rotation(answer))
                .extendedConfig(answer.text("ExtendedConfig"))
                .tags(answer.tags())
                .requestId(answer.textOrEmpty("RequestId"))
                .build();
    }

    /** Decodes the answer to ListSecrets. */
    public static Page<SecretSummary> listSecrets(JsonAnswer answer) throws UnreadableAnswerException {
        List<SecretSummary> items = new ArrayList<>();
        for (JsonAnswer secret : answer.objects("SecretList", "Secret")) {
            items.add(SecretSummary.builder()
                    .secretName(secret.required("SecretName"))
                    .secretType(secretType(secret))
                    .createTime(secret.instant("CreateTime"))
                    .updateTime(secret.instant("UpdateTime"))
                    .plannedDeleteTime(secret.instant("PlannedDeleteTime"))
                    .tags(secret.tags())
                    .build());
        }
        return page(items, answer);
    }

    /** Decodes the answer to RotateSecret. */
    public static RotateSecretResult rotateSecret(JsonAnswer answer) throws UnreadableAnswerException {
        return new RotateSecretResult(
                answer.required("Arn"),
                answer.required("SecretName"),
                answer.required("VersionId"),
                answer.textOrEmpty("RequestId"));
    }

    /** Decodes the answer to DeleteSecret. */
    public static DeleteSecretResult deleteSecret(JsonAnswer answer) throws UnreadableAnswerException {
        return DeleteSecretResult.builder()
                .secretName(answer.required("SecretName"))
                .plannedDeleteTime(answer.instant("PlannedDeleteTime"))
                .requestId(answer.textOrEmpty("RequestId"))
                .build();
    }

    /** Decodes the answer to ListSecretVersionIds. */
    public static Page<SecretVersion> listSecretVersionIds(JsonAnswer answer) throws UnreadableAnswerException {
        List<SecretVersion> items = new ArrayList<>();
        for (JsonAnswer version : answer.objects("VersionIds", "VersionId")) {
            items.add(SecretVersion.builder()
                    .versionId(version.required("VersionId"))
                    .createTime(version.instant("CreateTime"))
                    .versionStages(versionStages(version))
                    .build());
        }
        return page(items, answer);
    }

    /** Decodes the answer to GetRandomPassword. */
    public static GetRandomPasswordResult getRandomPassword(JsonAnswer answer) throws UnreadableAnswerException {
        return new GetRandomPasswordResult(
                SecretData.of(answer.required("RandomPassword")), answer.textOrEmpty("RequestId"));
    }

    /** Decodes the answer to GetSecretPolicy. */
    public static GetSecretPolicyResult getSecretPolicy(JsonAnswer answer) throws UnreadableAnswerException {
        return new GetSecretPolicyResult(answer.required("Policy"), answer.textOrEmpty("RequestId"));
    }

    /** Decodes the answer to ListTagResources. */
    public static ListTagResourcesResult listTagResources(JsonAnswer answer) throws UnreadableAnswerException {
        List<SecretTag> items = new ArrayList<>();
        for (JsonAnswer tag : answer.objects("TagResources", "TagResource")) {
            items.add(new SecretTag(tag.required("ResourceId"), tag.required("TagKey"), tag.textOrEmpty("TagValue")));
        }
        return new ListTagResourcesResult(items, answer.textOrEmpty("NextToken"), answer.textOrEmpty("RequestId"));
    }

    /**
     * Decodes the answer of an action that has no result. The service always gives a request id, so that a page of
     * something else does not pass for one.
     */
    public static Acknowledgement acknowledgement(JsonAnswer answer) throws UnreadableAnswerException {
        return new Acknowledgement(answer.required("RequestId"));
    }

    private static SecretType secretType(JsonAnswer answer) {
        String type = answer.text("SecretType");
        return type == null ? SecretType.GENERIC : new SecretType(type);
    }

    private static RotationState rotation(JsonAnswer answer) {
        String state = answer.text("AutomaticRotation");
        return RotationState.builder()
                .automaticRotation(state == null ? null : new AutomaticRotation(state))
                .rotationInterval(answer.interval("RotationInterval"))
                .nextRotationDate(answer.instant("NextRotationDate"))
                .lastRotationDate(answer.instant("LastRotationDate"))
                .build();
    }

    private static <T> Page<T> page(List<T> items, JsonAnswer answer) throws UnreadableAnswerException {
        return new Page<>(
                items,
                answer.requiredInt("PageNumber"),
                answer.requiredInt("PageSize"),
                answer.requiredInt("TotalCount"),
                answer.textOrEmpty("RequestId"));
    }

    private static List<VersionStage> versionStages(JsonAnswer answer) {
        return answer.texts("VersionStages", "VersionStage").stream()
                .map(VersionStage::new)
                .toList();
    }
}
