package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsEngine;
import java.util.List;
import java.util.Map;

class CreateSecretTest {
    private static final String RDS_DATA =
            "{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}]}";
    private static final String RDS_CONFIG = "{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"rm-1\"}";

    @ConformanceTest
    @Proves({
        "CreateSecret/answer/Arn",
        "CreateSecret/answer/SecretName",
        "CreateSecret/answer/VersionId",
        "CreateSecret/answer/SecretType",
        "CreateSecret/answer/RequestId",
        "CreateSecret/SecretType/default",
        "CreateSecret/SecretDataType/default",
        "CreateSecret/stage/first-version",
    })
    void genericSecret_created_hasOneCurrentVersion(Kms kms) {
        String name = kms.name("mail/smtp");
        Map<String, Object> created = kms.createSecret(name, "x");
        assertThat(created).containsOnlyKeys("Arn", "SecretName", "VersionId", "SecretType", "RequestId");
        assertThat((String) created.get("Arn")).matches("acs:kms:[a-z0-9-]+:\\d{16}:secret/" + name);
        assertThat(created)
                .containsEntry("SecretName", name)
                .containsEntry("VersionId", "v1")
                .containsEntry("SecretType", "Generic");
        assertThat((String) created.get("RequestId")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

        assertThat(kms.call("GetSecretValue", "SecretName", name))
                .containsEntry("SecretDataType", "text")
                .containsEntry("VersionStages", List.of("ACSCurrent"));
        kms.assertRefused(
                404, "Forbidden.ResourceNotFound", "GetSecretValue", "SecretName", name, "VersionStage", "ACSPrevious");
    }

    @ConformanceTest
    @Proves({
        "CreateSecret/SecretName/required",
        "CreateSecret/VersionId/required",
        "CreateSecret/SecretData/required",
    })
    void requiredParameter_missing_isNamed(Kms kms) {
        for (String missing : List.of("SecretName", "VersionId", "SecretData")) {
            assertThat(kms.assertRefused(
                            400,
                            "MissingParameter",
                            "CreateSecret",
                            Kms.without(missing, "SecretName", kms.name("a"), "VersionId", "v1", "SecretData", "x")))
                    .hasMessageContaining("\"" + missing + "\"");
        }
    }

    @ConformanceTest
    @Proves({
        "CreateSecret/SecretName/length",
        "CreateSecret/SecretName/characters",
        "CreateSecret/SecretName/prefix",
        "CreateSecret/error/InvalidParameter",
    })
    void secretName_outsideItsRule_isRefused(Kms kms) {
        kms.createSecret("n".repeat(192 - kms.name("").length()) + kms.name(""), "x");
        kms.createSecret(kms.name("Az09_/+=.@-"), "x");
        for (String bad : List.of("n".repeat(193), "no spaces", "a:b", "a*b", "名", "a\n", "acs/a")) {
            kms.assertInvalid("SecretName", "CreateSecret", "SecretName", bad, "VersionId", "v1", "SecretData", "x");
        }
    }

    @ConformanceTest
    @Proves("CreateSecret/VersionId/length")
    void versionId_of65Characters_isRefused(Kms kms) {
        kms.call("CreateSecret", "SecretName", kms.name("a"), "VersionId", "v".repeat(64), "SecretData", "x");
        kms.assertInvalid(
                "VersionId",
                "CreateSecret",
                "SecretName",
                kms.name("b"),
                "VersionId",
                "v".repeat(65),
                "SecretData",
                "x");
    }

    @ConformanceTest
    @Proves({"CreateSecret/SecretData/size", "Wire/transport/long-query"})
    void secretData_of30721Bytes_isRefused(Kms kms) {
        String largest = "密".repeat(10_240);
        kms.createSecret(kms.name("a"), largest);
        assertThat(kms.call("GetSecretValue", "SecretName", kms.name("a"))).containsEntry("SecretData", largest);
        kms.assertInvalid(
                "SecretData",
                "CreateSecret",
                "SecretName",
                kms.name("b"),
                "VersionId",
                "v1",
                "SecretData",
                largest + "x");
    }

    @ConformanceTest
    @Proves({
        "CreateSecret/SecretData/verbatim",
        "Wire/answer/json-escapes",
        "Wire/answer/xml-line-ends",
    })
    void secretData_ofAnyText_comesBackAsItWas(Kms kms) {
        String value = "PEM line 1\r\nline 2\n\ttab <tag> & ' \" \\ = 密码 𠮷🔑 +*~% \\u003c";
        kms.createSecret(kms.name("a"), value);
        assertThat(kms.call("GetSecretValue", "SecretName", kms.name("a"))).containsEntry("SecretData", value);
    }

    @ConformanceTest
    @Proves({"CreateSecret/SecretName/taken", "CreateSecret/error/Rejected.ResourceExist"})
    void secretName_taken_isRefused(Kms kms) {
        kms.createSecret(kms.name("a"), "first");
        kms.assertRefused(
                409,
                "Rejected.ResourceExist",
                "CreateSecret",
                "SecretName",
                kms.name("a"),
                "VersionId",
                "v1",
                "SecretData",
                "second");
        assertThat(kms.call("GetSecretValue", "SecretName", kms.name("a"))).containsEntry("SecretData", "first");
    }

    @ConformanceTest
    @Proves({
        "CreateSecret/answer/AutomaticRotation",
        "CreateSecret/answer/RotationInterval",
        "CreateSecret/answer/NextRotationDate",
        "CreateSecret/answer/ExtendedConfig",
    })
    void rdsSecret_created_saysHowItRotates(Kms kms, KmsEmulator emulator) {
        emulator.rds().add("rm-1", RdsEngine.POSTGRESQL).createAccount("orders", "First-pass-1");
        Map<String, Object> created = kms.createSecret(
                "orders/db",
                RDS_DATA,
                "SecretType",
                "Rds",
                "ExtendedConfig",
                RDS_CONFIG,
                "EnableAutomaticRotation",
                true,
                "RotationInterval",
                "7d");
        assertThat(created)
                .containsEntry("SecretType", "Rds")
                .containsEntry("AutomaticRotation", "Enabled")
                .containsEntry("RotationInterval", "604800s")
                .containsEntry("NextRotationDate", "2026-01-08T00:00:00Z")
                .containsEntry(
                        "ExtendedConfig",
                        "{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"rm-1\",\"CustomData\":{}}");
    }
}
