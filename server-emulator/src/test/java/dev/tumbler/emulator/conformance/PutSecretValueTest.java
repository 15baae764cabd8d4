package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class PutSecretValueTest {
    @ConformanceTest
    @Proves({
        "PutSecretValue/VersionStages/default",
        "PutSecretValue/SecretDataType/default",
        "PutSecretValue/answer/SecretName",
        "PutSecretValue/answer/VersionId",
        "PutSecretValue/answer/VersionStages",
        "PutSecretValue/answer/RequestId",
    })
    void newVersion_withoutStages_becomesCurrent(Kms kms) {
        String name = kms.name("a");
        kms.createSecret(name, "first", "SecretDataType", "binary");
        Map<String, Object> put =
                kms.call("PutSecretValue", "SecretName", name, "VersionId", "v2", "SecretData", "second");
        assertThat(put)
                .containsOnlyKeys("SecretName", "VersionId", "VersionStages", "RequestId")
                .containsEntry("SecretName", name)
                .containsEntry("VersionId", "v2")
                .containsEntry("VersionStages", List.of("ACSCurrent"));
        assertThat((String) put.get("RequestId")).hasSize(36);
        assertThat(kms.call("GetSecretValue", "SecretName", name))
                .containsEntry("SecretData", "second")
                .containsEntry("SecretDataType", "text");
        assertThat(kms.call("GetSecretValue", "SecretName", name, "VersionStage", "ACSPrevious"))
                .containsEntry("VersionId", "v1");
    }

    @ConformanceTest
    @Proves({
        "PutSecretValue/VersionStages/given",
        "PutSecretValue/VersionStages/without-current",
        "PutSecretValue/VersionStages/with-current",
    })
    void newVersion_withStages_hasTheseOnly(Kms kms) {
        String name = kms.name("a");
        kms.createSecret(name, "first");
        put(kms, name, "v2", "[\"Blue\"]");
        assertThat(kms.call("GetSecretValue", "SecretName", name)).containsEntry("VersionId", "v1");
        kms.assertRefused(
                404, "Forbidden.ResourceNotFound", "GetSecretValue", "SecretName", name, "VersionStage", "ACSPrevious");

        assertThat(put(kms, name, "v3", "[\"ACSCurrent\",\"Blue\"]"))
                .containsEntry("VersionStages", List.of("ACSCurrent", "Blue"));
        assertThat(kms.call("GetSecretValue", "SecretName", name, "VersionStage", "Blue"))
                .containsEntry("VersionId", "v3");
        assertThat(kms.call("GetSecretValue", "SecretName", name, "VersionStage", "ACSPrevious"))
                .containsEntry("VersionId", "v1");
    }

    @ConformanceTest
    @Proves({
        "PutSecretValue/VersionId/same-data",
        "PutSecretValue/VersionId/other-data",
        "PutSecretValue/VersionId/other-data-type",
    })
    void existingVersion_sameOrOtherData_succeedsOrIsRefused(Kms kms) {
        String name = kms.name("a");
        kms.createSecret(name, "first");
        put(kms, name, "v2", "[\"ACSCurrent\"]");
        kms.call("PutSecretValue", "SecretName", name, "VersionId", "v1", "SecretData", "first");
        assertThat(kms.call("GetSecretValue", "SecretName", name)).containsEntry("VersionId", "v2");
        kms.assertRefused(
                409,
                "Rejected.ResourceExist",
                "PutSecretValue",
                "SecretName",
                name,
                "VersionId",
                "v1",
                "SecretData",
                "other");
        kms.assertRefused(
                409,
                "Rejected.ResourceExist",
                "PutSecretValue",
                "SecretName",
                name,
                "VersionId",
                "v1",
                "SecretData",
                "first",
                "SecretDataType",
                "binary");
    }

    @ConformanceTest
    @Proves({
        "PutSecretValue/SecretName/required",
        "PutSecretValue/VersionId/required",
        "PutSecretValue/SecretData/required",
    })
    void requiredParameter_missing_isNamed(Kms kms) {
        kms.createSecret(kms.name("a"), "first");
        kms.assertRequired("PutSecretValue", "SecretName", kms.name("a"), "VersionId", "v2", "SecretData", "x");
    }

    @ConformanceTest
    @Proves({
        "PutSecretValue/VersionId/length",
        "PutSecretValue/SecretData/size",
        "PutSecretValue/SecretDataType/values",
        "PutSecretValue/VersionStages/malformed",
        "PutSecretValue/error/InvalidParameter",
    })
    void parameter_outsideItsRule_isRefused(Kms kms) {
        String name = kms.name("a");
        String largest = "s".repeat(30_720);
        kms.createSecret(name, "first");
        kms.call("PutSecretValue", "SecretName", name, "VersionId", "v".repeat(64), "SecretData", largest);
        assertThat(kms.call("GetSecretValue", "SecretName", name)).containsEntry("SecretData", largest);
        assertInvalid(kms, "VersionId", name, "v".repeat(65), "x", "text", "[]");
        assertInvalid(kms, "SecretData", name, "v3", largest + "s", "text", "[]");
        assertInvalid(kms, "SecretDataType", name, "v3", "x", "Text", "[]");
        for (String malformed :
                List.of("ACSCurrent", "\"ACSCurrent\"", "{}", "{\"Stage\":[]}", "[[]]", "[\"\"]", "[")) {
            assertInvalid(kms, "VersionStages", name, "v3", "x", "text", malformed);
        }
        assertThat(kms.call("GetSecretValue", "SecretName", name)).containsEntry("SecretData", largest);
    }

    @ConformanceTest
    @Proves("PutSecretValue/error/Forbidden.ResourceNotFound")
    void unknownSecret_isNotFound(Kms kms) {
        assertThat(kms.assertRefused(
                        404,
                        "Forbidden.ResourceNotFound",
                        "PutSecretValue",
                        "SecretName",
                        kms.name("nobody"),
                        "VersionId",
                        "v1",
                        "SecretData",
                        "x"))
                .hasMessageStartingWith("Resource not found");
    }

    @ConformanceTest
    @Proves("PutSecretValue/error/Rejected.ResourceInDeleteWindow")
    void scheduledSecret_isInItsDeleteWindow(Kms kms) {
        kms.createSecret("a", "first");
        kms.call("DeleteSecret", "SecretName", "a");
        assertThat(kms.assertRefused(
                        409,
                        "Rejected.ResourceInDeleteWindow",
                        "PutSecretValue",
                        "SecretName",
                        "a",
                        "VersionId",
                        "v2",
                        "SecretData",
                        "x"))
                .hasMessageStartingWith("secret in delete peroid");
    }

    @ConformanceTest
    @Proves("PutSecretValue/type/managed")
    void managedSecret_isUnsupported(Kms kms, KmsEmulator emulator) {
        RotateSecretTest.createRdsSecret(kms, emulator, "DoubleUsers");
        assertThat(kms.assertRefused(
                        400,
                        "Rejected.UnsupportedOperation",
                        "PutSecretValue",
                        "SecretName",
                        "orders/db",
                        "VersionId",
                        "v2",
                        "SecretData",
                        "x"))
                .hasMessageStartingWith("Unsupported operation");
    }

    @ConformanceTest
    @Proves("PutSecretValue/UpdateTime")
    void secret_put_isUpdatedNow(Kms kms, KmsEmulator emulator) {
        kms.createSecret("a", "first");
        emulator.clock().advance(Duration.ofSeconds(90));
        put(kms, "a", "v2", "[\"Blue\"]");
        assertThat(kms.call("DescribeSecret", "SecretName", "a")).containsEntry("UpdateTime", "2026-01-01T00:01:30Z");
    }

    @ConformanceTest
    @Proves("PutSecretValue/concurrency/stages")
    void manyPuts_atOnce_loseNoVersion(Kms kms) throws Exception {
        String name = kms.name("a");
        kms.createSecret(name, "first");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> puts = new ArrayList<>();
            for (int i = 2; i <= 9; i++) {
                String version = "v" + i;
                puts.add(threads.submit(() ->
                        kms.call("PutSecretValue", "SecretName", name, "VersionId", version, "SecretData", version)));
            }
            for (Future<?> put : puts) {
                put.get();
            }
        } finally {
            threads.shutdownNow();
        }
        List<Object> stages = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            stages.addAll((List<?>) kms.call("GetSecretValue", "SecretName", name, "VersionId", "v" + i)
                    .getOrDefault("VersionStages", List.of()));
        }
        assertThat(stages).containsExactlyInAnyOrder("ACSCurrent", "ACSPrevious");
    }

    @ConformanceTest
    @Proves("PutSecretValue/SecretName/arn")
    void arn_inPlaceOfTheName_isAnsweredWithTheName(Kms kms) {
        Object arn = kms.createSecret(kms.name("a/b"), "x").get("Arn");
        assertThat(kms.call("PutSecretValue", "SecretName", arn, "VersionId", "v2", "SecretData", "y"))
                .containsEntry("SecretName", kms.name("a/b"));
    }

    @ConformanceTest
    @Proves("PutSecretValue/versions/count")
    void eleventhVersion_dropsTheEarliestWithoutALabel(Kms kms) {
        String name = kms.name("a");
        kms.createSecret(name, "first");
        put(kms, name, "v2", "[\"Blue\"]");
        for (int i = 3; i <= 11; i++) {
            put(kms, name, "v" + i, "[\"ACSCurrent\"]");
        }
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "GetSecretValue", "SecretName", name, "VersionId", "v1");
        put(kms, name, "v12", "[\"ACSCurrent\"]");
        assertThat(kms.call("GetSecretValue", "SecretName", name, "VersionId", "v2"))
                .containsEntry("VersionId", "v2");
        kms.assertRefused(404, "Forbidden.ResourceNotFound", "GetSecretValue", "SecretName", name, "VersionId", "v3");
        assertThat(kms.call("GetSecretValue", "SecretName", name, "VersionId", "v4"))
                .containsEntry("VersionId", "v4");
    }

    @ConformanceTest
    @Proves("PutSecretValue/VersionStages/count")
    void ninthStage_isRefused(Kms kms) {
        String name = kms.name("a");
        kms.createSecret(name, "first");
        put(kms, name, "v2", "[\"L1\",\"L2\",\"L3\",\"L4\",\"L5\",\"L6\",\"L7\"]");
        kms.assertRefused(
                400,
                "Rejected.LimitExceeded",
                "PutSecretValue",
                "SecretName",
                name,
                "VersionId",
                "v3",
                "SecretData",
                "x",
                "VersionStages",
                "[\"L8\"]");
    }

    @ConformanceTest
    @Proves("PutSecretValue/VersionStages/object")
    void stages_asAnObject_areAccepted(Kms kms) {
        kms.createSecret(kms.name("a"), "first");
        assertThat(put(kms, kms.name("a"), "v2", "{\"VersionStage\":[\"Blue\"]}"))
                .containsEntry("VersionStages", List.of("Blue"));
    }

    private static Map<String, Object> put(Kms kms, String name, String version, String stages) {
        return kms.call(
                "PutSecretValue",
                "SecretName",
                name,
                "VersionId",
                version,
                "SecretData",
                "of " + version,
                "VersionStages",
                stages);
    }

    private static void assertInvalid(
            Kms kms, String parameter, String name, String version, String data, String dataType, String stages) {
        kms.assertInvalid(
                parameter,
                "PutSecretValue",
                "SecretName",
                name,
                "VersionId",
                version,
                "SecretData",
                data,
                "SecretDataType",
                dataType,
                "VersionStages",
                stages);
    }
}
