package dev.tumbler.emulator.conformance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class CreateSecretTest {
    private static final String ACCOUNT =
            "{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}]}";

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
        kms.assertRequired("CreateSecret", "SecretName", kms.name("a"), "VersionId", "v1", "SecretData", "x");
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

    @ConformanceTest
    @Proves({
        "CreateSecret/ExtendedConfig/rds",
        "CreateSecret/ExtendedConfig/required",
        "CreateSecret/ExtendedConfig/rds-instance",
        "CreateSecret/SecretData/rds",
        "CreateSecret/SecretDataType/managed",
        "CreateSecret/RotationInterval/form",
        "CreateSecret/RotationInterval/range",
        "CreateSecret/RotationInterval/required",
    })
    void rdsSecret_ofAnotherShape_isRefused(Kms kms, KmsEmulator emulator) {
        emulator.rds().add("rm-1", RdsEngine.POSTGRESQL);
        assertRdsInvalid(kms, "SecretData", "SecretData", "{\"AccountName\":\"x\",\"AccountPassword\":\"y\"}");
        assertRdsInvalid(kms, "SecretData", "SecretData", "not json");
        assertRdsInvalid(kms, "SecretData", "SecretData", "{\"Accounts\":[]}");
        assertRdsInvalid(kms, "ExtendedConfig", "ExtendedConfig", RDS_CONFIG.replace("DoubleUsers", "DoubleUser"));
        assertRdsInvalid(kms, "ExtendedConfig", "ExtendedConfig", "{\"SecretSubType\":\"SingleUser\"}");
        assertRdsInvalid(kms, "ExtendedConfig", "ExtendedConfig", RDS_CONFIG.replace("rm-1", "rm-unknown"));
        assertRdsInvalid(kms, "SecretDataType", "SecretDataType", "binary");
        for (String interval : List.of("21599s", "31536001s", "366d", "7 days", "7", "d", "-7d")) {
            assertRdsInvalid(kms, "RotationInterval", "EnableAutomaticRotation", true, "RotationInterval", interval);
        }
        assertThat(kms.assertRefused(400, "MissingParameter", "CreateSecret", rds("EnableAutomaticRotation", true)))
                .hasMessageContaining("\"RotationInterval\"");
        Map<String, Object> withoutConfig = rds();
        withoutConfig.remove("ExtendedConfig");
        assertThat(kms.assertRefused(400, "MissingParameter", "CreateSecret", withoutConfig))
                .hasMessageContaining("\"ExtendedConfig\"");
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "DescribeSecret", "SecretName", "orders/db");

        for (String interval : List.of("6h", "21600s", "365d", "31536000s", "360m")) {
            kms.call("CreateSecret", rds("EnableAutomaticRotation", true, "RotationInterval", interval));
            kms.call("DeleteSecret", "SecretName", "orders/db", "ForceDeleteWithoutRecovery", "true");
        }
    }

    @ConformanceTest
    @Proves({"CreateSecret/EnableAutomaticRotation/default", "CreateSecret/RotationInterval/ignored"})
    void rdsSecret_withoutAutomaticRotation_ignoresTheInterval(Kms kms, KmsEmulator emulator) {
        emulator.rds().add("rm-1", RdsEngine.POSTGRESQL);
        assertThat(kms.call("CreateSecret", rds("RotationInterval", "7d")))
                .containsEntry("AutomaticRotation", "Disabled")
                .doesNotContainKeys("RotationInterval", "NextRotationDate");
    }

    @ConformanceTest
    @Proves({"CreateSecret/SecretDataType/values", "CreateSecret/SecretType/values"})
    void type_unknown_isRefused(Kms kms) {
        String name = kms.name("a");
        for (String bad : List.of("Text", "json")) {
            kms.assertInvalid("SecretDataType", "CreateSecret", generic(name, "SecretDataType", bad));
        }
        for (String bad : List.of("generic", "Oss")) {
            kms.assertInvalid("SecretType", "CreateSecret", generic(name, "SecretType", bad));
        }
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "DescribeSecret", "SecretName", name);
    }

    @ConformanceTest
    @Proves({"CreateSecret/SecretDataType/binary", "CreateSecret/ExtendedConfig/generic"})
    void binarySecret_comesBackAsTheTextThatWasPut(Kms kms) {
        kms.createSecret(kms.name("a"), "AAEC/w==", "SecretDataType", "binary", "ExtendedConfig", RDS_CONFIG);
        assertThat(kms.call("GetSecretValue", "SecretName", kms.name("a"), "FetchExtendedConfig", true))
                .containsEntry("SecretDataType", "binary")
                .containsEntry("SecretData", "AAEC/w==")
                .doesNotContainKey("ExtendedConfig");
    }

    @ConformanceTest
    @Proves("CreateSecret/Tags/malformed")
    void tags_ofAnotherShape_areRefused(Kms kms) {
        for (String bad : List.of("nothing", "{}", "[1]", "[{\"Key\":\"a\"}]")) {
            kms.assertInvalid("Tags", "CreateSecret", generic(kms.name("a"), "Tags", bad));
        }
    }

    @ConformanceTest
    @Proves("CreateSecret/concurrency/one-wins")
    void manyCreates_ofOneName_oneWins(Kms kms) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(200);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<String>> outcomes = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                outcomes.add(threads.submit(() -> {
                    go.await();
                    try {
                        return (String) kms.createSecret(kms.name("a"), "x").get("SecretName");
                    } catch (ServiceError e) {
                        return e.code();
                    }
                }));
            }
            go.countDown();
            Map<String, Integer> counts = new TreeMap<>();
            for (Future<String> outcome : outcomes) {
                counts.merge(outcome.get(), 1, Integer::sum);
            }
            assertThat(counts).isEqualTo(Map.of(kms.name("a"), 1, "Rejected.ResourceExist", 199));
        } finally {
            threads.shutdownNow();
        }
    }

    @ConformanceTest
    @Proves({
        "CreateSecret/Tags/count",
        "CreateSecret/Tags/key-length",
        "CreateSecret/Tags/value-length",
        "CreateSecret/Tags/key-prefix",
    })
    void tags_outsideTheirRules_areRefused(Kms kms) {
        kms.createSecret(kms.name("a"), "x", "Tags", tags(20, "k".repeat(120), "v".repeat(128)));
        kms.createSecret(kms.name("b"), "x", "Tags", tags(1, "k".repeat(126), ""));
        assertThat(kms.assertRefused(
                        400,
                        "Rejected.LimitExceeded",
                        "CreateSecret",
                        generic(kms.name("c"), "Tags", tags(21, "k", "v"))))
                .hasMessageContaining("20 tags");
        for (String bad : List.of(
                tags(1, "k".repeat(127), "v"),
                tags(1, "k", "v".repeat(129)),
                tags(1, "acs:k", "v"),
                tags(1, "aliyunk", "v"))) {
            kms.assertInvalid("Tags", "CreateSecret", generic(kms.name("c"), "Tags", bad));
        }
    }

    /** Keys end in two digits. */
    private static String tags(int count, String key, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"TagKey\":\"%s%02d\",\"TagValue\":\"%s\"}".formatted(key, i, value))
                .collect(joining(",", "[", "]"));
    }

    private static void assertRdsInvalid(Kms kms, String parameter, Object... namesAndValues) {
        assertThat(kms.assertRefused(400, "InvalidParameter", "CreateSecret", rds(namesAndValues)))
                .hasMessageContaining("\"" + parameter + "\"");
    }

    private static Object[] generic(String name, Object... namesAndValues) {
        return Stream.concat(
                        Stream.of("SecretName", name, "VersionId", "v1", "SecretData", "x"), Stream.of(namesAndValues))
                .toArray();
    }

    private static Map<String, Object> rds(Object... namesAndValues) {
        Map<String, Object> parameters = new LinkedHashMap<>(Map.of(
                "SecretName", "orders/db",
                "VersionId", "v1",
                "SecretType", "Rds",
                "SecretData", RDS_DATA,
                "ExtendedConfig", RDS_CONFIG));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return parameters;
    }

    @ConformanceTest
    @Proves({"CreateSecret/ExtendedConfig/length", "CreateSecret/ExtendedConfig/custom-data"})
    void extendedConfig_upToItsLimits_isTaken(Kms kms, KmsEmulator emulator) {
        emulator.rds().add("rm-1", RdsEngine.MYSQL).createAccount("orders", "First-pass-1");
        String empty = extendedConfig("\"pad\":\"\"");
        assertInvalidConfig(kms, extendedConfig("\"pad\":\"" + "x".repeat(1_025 - empty.length()) + "\""));
        assertInvalidConfig(kms, extendedConfig(pairs(11)));
        createRds(kms, "longest", extendedConfig("\"pad\":\"" + "x".repeat(1_024 - empty.length()) + "\""));
        createRds(kms, "most", extendedConfig(pairs(10)));
    }

    @ConformanceTest
    @Proves("CreateSecret/service-linked-role")
    void firstRdsSecret_makesTheServiceLinkedRole(Kms kms, KmsEmulator emulator) {
        emulator.rds().add("rm-1", RdsEngine.MYSQL).createAccount("orders", "First-pass-1");
        kms.createSecret("generic", "x");
        assertThat(emulator.ram().findRole("AliyunServiceRoleForKMSSecretsManagerForRDS"))
                .isEmpty();
        createRds(kms, "orders/db", extendedConfig(""));
        assertThat(emulator.ram().findRole("AliyunServiceRoleForKMSSecretsManagerForRDS"))
                .isPresent();
    }

    private static String extendedConfig(String customData) {
        return "{\"SecretSubType\":\"SingleUser\",\"DBInstanceId\":\"rm-1\",\"CustomData\":{" + customData + "}}";
    }

    private static String pairs(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "\"k" + i + "\":\"v\"")
                .collect(Collectors.joining(","));
    }

    private static void createRds(Kms kms, String name, String extendedConfig) {
        kms.createSecret(name, ACCOUNT, "SecretType", "Rds", "ExtendedConfig", extendedConfig);
    }

    private static void assertInvalidConfig(Kms kms, String extendedConfig) {
        kms.assertInvalid(
                "ExtendedConfig",
                "CreateSecret",
                "SecretName",
                "refused",
                "VersionId",
                "v1",
                "SecretData",
                ACCOUNT,
                "SecretType",
                "Rds",
                "ExtendedConfig",
                extendedConfig);
    }
}
