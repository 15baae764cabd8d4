package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.key.KmsInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keys from CreateKey to the end of their deletion window. */
class KeyLifecycleTest {
    @ConformanceTest
    @Proves({
        "CreateKey/KeySpec/default",
        "CreateKey/KeyUsage/default",
        "CreateKey/Origin/default",
        "CreateKey/ProtectionLevel/default",
        "CreateKey/Description/stored",
        "CreateKey/answer/KeyMetadata",
        "CreateKey/answer/RequestId",
        "DescribeKey/answer/KeyMetadata",
        "DescribeKey/answer/RequestId",
        "DescribeKey/KeyId/arn",
    })
    void createKey_withDefaults_isDescribedAsCreated(Kms kms, KmsEmulator emulator) {
        Map<String, Object> created = kms.call("CreateKey", "Description", "for tests");
        assertThat(created).containsOnlyKeys("KeyMetadata", "RequestId");
        Map<String, Object> metadata = metadata(created);
        String keyId = (String) metadata.get("KeyId");
        assertThat(keyId).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(metadata)
                .containsEntry("Arn", "acs:kms:cn-hangzhou:" + KmsEmulator.ACCOUNT_ID + ":key/" + keyId)
                .containsEntry("KeySpec", "Aliyun_AES_256")
                .containsEntry("KeyUsage", "ENCRYPT/DECRYPT")
                .containsEntry("KeyState", "Enabled")
                .containsEntry("Description", "for tests")
                .containsEntry("Origin", "Aliyun_KMS")
                .containsEntry("ProtectionLevel", "SOFTWARE")
                .containsEntry("Creator", KmsEmulator.ACCOUNT_ID)
                .containsEntry("CreationDate", "2026-01-01T00:00:00Z")
                .containsEntry("LastRotationDate", "2026-01-01T00:00:00Z")
                .containsEntry("AutomaticRotation", "Disabled")
                .doesNotContainKey("DKMSInstanceId");

        Map<String, Object> described = metadata(kms.call("DescribeKey", "KeyId", keyId));
        assertThat(described).containsAllEntriesOf(metadata).containsEntry("DeletionProtection", "Disabled");
        assertThat(metadata(kms.call("DescribeKey", "KeyId", metadata.get("Arn"))))
                .isEqualTo(described);
        assertThat(emulator.region()).isEqualTo("cn-hangzhou");
    }

    @ConformanceTest
    @Proves({
        "CreateKey/KeySpec/symmetric",
        "CreateKey/KeySpec/asymmetric",
        "CreateKey/KeySpec/unknown",
        "CreateKey/KeyUsage/not-of-spec",
        "CreateKey/error/InvalidParameter",
    })
    void keySpec_ofEachKind_hasItsUsage(Kms kms) {
        for (String spec : List.of("Aliyun_AES_256", "Aliyun_AES_192", "Aliyun_AES_128", "Aliyun_SM4")) {
            assertThat(metadata(kms.call("CreateKey", "KeySpec", spec)))
                    .containsEntry("KeySpec", spec)
                    .containsEntry("KeyUsage", "ENCRYPT/DECRYPT")
                    .containsKey("PrimaryKeyVersion");
        }
        for (String spec : List.of("RSA_2048", "RSA_3072", "RSA_4096", "EC_P256", "EC_P256K", "EC_SM2")) {
            assertThat(metadata(kms.call("CreateKey", "KeySpec", spec)))
                    .containsEntry("KeySpec", spec)
                    .containsEntry("KeyUsage", "SIGN/VERIFY")
                    .doesNotContainKeys("PrimaryKeyVersion", "AutomaticRotation");
        }
        assertThat(metadata(kms.call("CreateKey", "KeySpec", "RSA_2048", "KeyUsage", "ENCRYPT/DECRYPT")))
                .containsEntry("KeyUsage", "ENCRYPT/DECRYPT");
        kms.assertInvalid("KeySpec", "CreateKey", "KeySpec", "aliyun_aes_256");
        kms.assertInvalid("KeyUsage", "CreateKey", "KeyUsage", "SIGN/VERIFY");
        kms.assertInvalid("KeyUsage", "CreateKey", "KeySpec", "EC_P256", "KeyUsage", "ENCRYPT/DECRYPT");
        kms.assertInvalid("KeyUsage", "CreateKey", "KeyUsage", "ENCRYPT");
    }

