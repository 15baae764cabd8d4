package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class GetSecretValueTest {
    @ConformanceTest
    @Proves({
        "GetSecretValue/VersionStage/default",
        "GetSecretValue/answer/SecretName",
        "GetSecretValue/answer/SecretType",
        "GetSecretValue/answer/SecretData",
        "GetSecretValue/answer/SecretDataType",
        "GetSecretValue/answer/VersionId",
        "GetSecretValue/answer/VersionStages",
        "GetSecretValue/answer/CreateTime",
        "GetSecretValue/answer/RequestId",
        "GetSecretValue/FetchExtendedConfig/generic",
    })
    void genericSecret_read_hasItsFields(Kms kms, KmsEmulator emulator) {
        kms.createSecret("mail/smtp", "p4ss");
        emulator.clock().advance(Duration.ofHours(1));
        kms.call("PutSecretValue", "SecretName", "mail/smtp", "VersionId", "v2", "SecretData", "second");
        Map<String, Object> read = kms.call("GetSecretValue", "SecretName", "mail/smtp", "FetchExtendedConfig", true);
        assertThat((String) read.remove("RequestId")).hasSize(36);
        assertThat(read)
                .isEqualTo(Map.of(
                        "SecretName", "mail/smtp",
                        "SecretType", "Generic",
                        "SecretData", "second",
                        "SecretDataType", "text",
                        "VersionId", "v2",
                        "VersionStages", List.of("ACSCurrent"),
                        "CreateTime", "2026-01-01T00:00:00Z"));
    }

    @ConformanceTest
    @Proves({
        "GetSecretValue/VersionStage/given",
        "GetSecretValue/VersionStage/empty",
        "GetSecretValue/VersionStage/unknown",
        "GetSecretValue/VersionStage/previous-of-first",
        "Wire/transport/empty-parameter",
        "Wire/signature/v1-empty",
    })
    void versionStage_choosesTheVersion(Kms kms) {
        String name = kms.name("a");
        kms.createSecret(name, "first");
        kms.assertRefused(
                404, "Forbidden.ResourceNotFound", "GetSecretValue", "SecretName", name, "VersionStage", "ACSPrevious");
        kms.call("PutSecretValue", "SecretName", name, "VersionId", "v2", "SecretData", "second");
        assertThat(kms.call("GetSecretValue", "SecretName", name, "VersionStage", "ACSPrevious"))
                .containsEntry("VersionId", "v1");
        assertThat(kms.call("GetSecretValue", "SecretName", name, "VersionStage", ""))
                .containsEntry("VersionId", "v2");
        kms.assertRefused(
                404, "Forbidden.ResourceNotFound", "GetSecretValue", "SecretName", name, "VersionStage", "Green");
    }

    @ConformanceTest
    @Proves({
        "GetSecretValue/VersionId/given",
        "GetSecretValue/VersionId/unknown",
        "GetSecretValue/VersionId/and-stage",
    })
    void versionId_choosesTheVersion(Kms kms) {
        String name = kms.name("a");
        kms.createSecret(name, "first");
        for (String version : List.of("v2", "v3")) {
            kms.call("PutSecretValue", "SecretName", name, "VersionId", version, "SecretData", version);
        }
        assertThat(kms.call("GetSecretValue", "SecretName", name, "VersionId", "v1"))
                .containsEntry("SecretData", "first")
                .doesNotContainKey("VersionStages");
        assertThat(kms.call("GetSecretValue", "SecretName", name, "VersionId", "v3", "VersionStage", "ACSCurrent"))
                .containsEntry("VersionId", "v3");
        kms.assertRefused(
                404,
                "Forbidden.ResourceNotFound",
                "GetSecretValue",
                "SecretName",
                name,
                "VersionId",
                "v1",
                "VersionStage",
                "ACSCurrent");
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "GetSecretValue", "SecretName", name, "VersionId", "v9");
    }

    @ConformanceTest
    @Proves({
        "GetSecretValue/FetchExtendedConfig/false",
        "GetSecretValue/FetchExtendedConfig/true",
        "GetSecretValue/VersionId/managed",
        "GetSecretValue/answer/SecretData-rds",
        "GetSecretValue/answer/AutomaticRotation",
        "GetSecretValue/answer/RotationInterval",
        "GetSecretValue/answer/NextRotationDate",
        "GetSecretValue/answer/LastRotationDate",
    })
    void rdsSecret_read_saysHowItRotates(Kms kms, KmsEmulator emulator) {
        RotateSecretTest.createRdsSecret(
                kms, emulator, "DoubleUsers", "EnableAutomaticRotation", true, "RotationInterval", "7d");
        Map<String, Object> read = kms.call("GetSecretValue", "SecretName", "orders/db", "VersionId", "ignored");
        assertThat(read)
                .containsEntry("SecretData", "{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}")
                .containsEntry("AutomaticRotation", "Enabled")
                .containsEntry("RotationInterval", "604800s")
                .containsEntry("NextRotationDate", "2026-01-08T00:00:00Z")
                .doesNotContainKeys("LastRotationDate", "ExtendedConfig");
        emulator.clock().advance(Duration.ofDays(7));
        assertThat(kms.call("GetSecretValue", "SecretName", "orders/db", "FetchExtendedConfig", true))
                .containsEntry("LastRotationDate", "2026-01-08T00:00:00Z")
                .containsEntry("NextRotationDate", "2026-01-15T00:00:00Z")
                .containsEntry(
                        "ExtendedConfig",
                        "{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"rm-1\",\"CustomData\":{}}");
    }

    @ConformanceTest
    @Proves({"GetSecretValue/SecretName/required"})
    void secretName_missing_isNamed(Kms kms) {
        kms.assertRequired("GetSecretValue", "SecretName", "a");
    }

    @ConformanceTest
    @Proves("GetSecretValue/DryRun/would-pass")
    void dryRun_thatWouldPass_fails(Kms kms) {
        kms.createSecret(kms.name("a"), "x");
        kms.assertRefused(400, "DryRunOperationError", "GetSecretValue", "SecretName", kms.name("a"), "DryRun", "true");
        assertThat(kms.call("GetSecretValue", "SecretName", kms.name("a"), "DryRun", "false"))
                .containsEntry("SecretData", "x");
    }

    @ConformanceTest
    @Proves("GetSecretValue/error/Forbidden.ResourceNotFound")
    void unknownSecret_isNotFound(Kms kms) {
        assertThat(kms.assertRefused(
                        404, "Forbidden.ResourceNotFound", "GetSecretValue", "SecretName", kms.name("nobody")))
                .hasMessageStartingWith("Resource not found");
    }

    @ConformanceTest
    @Proves("GetSecretValue/error/Rejected.ResourceInDeleteWindow")
    void scheduledSecret_isInItsDeleteWindow(Kms kms) {
        kms.createSecret("a", "x");
        kms.call("DeleteSecret", "SecretName", "a");
        assertThat(kms.assertRefused(409, "Rejected.ResourceInDeleteWindow", "GetSecretValue", "SecretName", "a"))
                .hasMessageStartingWith("secret in delete peroid");
    }

    @ConformanceTest
    @Proves("GetSecretValue/SecretName/arn")
    void arn_inPlaceOfTheName_isAnsweredWithTheName(Kms kms) {
        Object arn = kms.createSecret(kms.name("a/b"), "x").get("Arn");
        assertThat(kms.call("GetSecretValue", "SecretName", arn)).containsEntry("SecretName", kms.name("a/b"));
    }

    @ConformanceTest
    @Proves("GetSecretValue/VersionStage/managed")
    void customStage_ofAManagedSecret_isRefused(Kms kms, KmsEmulator emulator) {
        RotateSecretTest.createRdsSecret(kms, emulator, "DoubleUsers");
        kms.assertInvalid("VersionStage", "GetSecretValue", "SecretName", "orders/db", "VersionStage", "Blue");
    }

    @ConformanceTest
    @Proves("GetSecretValue/DryRun/invalid")
    void dryRun_withABadParameter_fails(Kms kms) {
        kms.assertRefused(400, "ValidationError", "GetSecretValue", "SecretName", "", "DryRun", "true");
    }
}
