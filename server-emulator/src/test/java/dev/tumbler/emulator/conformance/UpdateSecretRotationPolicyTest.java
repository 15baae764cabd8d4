package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsEngine;
import java.time.Duration;
import java.util.List;

class UpdateSecretRotationPolicyTest {
    private static final String ACTION = "UpdateSecretRotationPolicy";

    @ConformanceTest
    @Proves({
        "UpdateSecretRotationPolicy/SecretName/required",
        "UpdateSecretRotationPolicy/EnableAutomaticRotation/required",
        "UpdateSecretRotationPolicy/RotationInterval/required",
        "UpdateSecretRotationPolicy/RotationInterval/form",
        "UpdateSecretRotationPolicy/RotationInterval/range",
        "UpdateSecretRotationPolicy/error/InvalidParameter",
        "RdsSecrets/R64/change-period",
    })
    void parameter_missingOrOutsideItsRule_isRefused(Kms kms, KmsEmulator emulator) {
        secret(kms, emulator);
        kms.assertRefused(400, "MissingParameter", ACTION, "EnableAutomaticRotation", true, "RotationInterval", "7d");
        kms.assertRefused(400, "MissingParameter", ACTION, "SecretName", "db", "RotationInterval", "7d");
        kms.assertRefused(400, "MissingParameter", ACTION, "SecretName", "db", "EnableAutomaticRotation", true);
        for (String bad : List.of("7", "7w", "d7", "7 d", "-7d", "21599s", "5h", "31536001s", "366d", "0s")) {
            kms.assertInvalid(
                    "RotationInterval",
                    ACTION,
                    "SecretName",
                    "db",
                    "EnableAutomaticRotation",
                    true,
                    "RotationInterval",
                    bad);
        }
        for (String good : List.of("21600s", "360m", "6h", "365d", "31536000s")) {
            kms.call(ACTION, "SecretName", "db", "EnableAutomaticRotation", true, "RotationInterval", good);
        }
    }

    @ConformanceTest
    @Proves({
        "UpdateSecretRotationPolicy/SecretName/arn",
        "UpdateSecretRotationPolicy/answer/SecretName",
        "UpdateSecretRotationPolicy/answer/RequestId",
        "UpdateSecretRotationPolicy/first-rotation",
        "UpdateSecretRotationPolicy/UpdateTime",
        "RdsSecrets/R64/change-period",
    })
    void enabled_rotatesAnIntervalAfterTheCreation(Kms kms, KmsEmulator emulator) {
        secret(kms, emulator);
        emulator.clock().advance(Duration.ofDays(1));
        assertThat(kms.call(
                        ACTION,
                        "SecretName",
                        "acs:kms:cn-hangzhou:" + KmsEmulator.ACCOUNT_ID + ":secret/db",
                        "EnableAutomaticRotation",
                        true,
                        "RotationInterval",
                        "7d"))
                .containsOnlyKeys("SecretName", "RequestId")
                .containsEntry("SecretName", "db");
        assertThat(kms.call("DescribeSecret", "SecretName", "db"))
                .containsEntry("AutomaticRotation", "Enabled")
                .containsEntry("RotationInterval", "604800s")
                .containsEntry("NextRotationDate", "2026-01-08T00:00:00Z")
                .containsEntry("UpdateTime", "2026-01-02T00:00:00Z")
                .doesNotContainKey("LastRotationDate");
        emulator.clock().advance(Duration.ofDays(6));
        assertThat(kms.call("DescribeSecret", "SecretName", "db"))
                .containsEntry("LastRotationDate", "2026-01-08T00:00:00Z");
    }

    @ConformanceTest
    @Proves("UpdateSecretRotationPolicy/overdue")
    void enabled_overdue_rotatesAtOnce(Kms kms, KmsEmulator emulator) {
        secret(kms, emulator);
        emulator.clock().advance(Duration.ofDays(10));
        kms.call(ACTION, "SecretName", "db", "EnableAutomaticRotation", true, "RotationInterval", "7d");
        assertThat(kms.call("GetSecretValue", "SecretName", "db"))
                .containsEntry("LastRotationDate", "2026-01-11T00:00:00Z")
                .containsEntry("NextRotationDate", "2026-01-18T00:00:00Z");
    }