    @ConformanceTest
    @Proves({
        "CreateKey/Origin/external",
        "CreateKey/Origin/unknown",
        "CreateKey/ProtectionLevel/hsm",
        "CreateKey/ProtectionLevel/unknown",
        "Encrypt/error/Rejected.PendingImport",
        "EnableKey/error/Rejected.StateModifiedFailed",
    })
    void originExternal_withoutImport_cannotEncrypt(Kms kms) {
        Map<String, Object> external = metadata(kms.call("CreateKey", "Origin", "EXTERNAL", "ProtectionLevel", "HSM"));
        assertThat(external)
                .containsEntry("KeyState", "PendingImport")
                .containsEntry("Origin", "EXTERNAL")
                .containsEntry("ProtectionLevel", "HSM");
        Object keyId = external.get("KeyId");
        kms.assertRefused(409, "Rejected.PendingImport", "Encrypt", "KeyId", keyId, "Plaintext", "eA==");
        kms.assertRefused(409, "Rejected.StateModifiedFailed", "EnableKey", "KeyId", keyId);
        kms.assertInvalid("Origin", "CreateKey", "Origin", "external");
        kms.assertInvalid("ProtectionLevel", "CreateKey", "ProtectionLevel", "hsm");
    }

    @ConformanceTest
    @Proves("CreateKey/Description/length")
    void description_of8193Characters_isRefused(Kms kms) {
        kms.call("CreateKey", "Description", "d".repeat(8_192));
        kms.assertInvalid("Description", "CreateKey", "Description", "d".repeat(8_193));
    }

    @ConformanceTest
    @Proves({"CreateKey/error/Rejected.LimitExceeded", "GetKmsInstance/answer/quotas"})
    void key_beyondTheQuotaOfItsKmsInstance_isRefused(Kms kms, KmsEmulator emulator) {
        emulator.kmsInstances().add("kst-1", "cn-hangzhou", new KmsInstance.Quota(2, 0));
        Map<String, Object> first = metadata(kms.call("CreateKey", "DKMSInstanceId", "kst-1"));
        kms.call("CreateKey", "DKMSInstanceId", "kst-1");
        kms.assertRefused(400, "Rejected.LimitExceeded", "CreateKey", "DKMSInstanceId", "kst-1");
        kms.call("CreateKey");

        kms.call("ScheduleKeyDeletion", "KeyId", first.get("KeyId"), "PendingWindowInDays", 7);
        kms.assertRefused(400, "Rejected.LimitExceeded", "CreateKey", "DKMSInstanceId", "kst-1");
        emulator.clock().advance(Duration.ofDays(7));
        kms.call("CreateKey", "DKMSInstanceId", "kst-1");
    }

    @ConformanceTest
    @Proves("CreateKey/RotationInterval/range")
    void rotationInterval_outsideItsRange_isRefused(Kms kms) {
        for (String interval : List.of("6d", "604799s", "366d", "31536001s", "week")) {
            kms.assertInvalid("RotationInterval", "CreateKey", rotatedEvery(interval));
        }
        for (String interval : List.of("7d", "365d")) {
            kms.assertRefused(400, "Rejected.UnsupportedOperation", "CreateKey", rotatedEvery(interval));
        }
    }

    private static Object[] rotatedEvery(String interval) {
        return new Object[] {"EnableAutomaticRotation", "true", "RotationInterval", interval};
    }

    @ConformanceTest
    @Proves({"DescribeKey/error/Forbidden.AliasNotFound", "Encrypt/error/Forbidden.AliasNotFound"})
    void alias_thatDoesNotExist_isNotFound(Kms kms) {
        kms.assertRefused(404, "Forbidden.AliasNotFound", "DescribeKey", "KeyId", "alias/orders");
        kms.assertRefused(404, "Forbidden.AliasNotFound", "Encrypt", "KeyId", "alias/orders", "Plaintext", "eA==");
    }

