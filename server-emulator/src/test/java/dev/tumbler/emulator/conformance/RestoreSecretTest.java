package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsEngine;
import java.time.Duration;
import java.util.Map;

class RestoreSecretTest {
    @ConformanceTest
    @Proves({
        "RestoreSecret/SecretName/required",
        "RestoreSecret/error/InvalidParameter",
        "RestoreSecret/error/Forbidden.ResourceNotFound",
    })
    void secretName_missingBrokenOrUnknown_isRefused(Kms kms) {
        kms.assertRefused(400, "MissingParameter", "RestoreSecret");
        kms.assertInvalid("SecretName", "RestoreSecret", "SecretName", "acs:kms:nothing");
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "RestoreSecret", "SecretName", kms.name("nobody"));
    }

    @ConformanceTest
    @Proves({
        "RestoreSecret/SecretName/arn",
        "RestoreSecret/answer/SecretName",
        "RestoreSecret/answer/RequestId",
        "RestoreSecret/restores",
        "RdsSecrets/R73/taken-back",
    })
    void scheduledSecret_restored_isAsBefore(Kms kms) {
        String name = kms.name("a/b");
        Object arn = kms.createSecret(name, "x").get("Arn");
        kms.call("PutSecretValue", "SecretName", name, "VersionId", "v2", "SecretData", "y");
        Object versions = kms.call("ListSecretVersionIds", "SecretName", name).get("VersionIds");
        kms.call("DeleteSecret", "SecretName", name, "RecoveryWindowInDays", "7");
        Map<String, Object> restored = kms.call("RestoreSecret", "SecretName", arn);
        assertThat(restored).containsOnlyKeys("SecretName", "RequestId").containsEntry("SecretName", name);
        assertThat(kms.call("DescribeSecret", "SecretName", name)).doesNotContainKey("PlannedDeleteTime");
        assertThat(kms.call("GetSecretValue", "SecretName", name))
                .containsEntry("SecretData", "y")
                .containsEntry("VersionId", "v2");
        assertThat(kms.call("ListSecretVersionIds", "SecretName", name)).containsEntry("VersionIds", versions);
    }

    @ConformanceTest
    @Proves("RestoreSecret/error/Rejected.ResourceInUse")
    void liveSecret_restored_isRefused(Kms kms) {
        kms.createSecret(kms.name("a"), "x");
        assertThat(kms.assertRefused(409, "Rejected.ResourceInUse", "RestoreSecret", "SecretName", kms.name("a")))
                .hasMessageContaining("restore normal secret");
    }

    @ConformanceTest
    @Proves({"RestoreSecret/forced", "RdsSecrets/R74/at-once"})
    void forcedDeletion_cannotBeTakenBack(Kms kms) {
        kms.createSecret(kms.name("a"), "x");
        kms.call("DeleteSecret", "SecretName", kms.name("a"), "ForceDeleteWithoutRecovery", "true");
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "RestoreSecret", "SecretName", kms.name("a"));
    }

    @ConformanceTest
    @Proves("RestoreSecret/window")
    void endOfTheWindow_isTooLate(Kms kms, KmsEmulator emulator) {
        kms.createSecret("a", "x");
        kms.createSecret("b", "x");
        kms.call("DeleteSecret", "SecretName", "a", "RecoveryWindowInDays", "7");
        kms.call("DeleteSecret", "SecretName", "b", "RecoveryWindowInDays", "7");
        emulator.clock().advance(Duration.ofDays(7).minusSeconds(1));
        kms.call("RestoreSecret", "SecretName", "a");
        emulator.clock().advance(Duration.ofSeconds(1));
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "RestoreSecret", "SecretName", "b");
        kms.call("GetSecretValue", "SecretName", "a");
    }

    @ConformanceTest
    @Proves("RestoreSecret/overdue-rotation")
    void rotationThatFellDueInTheWindow_isMadeUpFor(Kms kms, KmsEmulator emulator) {
        emulator.rds().add("rm-1", RdsEngine.POSTGRESQL).createAccount("orders", "First-pass-1");
        kms.createSecret(
                "db",
                Rds.DATA,
                "SecretType",
                "Rds",
                "ExtendedConfig",
                Rds.CONFIG,
                "EnableAutomaticRotation",
                true,
                "RotationInterval",
                "7d");
        kms.call("DeleteSecret", "SecretName", "db");
        emulator.clock().advance(Duration.ofDays(20));
        kms.call("RestoreSecret", "SecretName", "db");
        assertThat(kms.call("GetSecretValue", "SecretName", "db"))
                .containsEntry("LastRotationDate", "2026-01-21T00:00:00Z")
                .containsEntry("NextRotationDate", "2026-01-28T00:00:00Z");
    }
}
