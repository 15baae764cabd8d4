package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.key.KmsInstance;
import java.time.Duration;
import java.util.Map;

/** The key and the KMS instance of a secret. */
class SecretKeyTest {
    @ConformanceTest
    @Proves({
        "CreateSecret/EncryptionKeyId/stored",
        "CreateSecret/EncryptionKeyId/unknown",
        "CreateSecret/EncryptionKeyId/state",
        "CreateSecret/EncryptionKeyId/usage",
        "DescribeSecret/answer/EncryptionKeyId",
        "RdsSecrets/R37/symmetric-key",
    })
    void encryptionKey_ofASecret_isSymmetricEnabledAndShown(Kms kms) {
        Map<String, Object> key = metadata(kms.call("CreateKey"));
        kms.createSecret("default", "x");
        assertThat(kms.call("DescribeSecret", "SecretName", "default")).doesNotContainKey("EncryptionKeyId");
        for (String by : new String[] {"KeyId", "Arn"}) {
            kms.createSecret("by" + by, "x", "EncryptionKeyId", key.get(by));
            assertThat(kms.call("DescribeSecret", "SecretName", "by" + by))
                    .containsEntry("EncryptionKeyId", key.get("KeyId"));
        }
        assertRefused(kms, 404, "Forbidden.KeyNotFound", "unknown");
        Object rsa = metadata(kms.call("CreateKey", "KeySpec", "RSA_2048")).get("KeyId");
        assertRefused(kms, 400, "InvalidParameter", rsa);
        kms.call("DisableKey", "KeyId", key.get("KeyId"));
        assertRefused(kms, 409, "Rejected.Disabled", key.get("KeyId"));
        kms.call("ScheduleKeyDeletion", "KeyId", key.get("KeyId"), "PendingWindowInDays", 7);
        assertRefused(kms, 409, "Rejected.PendingDeletion", key.get("KeyId"));
        Object external = metadata(kms.call("CreateKey", "Origin", "EXTERNAL")).get("KeyId");
        assertRefused(kms, 409, "Rejected.PendingImport", external);
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "DescribeSecret", "SecretName", "refused");
    }

    @ConformanceTest
    @Proves({
        "CreateSecret/DKMSInstanceId/stored",
        "CreateSecret/DKMSInstanceId/key-of-same-instance",
        "CreateSecret/DKMSInstanceId/unknown",
        "CreateSecret/DKMSInstanceId/needs-key",
        "CreateSecret/answer/DKMSInstanceId",
        "DescribeSecret/answer/DKMSInstanceId",
        "RdsSecrets/R38/key-of-instance",
    })
    void kmsInstance_ofASecret_isThatOfItsKey(Kms kms, KmsEmulator emulator) {
        emulator.kmsInstances().add("kst-1");
        emulator.kmsInstances().add("kst-2");
        Object free = metadata(kms.call("CreateKey")).get("KeyId");
        Object key = metadata(kms.call("CreateKey", "DKMSInstanceId", "kst-1")).get("KeyId");
        assertThat(kms.createSecret("a", "x", "EncryptionKeyId", key, "DKMSInstanceId", "kst-1"))
                .containsEntry("DKMSInstanceId", "kst-1");
        assertThat(kms.call("DescribeSecret", "SecretName", "a"))
                .containsEntry("DKMSInstanceId", "kst-1")
                .containsEntry("EncryptionKeyId", key);

        assertRefused(kms, 400, "InvalidParameter", key);
        assertRefused(kms, 400, "InvalidParameter", key, "DKMSInstanceId", "kst-2");
        assertRefused(kms, 400, "InvalidParameter", free, "DKMSInstanceId", "kst-1");
        assertRefused(kms, 403, "Forbidden.DKMSInstanceNotFound", free, "DKMSInstanceId", "kst-3");
        assertRefused(kms, 400, "MissingParameter", "", "DKMSInstanceId", "kst-1");
    }

    @ConformanceTest
    @Proves({"CreateSecret/error/Rejected.LimitExceeded", "GetKmsInstance/answer/quotas"})
    void secret_beyondTheQuotaOfItsKmsInstance_isRefused(Kms kms, KmsEmulator emulator) {
        emulator.kmsInstances().add("kst-1", "cn-hangzhou", new KmsInstance.Quota(1, 2));
        Object key = metadata(kms.call("CreateKey", "DKMSInstanceId", "kst-1")).get("KeyId");
        Object[] ofInstance = {"EncryptionKeyId", key, "DKMSInstanceId", "kst-1"};
        kms.createSecret("a", "x", ofInstance);
        kms.createSecret("b", "x", ofInstance);
        assertRefused(kms, 400, "Rejected.LimitExceeded", key, "DKMSInstanceId", "kst-1");
        kms.createSecret("c", "x");

        kms.call("DeleteSecret", "SecretName", "a");
        assertRefused(kms, 400, "Rejected.LimitExceeded", key, "DKMSInstanceId", "kst-1");
        kms.call("DeleteSecret", "SecretName", "b", "ForceDeleteWithoutRecovery", "true");
        kms.createSecret("d", "x", ofInstance);
    }

    @ConformanceTest
    @Proves({
        "GetSecretValue/key/disabled",
        "GetSecretValue/key/deleted",
        "PutSecretValue/key/disabled",
        "DescribeSecret/key/disabled",
    })
    void encryptionKey_takenAway_takesTheValuesAndNotTheMetadata(Kms kms, KmsEmulator emulator) {
        Object key = metadata(kms.call("CreateKey")).get("KeyId");
        kms.createSecret("a", "x", "EncryptionKeyId", key);
        kms.call("DisableKey", "KeyId", key);
        kms.assertRefused(409, "Rejected.Disabled", "GetSecretValue", "SecretName", "a");
        kms.assertRefused(
                409, "Rejected.Disabled", "PutSecretValue", "SecretName", "a", "VersionId", "v2", "SecretData", "y");
        assertThat(kms.call("DescribeSecret", "SecretName", "a")).containsEntry("EncryptionKeyId", key);
        kms.call("EnableKey", "KeyId", key);
        assertThat(kms.call("GetSecretValue", "SecretName", "a")).containsEntry("SecretData", "x");

        kms.call("ScheduleKeyDeletion", "KeyId", key, "PendingWindowInDays", 7);
        kms.assertRefused(409, "Rejected.PendingDeletion", "GetSecretValue", "SecretName", "a");
        emulator.clock().advance(Duration.ofDays(7));
        kms.assertRefused(404, "Forbidden.KeyNotFound", "GetSecretValue", "SecretName", "a");
    }

    private static void assertRefused(Kms kms, int status, String code, Object keyId, Object... more) {
        Object[] parameters = new Object[8 + more.length];
        Object[] fixed = {"SecretName", "refused", "VersionId", "v1", "SecretData", "x", "EncryptionKeyId", keyId};
        System.arraycopy(fixed, 0, parameters, 0, fixed.length);
        System.arraycopy(more, 0, parameters, fixed.length, more.length);
        kms.assertRefused(status, code, "CreateSecret", parameters);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> metadata(Map<String, Object> answer) {
        return (Map<String, Object>) answer.get("KeyMetadata");
    }
}
