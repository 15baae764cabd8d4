package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class DescribeSecretTest {
    @ConformanceTest
    @Proves({
        "DescribeSecret/answer/Arn",
        "DescribeSecret/answer/SecretName",
        "DescribeSecret/answer/SecretType",
        "DescribeSecret/answer/CreateTime",
        "DescribeSecret/answer/UpdateTime",
        "DescribeSecret/answer/RequestId",
        "DescribeSecret/FetchTags/false",
        "DescribeSecret/no-value",
        "CreateSecret/Description/stored",
    })
    void genericSecret_described_hasItsMetadataOnly(Kms kms, KmsEmulator emulator) {
        kms.createSecret("a/b", "value-not-shown", "Description", "for <tests>", "Tags", tags("team", "mail"));
        Map<String, Object> described = kms.call("DescribeSecret", "SecretName", "a/b");
        assertThat((String) described.remove("RequestId")).hasSize(36);
        assertThat(described)
                .isEqualTo(Map.of(
                        "Arn", "acs:kms:" + emulator.region() + ":" + KmsEmulator.ACCOUNT_ID + ":secret/a/b",
                        "SecretName", "a/b",
                        "SecretType", "Generic",
                        "Description", "for <tests>",
                        "CreateTime", "2026-01-01T00:00:00Z",
                        "UpdateTime", "2026-01-01T00:00:00Z"));
    }

    @ConformanceTest
    @Proves({"DescribeSecret/answer/Description", "RdsSecrets/R48/description"})
    void description_notGiven_isEmpty(Kms kms) {
        kms.createSecret(kms.name("a"), "x");
        assertThat(kms.call("DescribeSecret", "SecretName", kms.name("a"))).containsEntry("Description", "");
    }

    @ConformanceTest
    @Proves({
        "DescribeSecret/FetchTags/true",
        "DescribeSecret/answer/Tags",
        "CreateSecret/Tags/stored",
        "RdsSecrets/R40/tags",
    })
    void tags_askedFor_areShown(Kms kms) {
        kms.createSecret(kms.name("a"), "x", "Tags", tags("team", "mail"));
        Map<String, Object> described = kms.call("DescribeSecret", "SecretName", kms.name("a"), "FetchTags", "true");
        assertThat(described).containsEntry("Tags", List.of(Map.of("TagKey", "team", "TagValue", "mail")));
    }

    @ConformanceTest
    @Proves({
        "DescribeSecret/answer/AutomaticRotation",
        "DescribeSecret/answer/ExtendedConfig",
        "DescribeSecret/answer/RotationInterval",
        "DescribeSecret/answer/NextRotationDate",
        "DescribeSecret/answer/LastRotationDate",
    })
    void rdsSecret_described_saysHowItRotates(Kms kms, KmsEmulator emulator) {
        RotateSecretTest.createRdsSecret(
                kms, emulator, "SingleUser", "EnableAutomaticRotation", true, "RotationInterval", "6h");
        assertThat(kms.call("DescribeSecret", "SecretName", "orders/db"))
                .containsEntry("AutomaticRotation", "Enabled")
                .containsEntry("RotationInterval", "21600s")
                .containsEntry("NextRotationDate", "2026-01-01T06:00:00Z")
                .containsEntry(
                        "ExtendedConfig",
                        "{\"SecretSubType\":\"SingleUser\",\"DBInstanceId\":\"rm-1\",\"CustomData\":{}}")
                .doesNotContainKey("LastRotationDate");
        emulator.clock().advance(Duration.ofHours(6));
        assertThat(kms.call("DescribeSecret", "SecretName", "orders/db"))
                .containsEntry("LastRotationDate", "2026-01-01T06:00:00Z");
    }

    @ConformanceTest
    @Proves({"DescribeSecret/in-delete-window", "DescribeSecret/answer/PlannedDeleteTime"})
    void scheduledSecret_isDescribedWithItsEnd(Kms kms, KmsEmulator emulator) {
        kms.createSecret("a", "x");
        assertThat(kms.call("DescribeSecret", "SecretName", "a")).doesNotContainKey("PlannedDeleteTime");
        emulator.clock().advance(Duration.ofDays(1));
        kms.call("DeleteSecret", "SecretName", "a", "RecoveryWindowInDays", "7");
        assertThat(kms.call("DescribeSecret", "SecretName", "a"))
                .containsEntry("PlannedDeleteTime", "2026-01-09T00:00:00Z");
    }

    @ConformanceTest
    @Proves("DescribeSecret/error/Forbidden.ResourceNotFound")
    void unknownSecret_isNotFound(Kms kms) {
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "DescribeSecret", "SecretName", kms.name("nobody"));
    }

    @ConformanceTest
    @Proves("DescribeSecret/SecretName/required")
    void secretName_missing_isNamed(Kms kms) {
        kms.assertRequired("DescribeSecret", "SecretName", "a");
    }

    @ConformanceTest
    @Proves("DescribeSecret/SecretName/arn")
    void arn_inPlaceOfTheName_isAnsweredWithTheName(Kms kms) {
        Object arn = kms.createSecret(kms.name("a/b"), "x").get("Arn");
        assertThat(kms.call("DescribeSecret", "SecretName", arn)).containsEntry("SecretName", kms.name("a/b"));
    }

    static String tags(String key, String value) {
        return "[{\"TagKey\":\"" + key + "\",\"TagValue\":\"" + value + "\"}]";
    }
}