    @ConformanceTest
    @Proves({
        "CreateKey/DKMSInstanceId/stored",
        "CreateKey/DKMSInstanceId/unknown",
        "CreateKey/error/Forbidden.DKMSInstanceNotFound",
    })
    void kmsInstance_ofAKey_isShown(Kms kms, KmsEmulator emulator) {
        emulator.kmsInstances().add("kst-1");
        Map<String, Object> created = metadata(kms.call("CreateKey", "DKMSInstanceId", "kst-1"));
        assertThat(created.get("KeyId")).asString().startsWith("key-");
        assertThat(metadata(kms.call("DescribeKey", "KeyId", created.get("KeyId"))))
                .containsEntry("DKMSInstanceId", "kst-1");
        kms.assertRefused(403, "Forbidden.DKMSInstanceNotFound", "CreateKey", "DKMSInstanceId", "kst-2");
    }

    @ConformanceTest
    @Proves({
        "CreateKey/EnableAutomaticRotation/not-emulated",
        "CreateKey/Policy/not-emulated",
        "CreateKey/Tags/rules",
    })
    void whatIsNotEmulated_isRefusedNotIgnored(Kms kms) {
        kms.assertRefused(400, "Rejected.UnsupportedOperation", "CreateKey", rotatedEvery("365d"));
        kms.call("CreateKey", "EnableAutomaticRotation", "false");
        kms.assertRefused(400, "Rejected.UnsupportedOperation", "CreateKey", "Policy", "{}");
        kms.call("CreateKey", "Tags", "[{\"TagKey\":\"team\",\"TagValue\":\"mail\"}]");
        kms.assertInvalid("Tags", "CreateKey", "Tags", "[{\"TagKey\":\"acs:team\",\"TagValue\":\"mail\"}]");
    }

    @ConformanceTest
    @Proves({
        "DisableKey/state",
        "DisableKey/answer/RequestId",
        "EnableKey/state",
        "EnableKey/answer/RequestId",
        "EnableKey/repeat",
        "DisableKey/repeat",
        "Encrypt/error/Rejected.Disabled",
        "GenerateDataKey/error/Rejected.Disabled",
        "Decrypt/error/Rejected.Disabled",
    })
    void disabledKey_untilEnabled_doesNoCryptography(Kms kms) {
        Object keyId = createKey(kms);
        Object blob = kms.call("Encrypt", "KeyId", keyId, "Plaintext", "eA==").get("CiphertextBlob");
        assertThat(kms.call("DisableKey", "KeyId", keyId)).containsOnlyKeys("RequestId");
        kms.call("DisableKey", "KeyId", keyId);
        assertThat(state(kms, keyId)).isEqualTo("Disabled");
        kms.assertRefused(409, "Rejected.Disabled", "Encrypt", "KeyId", keyId, "Plaintext", "eA==");
        kms.assertRefused(409, "Rejected.Disabled", "GenerateDataKey", "KeyId", keyId);
        kms.assertRefused(409, "Rejected.Disabled", "Decrypt", "CiphertextBlob", blob);

        assertThat(kms.call("EnableKey", "KeyId", keyId)).containsOnlyKeys("RequestId");
        kms.call("EnableKey", "KeyId", keyId);
        assertThat(state(kms, keyId)).isEqualTo("Enabled");
        assertThat(kms.call("Decrypt", "CiphertextBlob", blob)).containsEntry("Plaintext", "eA==");
    }

