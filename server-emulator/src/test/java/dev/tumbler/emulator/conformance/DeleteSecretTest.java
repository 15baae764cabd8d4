package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import java.time.Duration;
import java.util.Map;

class DeleteSecretTest {
    @ConformanceTest
    @Proves({
        "DeleteSecret/ForceDeleteWithoutRecovery/default",
        "DeleteSecret/RecoveryWindowInDays/default",
        "DeleteSecret/purge",
        "DeleteSecret/answer/SecretName",
        "DeleteSecret/answer/PlannedDeleteTime",
        "DeleteSecret/answer/RequestId",
        "CreateSecret/SecretName/in-delete-window",
        "CreateSecret/error/Rejected.ResourceInDeleteWindow",
        "RdsSecrets/R72/deleted-at-the-end",
    })
    void secret_deleted_isGoneAfter30Days(Kms kms, KmsEmulator emulator) {
        kms.createSecret("a", "x");
        Map<String, Object> deleted = kms.call("DeleteSecret", "SecretName", "a");
        assertThat((String) deleted.remove("RequestId")).hasSize(36);
        assertThat(deleted).isEqualTo(Map.of("SecretName", "a", "PlannedDeleteTime", "2026-01-31T00:00:00Z"));

        emulator.clock().advance(Duration.ofDays(30).minusSeconds(1));
        kms.assertRefused(
                409,
                "Rejected.ResourceInDeleteWindow",
                "CreateSecret",
                "SecretName",
                "a",
                "VersionId",
                "v1",
                "SecretData",
                "y");
        emulator.clock().advance(Duration.ofSeconds(1));
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "DescribeSecret", "SecretName", "a");
        kms.createSecret("a", "y");
    }

    @ConformanceTest
    @Proves({"DeleteSecret/ForceDeleteWithoutRecovery/true", "RdsSecrets/R74/at-once"})
    void secret_forced_isGoneAtOnce(Kms kms) {
        String name = kms.name("a");
        kms.createSecret(name, "x");
        kms.call("DeleteSecret", "SecretName", name, "ForceDeleteWithoutRecovery", "true");
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "GetSecretValue", "SecretName", name);
        kms.createSecret(name, "y");
        assertThat(kms.call("GetSecretValue", "SecretName", name)).containsEntry("SecretData", "y");
    }

    @ConformanceTest
    @Proves({
        "DeleteSecret/RecoveryWindowInDays/range",
        "DeleteSecret/error/InvalidParameter",
        "RdsSecrets/R71/deletion-window",
    })
    void recoveryWindow_outsideItsRange_isRefused(Kms kms) {
        kms.createSecret("a", "x");
        kms.createSecret("b", "x");
        kms.assertInvalid("RecoveryWindowInDays", "DeleteSecret", "SecretName", "a", "RecoveryWindowInDays", "6");
        kms.assertInvalid("RecoveryWindowInDays", "DeleteSecret", "SecretName", "a", "RecoveryWindowInDays", "31");
        assertThat(kms.call("DeleteSecret", "SecretName", "a", "RecoveryWindowInDays", "7"))
                .containsEntry("PlannedDeleteTime", "2026-01-08T00:00:00Z");
        assertThat(kms.call("DeleteSecret", "SecretName", "b", "RecoveryWindowInDays", "30"))
                .containsEntry("PlannedDeleteTime", "2026-01-31T00:00:00Z");
    }

    @ConformanceTest
    @Proves("DeleteSecret/ForceDeleteWithoutRecovery/with-window")
    void forced_withAWindow_isRefused(Kms kms) {
        String name = kms.name("a");
        kms.createSecret(name, "x");
        kms.assertInvalid(
                "RecoveryWindowInDays",
                "DeleteSecret",
                "SecretName",
                name,
                "ForceDeleteWithoutRecovery",
                "true",
                "RecoveryWindowInDays",
                "7");
        assertThat(kms.call("GetSecretValue", "SecretName", name)).containsEntry("SecretData", "x");
    }

    @ConformanceTest
    @Proves({"DeleteSecret/error/Rejected.ResourceInDeleteWindow", "DeleteSecret/force-in-window"})
    void scheduledSecret_isRefusedUnlessForced(Kms kms) {
        kms.createSecret("a", "x");
        kms.call("DeleteSecret", "SecretName", "a");
        assertThat(kms.assertRefused(409, "Rejected.ResourceInDeleteWindow", "DeleteSecret", "SecretName", "a"))
                .hasMessageStartingWith("secret in delete peroid");
        kms.call("DeleteSecret", "SecretName", "a", "ForceDeleteWithoutRecovery", "true");
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "DescribeSecret", "SecretName", "a");
    }

    @ConformanceTest
    @Proves("DeleteSecret/error/Forbidden.ResourceNotFound")
    void unknownSecret_isNotFound(Kms kms) {
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "DeleteSecret", "SecretName", kms.name("nobody"));
    }

    @ConformanceTest
    @Proves("DeleteSecret/SecretName/required")
    void secretName_missing_isNamed(Kms kms) {
        kms.assertRequired("DeleteSecret", "SecretName", "a");
    }

    @ConformanceTest
    @Proves("DeleteSecret/SecretName/arn")
    void arn_inPlaceOfTheName_isAnsweredWithTheName(Kms kms) {
        Object arn = kms.createSecret(kms.name("a/b"), "x").get("Arn");
        assertThat(kms.call("DeleteSecret", "SecretName", arn, "ForceDeleteWithoutRecovery", "true"))
                .containsEntry("SecretName", kms.name("a/b"));
    }
}
