package dev.tumbler.emulator.journal;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The actions of the KMS API {@code 2016-01-20}, by which calls are counted and faults are aimed. */
public enum KmsAction {
    CREATE_SECRET("CreateSecret"),
    DELETE_SECRET("DeleteSecret"),
    DESCRIBE_SECRET("DescribeSecret"),
    GET_RANDOM_PASSWORD("GetRandomPassword"),
    GET_SECRET_POLICY("GetSecretPolicy"),
    GET_SECRET_VALUE("GetSecretValue"),
    LIST_SECRET_VERSION_IDS("ListSecretVersionIds"),
    LIST_SECRETS("ListSecrets"),
    PUT_SECRET_VALUE("PutSecretValue"),
    RESTORE_SECRET("RestoreSecret"),
    ROTATE_SECRET("RotateSecret"),
    SET_SECRET_POLICY("SetSecretPolicy"),
    UPDATE_SECRET("UpdateSecret"),
    UPDATE_SECRET_ROTATION_POLICY("UpdateSecretRotationPolicy"),
    UPDATE_SECRET_VERSION_STAGE("UpdateSecretVersionStage"),

    LIST_RESOURCE_TAGS("ListResourceTags"),
    LIST_TAG_RESOURCES("ListTagResources"),
    TAG_RESOURCE("TagResource"),
    TAG_RESOURCES("TagResources"),
    UNTAG_RESOURCE("UntagResource"),
    UNTAG_RESOURCES("UntagResources"),

    CANCEL_KEY_DELETION("CancelKeyDeletion"),
    CREATE_KEY("CreateKey"),
    DECRYPT("Decrypt"),
    DESCRIBE_KEY("DescribeKey"),
    DISABLE_KEY("DisableKey"),
    ENABLE_KEY("EnableKey"),
    ENCRYPT("Encrypt"),
    GENERATE_DATA_KEY("GenerateDataKey"),
    GENERATE_DATA_KEY_WITHOUT_PLAINTEXT("GenerateDataKeyWithoutPlaintext"),
    LIST_KEYS("ListKeys"),
    SCHEDULE_KEY_DELETION("ScheduleKeyDeletion"),

    DESCRIBE_REGIONS("DescribeRegions"),
    GET_KMS_INSTANCE("GetKmsInstance"),
    LIST_KMS_INSTANCES("ListKmsInstances");

    private static final Map<String, KmsAction> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(KmsAction::wireName, Function.identity()));

    private final String wireName;

    KmsAction(String wireName) {
        this.wireName = wireName;
    }

    /** The name in {@code Action}. */
    public String wireName() {
        return wireName;
    }

    /** The action of this name; empty if the API has none, or the emulator does not know it. */
    public static Optional<KmsAction> of(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    /** The name in {@code Action}. */
    @Override
    public String toString() {
        return wireName;
    }
}