    @ConformanceTest
    @Proves({
        "ScheduleKeyDeletion/PendingWindowInDays/range",
        "ScheduleKeyDeletion/error/InvalidParameter",
        "ScheduleKeyDeletion/answer/RequestId",
        "ScheduleKeyDeletion/purge",
        "ScheduleKeyDeletion/error/Rejected.StateModifiedFailed",
        "DisableKey/error/Rejected.StateModifiedFailed",
        "DescribeKey/answer/DeleteDate",
        "Encrypt/error/Rejected.PendingDeletion",
        "Decrypt/error/Forbidden.KeyNotFound",
    })
    void scheduledDeletion_atItsEnd_takesTheKeyAway(Kms kms, KmsEmulator emulator) {
        kms.call("ScheduleKeyDeletion", "KeyId", createKey(kms), "PendingWindowInDays", 366);
        Object keyId = createKey(kms);
        Object blob = kms.call("Encrypt", "KeyId", keyId, "Plaintext", "eA==").get("CiphertextBlob");
        for (int days : List.of(6, 367)) {
            kms.assertInvalid(
                    "PendingWindowInDays", "ScheduleKeyDeletion", "KeyId", keyId, "PendingWindowInDays", days);
        }
        assertThat(kms.call("ScheduleKeyDeletion", "KeyId", keyId, "PendingWindowInDays", 7))
                .containsOnlyKeys("RequestId");
        assertThat(metadata(kms.call("DescribeKey", "KeyId", keyId)))
                .containsEntry("KeyState", "PendingDeletion")
                .containsEntry("DeleteDate", "2026-01-08T00:00:00Z");
        kms.assertRefused(409, "Rejected.PendingDeletion", "Encrypt", "KeyId", keyId, "Plaintext", "eA==");
        kms.assertRefused(409, "Rejected.StateModifiedFailed", "DisableKey", "KeyId", keyId);
        kms.assertRefused(
                409, "Rejected.StateModifiedFailed", "ScheduleKeyDeletion", "KeyId", keyId, "PendingWindowInDays", 7);

        emulator.clock().advance(Duration.ofDays(7));

        kms.assertRefused(404, "Forbidden.KeyNotFound", "DescribeKey", "KeyId", keyId);
        kms.assertRefused(404, "Forbidden.KeyNotFound", "Decrypt", "CiphertextBlob", blob);
    }

    @ConformanceTest
    @Proves({
        "CancelKeyDeletion/state",
        "CancelKeyDeletion/answer/RequestId",
        "CancelKeyDeletion/error/Rejected.StateModifiedFailed",
    })
    void cancelledDeletion_leavesTheKeyEnabled(Kms kms, KmsEmulator emulator) {
        Object keyId = createKey(kms);
        kms.assertRefused(409, "Rejected.StateModifiedFailed", "CancelKeyDeletion", "KeyId", keyId);
        kms.call("ScheduleKeyDeletion", "KeyId", keyId, "PendingWindowInDays", 7);
        assertThat(kms.call("CancelKeyDeletion", "KeyId", keyId)).containsOnlyKeys("RequestId");
        emulator.clock().advance(Duration.ofDays(8));
        assertThat(state(kms, keyId)).isEqualTo("Enabled");
    }

    @ConformanceTest
    @Proves({
        "DescribeKey/KeyId/required",
        "DescribeKey/error/Forbidden.KeyNotFound",
        "EnableKey/KeyId/required",
        "EnableKey/error/Forbidden.KeyNotFound",
        "DisableKey/KeyId/required",
        "DisableKey/error/Forbidden.KeyNotFound",
        "CancelKeyDeletion/KeyId/required",
        "CancelKeyDeletion/error/Forbidden.KeyNotFound",
        "ScheduleKeyDeletion/KeyId/required",
        "ScheduleKeyDeletion/PendingWindowInDays/required",
        "ScheduleKeyDeletion/error/Forbidden.KeyNotFound",
    })
    void keyId_missingOrUnknown_isRefused(Kms kms) {
        for (String action : List.of("DescribeKey", "EnableKey", "DisableKey", "CancelKeyDeletion")) {
            kms.assertRequired(action, "KeyId", "unknown");
            kms.assertRefused(404, "Forbidden.KeyNotFound", action, "KeyId", "unknown");
        }
        kms.assertRequired("ScheduleKeyDeletion", "KeyId", "unknown", "PendingWindowInDays", 7);
        kms.assertRefused(
                404, "Forbidden.KeyNotFound", "ScheduleKeyDeletion", "KeyId", "unknown", "PendingWindowInDays", 7);
    }