    @ConformanceTest
    @Proves({
        "UpdateSecretRotationPolicy/EnableAutomaticRotation/false",
        "UpdateSecretRotationPolicy/RotationInterval/ignored",
    })
    void disabled_ignoresTheInterval_andRotatesNoMore(Kms kms, KmsEmulator emulator) {
        secret(kms, emulator);
        kms.call(ACTION, "SecretName", "db", "EnableAutomaticRotation", true, "RotationInterval", "7d");
        kms.call(ACTION, "SecretName", "db", "EnableAutomaticRotation", false, "RotationInterval", "whatever");
        emulator.clock().advance(Duration.ofDays(30));
        assertThat(kms.call("DescribeSecret", "SecretName", "db"))
                .containsEntry("AutomaticRotation", "Disabled")
                .doesNotContainKeys("RotationInterval", "NextRotationDate", "LastRotationDate");
    }

    @ConformanceTest
    @Proves("UpdateSecretRotationPolicy/invalid")
    void invalid_setAgain_isEnabled(Kms kms, KmsEmulator emulator) {
        secret(kms, emulator);
        emulator.rds().remove("rm-1");
        kms.call(ACTION, "SecretName", "db", "EnableAutomaticRotation", true, "RotationInterval", "7d");
        emulator.clock().advance(Duration.ofDays(7));
        assertThat(kms.call("DescribeSecret", "SecretName", "db"))
                .containsEntry("AutomaticRotation", "Invalid")
                .containsEntry("RotationInterval", "604800s");
        emulator.rds().add("rm-1", RdsEngine.POSTGRESQL).createAccount("orders", "First-pass-1");
        kms.call(ACTION, "SecretName", "db", "EnableAutomaticRotation", true, "RotationInterval", "7d");
        assertThat(kms.call("DescribeSecret", "SecretName", "db"))
                .containsEntry("AutomaticRotation", "Enabled")
                .containsEntry("LastRotationDate", "2026-01-08T00:00:00Z");
    }

    @ConformanceTest
    @Proves({
        "UpdateSecretRotationPolicy/type/generic",
        "UpdateSecretRotationPolicy/type/not-emulated",
        "UpdateSecretRotationPolicy/error/Forbidden.ResourceNotFound",
        "UpdateSecretRotationPolicy/error/Rejected.ResourceInDeleteWindow",
    })
    void secret_unknownGenericOrScheduled_isRefused(Kms kms, KmsEmulator emulator) {
        Object[] weekly = {"SecretName", "db", "EnableAutomaticRotation", true, "RotationInterval", "7d"};
        kms.assertRefused(404, "Forbidden.ResourceNotFound", ACTION, weekly);
        secret(kms, emulator);
        kms.call("DeleteSecret", "SecretName", "db");
        kms.assertRefused(409, "Rejected.ResourceInDeleteWindow", ACTION, weekly);
        kms.createSecret("a", "x");
        weekly[1] = "a";
        kms.assertRefused(400, "Rejected.UnsupportedOperation", ACTION, weekly);
        kms.createSecret(
                "acs/ecs/a",
                "{\"UserName\":\"root\",\"Password\":\"x\"}",
                "SecretType",
                "ECS",
                "ExtendedConfig",
                "{\"SecretSubType\":\"Password\",\"RegionId\":\"cn-hangzhou\",\"InstanceId\":\"i-1\"}");
        weekly[1] = "acs/ecs/a";
        assertThat(kms.assertRefused(400, "Rejected.UnsupportedOperation", ACTION, weekly))
                .hasMessageContaining("ECS secrets is not emulated yet");
    }

    private static void secret(Kms kms, KmsEmulator emulator) {
        emulator.rds().add("rm-1", RdsEngine.POSTGRESQL).createAccount("orders", "First-pass-1");
        Rds.create(kms, "db");
    }
}
