package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsEngine;
import java.time.Duration;
import java.util.Map;

class RotateSecretTest {
    private static final String NAME = "orders/db";

    @ConformanceTest
    @Proves({
        "RotateSecret/double/clone",
        "RotateSecret/double/swap",
        "RotateSecret/stages",
        "RotateSecret/dates",
        "RotateSecret/answer/Arn",
        "RotateSecret/answer/SecretName",
        "RotateSecret/answer/VersionId",
        "RotateSecret/answer/RequestId",
        "RdsSecrets/R65/rotate-now",
    })
    void doubleUsers_rotated_swapTheirRoles(Kms kms, KmsEmulator emulator) {
        createRdsSecret(kms, emulator, "DoubleUsers", "EnableAutomaticRotation", true, "RotationInterval", "7d");
        emulator.clock().advance(Duration.ofHours(1));
        Map<String, Object> rotated = rotate(kms, "v2");
        assertThat((String) rotated.remove("RequestId")).hasSize(36);
        assertThat(rotated)
                .isEqualTo(Map.of(
                        "Arn",
                        "acs:kms:" + emulator.region() + ":" + KmsEmulator.ACCOUNT_ID + ":secret/" + NAME,
                        "SecretName",
                        NAME,
                        "VersionId",
                        "v2"));
        Map<String, Object> current = kms.call("GetSecretValue", "SecretName", NAME);
        assertThat((String) current.get("SecretData")).startsWith("{\"AccountName\":\"orders_clone\",");
        assertThat(current)
                .containsEntry("VersionId", "v2")
                .containsEntry("LastRotationDate", "2026-01-01T01:00:00Z")
                .containsEntry("NextRotationDate", "2026-01-08T01:00:00Z");
        assertThat(kms.call("GetSecretValue", "SecretName", NAME, "VersionStage", "ACSPrevious"))
                .containsEntry("SecretData", "{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}");

        rotate(kms, "v3");
        assertThat((String) kms.call("GetSecretValue", "SecretName", NAME).get("SecretData"))
                .startsWith("{\"AccountName\":\"orders\",")
                .doesNotContain("First-pass-1");
        assertThat(kms.call("GetSecretValue", "SecretName", NAME, "VersionStage", "ACSPrevious"))
                .containsEntry("SecretData", current.get("SecretData"));
    }

    @ConformanceTest
    @Proves("RotateSecret/single/in-place")
    void singleUser_rotated_keepsItsAccount(Kms kms, KmsEmulator emulator) {
        createRdsSecret(kms, emulator, "SingleUser");
        rotate(kms, "v2");
        assertThat((String) kms.call("GetSecretValue", "SecretName", NAME).get("SecretData"))
                .startsWith("{\"AccountName\":\"orders\",")
                .doesNotContain("First-pass-1");
    }

    @ConformanceTest
    @Proves({"RotateSecret/VersionId/existing", "RotateSecret/VersionId/length", "RotateSecret/error/InvalidParameter"})
    void versionId_existingOrTooLong_changesNothing(Kms kms, KmsEmulator emulator) {
        createRdsSecret(kms, emulator, "DoubleUsers");
        rotate(kms, "v".repeat(64));
        Object data = kms.call("GetSecretValue", "SecretName", NAME).get("SecretData");
        rotate(kms, "v1");
        kms.assertInvalid("VersionId", "RotateSecret", "SecretName", NAME, "VersionId", "v".repeat(65));
        assertThat(kms.call("GetSecretValue", "SecretName", NAME)).containsEntry("SecretData", data);
    }

    @ConformanceTest
    @Proves({"RotateSecret/SecretName/required", "RotateSecret/VersionId/required"})
    void requiredParameter_missing_isNamed(Kms kms, KmsEmulator emulator) {
        createRdsSecret(kms, emulator, "DoubleUsers");
        kms.assertRequired("RotateSecret", "SecretName", NAME, "VersionId", "v2");
    }

    @ConformanceTest
    @Proves({"RotateSecret/type/generic", "RotateSecret/error/Forbidden.ResourceNotFound"})
    void genericOrUnknownSecret_isRefused(Kms kms) {
        kms.createSecret(kms.name("a"), "x");
        assertThat(kms.assertRefused(
                        400,
                        "Rejected.UnsupportedOperation",
                        "RotateSecret",
                        "SecretName",
                        kms.name("a"),
                        "VersionId",
                        "v2"))
                .hasMessageStartingWith("Unsupported operation");
        kms.assertRefused(
                404, "Forbidden.ResourceNotFound", "RotateSecret", "SecretName", kms.name("b"), "VersionId", "v2");
    }

    @ConformanceTest
    @Proves("RotateSecret/error/Rejected.ResourceInDeleteWindow")
    void scheduledSecret_isInItsDeleteWindow(Kms kms, KmsEmulator emulator) {
        createRdsSecret(kms, emulator, "DoubleUsers");
        kms.call("DeleteSecret", "SecretName", NAME);
        kms.assertRefused(
                409, "Rejected.ResourceInDeleteWindow", "RotateSecret", "SecretName", NAME, "VersionId", "v2");
    }

    @ConformanceTest
    @Proves("RotateSecret/failure")
    void failedRotation_leavesTheCurrentVersion(Kms kms, KmsEmulator emulator) {
        emulator.rds().add("rm-1", RdsEngine.POSTGRESQL);
        create(kms, "DoubleUsers");
        assertThat(kms.assertRefused(500, "InternalFailure", "RotateSecret", "SecretName", NAME, "VersionId", "v2"))
                .hasMessageContaining("\"orders\"");
        assertThat(kms.call("GetSecretValue", "SecretName", NAME)).containsEntry("VersionId", "v1");
    }

    @ConformanceTest
    @Proves("RotateSecret/SecretName/arn")
    void arn_inPlaceOfTheName_isAnsweredWithTheName(Kms kms, KmsEmulator emulator) {
        createRdsSecret(kms, emulator, "DoubleUsers");
        Object arn = kms.call("DescribeSecret", "SecretName", NAME).get("Arn");
        assertThat(kms.call("RotateSecret", "SecretName", arn, "VersionId", "v2"))
                .containsEntry("SecretName", NAME);
    }

    /** Makes {@code orders/db} on a database that has its account {@code orders}. */
    static void createRdsSecret(Kms kms, KmsEmulator emulator, String subType, Object... namesAndValues) {
        emulator.rds().add("rm-1", RdsEngine.POSTGRESQL).createAccount("orders", "First-pass-1");
        create(kms, subType, namesAndValues);
    }

    private static void create(Kms kms, String subType, Object... namesAndValues) {
        Object[] parameters = new Object[namesAndValues.length + 4];
        parameters[0] = "SecretType";
        parameters[1] = "Rds";
        parameters[2] = "ExtendedConfig";
        parameters[3] = "{\"SecretSubType\":\"" + subType + "\",\"DBInstanceId\":\"rm-1\"}";
        System.arraycopy(namesAndValues, 0, parameters, 4, namesAndValues.length);
        kms.createSecret(
                NAME, "{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}]}", parameters);
    }

    private static Map<String, Object> rotate(Kms kms, String versionId) {
        return kms.call("RotateSecret", "SecretName", NAME, "VersionId", versionId);
    }
}