    @ConformanceTest
    @Proves({
        "ListResourceTags/KeyId/required",
        "ListResourceTags/answer/Tags",
        "ListResourceTags/answer/RequestId",
        "ListResourceTags/error/Forbidden.KeyNotFound",
        "ListResourceTags/order",
        "CreateKey/Tags/stored",
    })
    void tags_ofAKey_areListed(Kms kms) {
        Object keyId = metadata(kms.call("CreateKey", "Tags", "[{\"TagKey\":\"b\",\"TagValue\":\"2\"}]"))
                .get("KeyId");
        kms.call("TagResource", "KeyId", keyId, "Tags", "[{\"TagKey\":\"a\",\"TagValue\":\"1\"}]");
        kms.call(
                "TagResources",
                "RegionId",
                "cn-hangzhou",
                "ResourceType",
                "key",
                "ResourceId",
                List.of(keyId),
                "Tag",
                List.of(Map.of("Key", "c", "Value", "3")));
        Map<String, Object> answer = kms.call("ListResourceTags", "KeyId", keyId);
        assertThat(answer).containsOnlyKeys("Tags", "RequestId");
        assertThat(Kms.list(answer, "Tags"))
                .containsExactly(
                        Map.of("KeyId", keyId, "TagKey", "a", "TagValue", "1"),
                        Map.of("KeyId", keyId, "TagKey", "b", "TagValue", "2"),
                        Map.of("KeyId", keyId, "TagKey", "c", "TagValue", "3"));
        assertThat(Kms.list(
                        kms.call("ListTagResources", "RegionId", "cn-hangzhou", "ResourceType", "key"), "TagResources"))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row).containsEntry("ResourceId", keyId));

        kms.call("UntagResource", "KeyId", keyId, "TagKeys", "[\"a\"]");
        kms.call(
                "UntagResources",
                "RegionId",
                "cn-hangzhou",
                "ResourceType",
                "key",
                "ResourceId",
                List.of(keyId),
                "TagKey",
                List.of("b"));
        assertThat(Kms.list(kms.call("ListResourceTags", "KeyId", keyId), "Tags"))
                .containsExactly(Map.of("KeyId", keyId, "TagKey", "c", "TagValue", "3"));
        kms.assertRequired("ListResourceTags", "KeyId", keyId);
        kms.assertRefused(404, "Forbidden.KeyNotFound", "ListResourceTags", "KeyId", "unknown");
    }

    @ConformanceTest
    @Proves({
        "ListKeys/PageNumber/default",
        "ListKeys/PageNumber/range",
        "ListKeys/PageNumber/past-the-end",
        "ListKeys/PageSize/default",
        "ListKeys/PageSize/range",
        "ListKeys/answer/KeyId",
        "ListKeys/answer/KeyArn",
        "ListKeys/answer/TotalCount",
        "ListKeys/answer/PageNumber",
        "ListKeys/answer/PageSize",
        "ListKeys/answer/RequestId",
        "ListKeys/error/InvalidParameter",
    })
    void listKeys_inPages_givesEachOnce(Kms kms, KmsEmulator emulator) {
        List<Object> created = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            created.add(createKey(kms));
            emulator.clock().advance(Duration.ofSeconds(1));
        }
        Map<String, Object> first = kms.call("ListKeys");
        assertThat(number(first, "PageNumber")).isEqualTo(1);
        assertThat(number(first, "PageSize")).isEqualTo(10);
        assertThat(number(first, "TotalCount")).isEqualTo(12);
        assertThat(Kms.list(first, "Keys"))
                .hasSize(10)
                .allSatisfy(key -> assertThat(key.get("KeyArn"))
                        .isEqualTo("acs:kms:cn-hangzhou:" + KmsEmulator.ACCOUNT_ID + ":key/" + key.get("KeyId")));

        List<Object> listed = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            Kms.list(kms.call("ListKeys", "PageNumber", page, "PageSize", 5), "Keys")
                    .forEach(key -> listed.add(key.get("KeyId")));
        }
        assertThat(listed).isEqualTo(created);
        assertThat(Kms.list(kms.call("ListKeys", "PageNumber", 3), "Keys")).isEmpty();
        assertThat(Kms.list(kms.call("ListKeys", "PageSize", 100), "Keys")).hasSize(12);
        kms.assertInvalid("PageNumber", "ListKeys", "PageNumber", 0);
        kms.assertInvalid("PageSize", "ListKeys", "PageSize", 0);
        kms.assertInvalid("PageSize", "ListKeys", "PageSize", 101);
    }

    @ConformanceTest
    @Proves({
        "ListKeys/Filters/KeyState",
        "ListKeys/Filters/KeySpec",
        "ListKeys/Filters/KeyUsage",
        "ListKeys/Filters/ProtectionLevel",
        "ListKeys/Filters/CreatorType",
        "ListKeys/Filters/or-and",
        "ListKeys/Filters/count",
        "ListKeys/Filters/values-count",
        "ListKeys/Filters/shape",
        "ListKeys/default-key",
    })
    void filters_combine_asDocumented(Kms kms) {
        Object aes = createKey(kms);
        Object disabled = createKey(kms);
        kms.call("DisableKey", "KeyId", disabled);
        Object rsa = metadata(kms.call("CreateKey", "KeySpec", "RSA_2048", "ProtectionLevel", "HSM"))
                .get("KeyId");
        kms.createSecret("a", "x");

        assertThat(ids(kms, filter("KeyState", "Disabled"))).containsExactly(disabled);
        assertThat(ids(kms, filter("KeySpec", "RSA_2048"))).containsExactly(rsa);
        assertThat(ids(kms, filter("KeyUsage", "SIGN/VERIFY"))).containsExactly(rsa);
        assertThat(ids(kms, filter("ProtectionLevel", "HSM"))).containsExactly(rsa);
        assertThat(ids(kms, filter("CreatorType", "User"))).containsExactlyInAnyOrder(aes, disabled, rsa);
        assertThat(ids(kms, filter("CreatorType", "Service"))).hasSize(1).doesNotContain(aes, disabled, rsa);
        assertThat(ids(
                        kms,
                        filter("KeyState", "Enabled"),
                        filter("KeyState", "Disabled"),
                        filter("CreatorType", "User"),
                        filter("KeySpec", "Aliyun_AES_256")))
                .containsExactlyInAnyOrder(aes, disabled);

        String ten = "\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\"";
        kms.call("ListKeys", "Filters", "[{\"Key\":\"KeyState\",\"Values\":[" + ten + "]}]");
        kms.assertInvalid(
                "Filters", "ListKeys", "Filters", "[{\"Key\":\"KeyState\",\"Values\":[" + ten + ",\"Enabled\"]}]");
        String filter = filter("KeyState", "Enabled");
        kms.call("ListKeys", "Filters", "[" + (filter + ",").repeat(9) + filter + "]");
        kms.assertInvalid("Filters", "ListKeys", "Filters", "[" + (filter + ",").repeat(10) + filter + "]");
        for (String bad :
                List.of("{}", "x", "[1]", "[{\"Key\":\"KeyState\"}]", "[{\"Key\":\"KeyId\",\"Values\":[]}]")) {
            kms.assertInvalid("Filters", "ListKeys", "Filters", bad);
        }
    }

    private static List<Object> ids(Kms kms, String... filters) {
        return Kms.list(kms.call("ListKeys", "Filters", "[" + String.join(",", filters) + "]"), "Keys").stream()
                .map(key -> key.get("KeyId"))
                .toList();
    }

    private static String filter(String key, String value) {
        return "{\"Key\":\"" + key + "\",\"Values\":[\"" + value + "\"]}";
    }

    private static Object createKey(Kms kms) {
        return metadata(kms.call("CreateKey")).get("KeyId");
    }

    private static Object state(Kms kms, Object keyId) {
        return metadata(kms.call("DescribeKey", "KeyId", keyId)).get("KeyState");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> metadata(Map<String, Object> answer) {
        return (Map<String, Object>) answer.get("KeyMetadata");
    }

    private static int number(Map<String, Object> answer, String field) {
        return ((Number) answer.get(field)).intValue();
    }
}
