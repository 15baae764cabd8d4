package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsEngine;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class UpdateSecretTest {
    private static final String CUSTOM_DATA = "ExtendedConfig.CustomData";

    @ConformanceTest
    @Proves({
        "UpdateSecret/SecretName/required",
        "UpdateSecret/SecretName/arn",
        "UpdateSecret/Description/changed",
        "UpdateSecret/answer/SecretName",
        "UpdateSecret/answer/RequestId",
        "UpdateSecret/UpdateTime",
    })
    void description_given_isChanged(Kms kms, KmsEmulator emulator) {
        Object arn = kms.createSecret("a", "x", "Description", "before").get("Arn");
        emulator.clock().advance(Duration.ofHours(1));
        assertThat(kms.call("UpdateSecret", "SecretName", arn, "Description", "after <ü>"))
                .containsOnlyKeys("SecretName", "RequestId")
                .containsEntry("SecretName", "a");
        assertThat(kms.call("DescribeSecret", "SecretName", "a"))
                .containsEntry("Description", "after <ü>")
                .containsEntry("CreateTime", "2026-01-01T00:00:00Z")
                .containsEntry("UpdateTime", "2026-01-01T01:00:00Z");
        kms.assertRefused(400, "MissingParameter", "UpdateSecret", "Description", "x");
    }

    @ConformanceTest
    @Proves("UpdateSecret/Description/empty")
    void description_empty_isCleared_butAbsentIsKept(Kms kms) {
        kms.createSecret(kms.name("a"), "x", "Description", "before");
        kms.call("UpdateSecret", "SecretName", kms.name("a"));
        assertThat(kms.call("DescribeSecret", "SecretName", kms.name("a"))).containsEntry("Description", "before");
        kms.call("UpdateSecret", "SecretName", kms.name("a"), "Description", "");
        assertThat(kms.call("DescribeSecret", "SecretName", kms.name("a"))).containsEntry("Description", "");
    }

    @ConformanceTest
    @Proves({"UpdateSecret/CustomData/replaced", "UpdateSecret/CustomData/spellings"})
    void customData_inTheSpellingOfEachSdk_replacesWhatWasThere(Kms kms, KmsEmulator emulator) {
        emulator.rds().add("rm-1", RdsEngine.POSTGRESQL);
        kms.createSecret(
                "db",
                Rds.DATA,
                "SecretType",
                "Rds",
                "ExtendedConfig",
                "{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"rm-1\",\"CustomData\":{\"old\":\"1\"}}");
        kms.call("UpdateSecret", "SecretName", "db", CUSTOM_DATA, "{\"DBName\":\"app one\",\"Port\":\"5432\"}");
        assertThat(kms.call("DescribeSecret", "SecretName", "db"))
                .containsEntry("Description", "")
                .satisfies(described -> assertThat((String) described.get("ExtendedConfig"))
                        .startsWith("{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"rm-1\",\"CustomData\":{")
                        .contains("\"DBName\":\"app one\"", "\"Port\":\"5432\"")
                        .doesNotContain("old"));
    }

    @ConformanceTest
    @Proves({"UpdateSecret/CustomData/count", "UpdateSecret/CustomData/generic", "UpdateSecret/error/InvalidParameter"})
    void customData_ofElevenPairsOrOfAGenericSecret_isRefused(Kms kms, KmsEmulator emulator) {
        emulator.rds().add("rm-1", RdsEngine.POSTGRESQL);
        Rds.create(kms, "db");
        kms.call("UpdateSecret", "SecretName", "db", CUSTOM_DATA, pairs(10));
        kms.assertInvalid("ExtendedConfig", "UpdateSecret", "SecretName", "db", CUSTOM_DATA, pairs(11));
        kms.createSecret("a", "x");
        kms.assertInvalid(CUSTOM_DATA, "UpdateSecret", "SecretName", "a", CUSTOM_DATA, pairs(1));
    }

    @ConformanceTest
    @Proves({"UpdateSecret/error/Forbidden.ResourceNotFound", "UpdateSecret/error/Rejected.ResourceInDeleteWindow"})
    void secret_unknownOrScheduled_isRefused(Kms kms) {
        Map<String, String> update = Map.of("SecretName", kms.name("a"), "Description", "x");
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "UpdateSecret", update);
        kms.createSecret(kms.name("a"), "x");
        kms.call("DeleteSecret", "SecretName", kms.name("a"), "RecoveryWindowInDays", "7");
        assertThat(kms.assertRefused(409, "Rejected.ResourceInDeleteWindow", "UpdateSecret", update))
                .hasMessageContaining("secret in delete peroid");
    }

    private static String pairs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":\"v\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
