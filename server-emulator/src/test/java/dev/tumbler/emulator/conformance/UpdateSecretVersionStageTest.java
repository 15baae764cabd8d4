package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

class UpdateSecretVersionStageTest {
    private static final String ACTION = "UpdateSecretVersionStage";

    @ConformanceTest
    @Proves({
        "UpdateSecretVersionStage/SecretName/required",
        "UpdateSecretVersionStage/VersionStage/required",
        "UpdateSecretVersionStage/MoveToVersion/or-remove",
        "UpdateSecretVersionStage/error/InvalidParameter",
    })
    void requiredParameter_missing_isNamed(Kms kms) {
        kms.createSecret(kms.name("a"), "x");
        kms.assertRefused(400, "MissingParameter", ACTION, "VersionStage", "Blue", "MoveToVersion", "v1");
        kms.assertRefused(400, "MissingParameter", ACTION, "SecretName", kms.name("a"), "MoveToVersion", "v1");
        kms.assertInvalid("MoveToVersion", ACTION, "SecretName", kms.name("a"), "VersionStage", "Blue");
    }

    @ConformanceTest
    @Proves({
        "UpdateSecretVersionStage/SecretName/arn",
        "UpdateSecretVersionStage/MoveToVersion/add",
        "UpdateSecretVersionStage/RemoveFromVersion/remove",
        "UpdateSecretVersionStage/RemoveFromVersion/move",
        "UpdateSecretVersionStage/answer/SecretName",
        "UpdateSecretVersionStage/answer/RequestId",
    })
    void ownStage_isAddedMovedAndRemoved(Kms kms) {
        String name = twoVersions(kms);
        Object arn = kms.call("DescribeSecret", "SecretName", name).get("Arn");
        assertThat(kms.call(ACTION, "SecretName", arn, "VersionStage", "Blue", "MoveToVersion", "v1"))
                .containsOnlyKeys("SecretName", "RequestId")
                .containsEntry("SecretName", name);
        assertThat(stages(kms, name)).containsEntry("v1", List.of("ACSPrevious", "Blue"));
        kms.call(ACTION, "SecretName", name, "VersionStage", "Blue", "MoveToVersion", "v2", "RemoveFromVersion", "v1");
        assertThat(stages(kms, name)).containsEntry("v2", List.of("ACSCurrent", "Blue"));
        kms.call(ACTION, "SecretName", name, "VersionStage", "Blue", "RemoveFromVersion", "v2");
        assertThat(stages(kms, name)).isEqualTo(Map.of("v1", List.of("ACSPrevious"), "v2", List.of("ACSCurrent")));
    }

    @ConformanceTest
    @Proves("UpdateSecretVersionStage/current")
    void current_moved_makesTheFormerCurrentPrevious(Kms kms) {
        String name = twoVersions(kms);
        kms.call(ACTION, "SecretName", name, "VersionStage", "ACSCurrent", "MoveToVersion", "v1");
        assertThat(stages(kms, name)).isEqualTo(Map.of("v1", List.of("ACSCurrent"), "v2", List.of("ACSPrevious")));
        assertThat(kms.call("GetSecretValue", "SecretName", name)).containsEntry("SecretData", "one");
    }

    @ConformanceTest
    @Proves({
        "UpdateSecretVersionStage/RemoveFromVersion/built-in",
        "UpdateSecretVersionStage/RemoveFromVersion/holder",
    })
    void removal_ofABuiltInStageOrFromAnotherVersion_isRefusedAndChangesNothing(Kms kms) {
        String name = twoVersions(kms);
        Map<String, Object> before = stages(kms, name);
        for (String stage : List.of("ACSCurrent", "ACSPrevious")) {
            kms.assertInvalid(
                    "MoveToVersion", ACTION, "SecretName", name, "VersionStage", stage, "RemoveFromVersion", "v2");
        }
        kms.assertInvalid(
                "RemoveFromVersion",
                ACTION,
                "SecretName",
                name,
                "VersionStage",
                "ACSCurrent",
                "MoveToVersion",
                "v1",
                "RemoveFromVersion",
                "v1");
        kms.assertInvalid(
                "RemoveFromVersion", ACTION, "SecretName", name, "VersionStage", "Blue", "RemoveFromVersion", "v1");
        assertThat(stages(kms, name)).isEqualTo(before);
    }

    @ConformanceTest
    @Proves({
        "UpdateSecretVersionStage/MoveToVersion/unknown",
        "UpdateSecretVersionStage/error/Forbidden.ResourceNotFound",
    })
    void target_unknown_isNotFound(Kms kms) {
        String name = twoVersions(kms);
        kms.assertRefused(
                404,
                "Forbidden.ResourceNotFound",
                ACTION,
                "SecretName",
                name,
                "VersionStage",
                "Blue",
                "MoveToVersion",
                "v9");
        kms.assertRefused(
                404,
                "Forbidden.ResourceNotFound",
                ACTION,
                "SecretName",
                kms.name("nobody"),
                "VersionStage",
                "Blue",
                "MoveToVersion",
                "v1");
    }

    @ConformanceTest
    @Proves("UpdateSecretVersionStage/VersionStage/count")
    void ninthStage_isRefused(Kms kms) {
        String name = twoVersions(kms);
        for (int i = 0; i < 6; i++) {
            kms.call(ACTION, "SecretName", name, "VersionStage", "own" + i, "MoveToVersion", "v1");
        }
        kms.assertRefused(
                400,
                "Rejected.LimitExceeded",
                ACTION,
                "SecretName",
                name,
                "VersionStage",
                "own6",
                "MoveToVersion",
                "v1");
    }

    @ConformanceTest
    @Proves("UpdateSecretVersionStage/type/managed")
    void managedSecret_isRefused(Kms kms, KmsEmulator emulator) {
        emulator.rds().add("rm-1", RdsEngine.POSTGRESQL);
        Rds.create(kms, "db");
        kms.assertRefused(
                400,
                "Rejected.UnsupportedOperation",
                ACTION,
                "SecretName",
                "db",
                "VersionStage",
                "ACSCurrent",
                "MoveToVersion",
                "v1");
    }

    @ConformanceTest
    @Proves({
        "UpdateSecretVersionStage/UpdateTime",
        "UpdateSecretVersionStage/error/Rejected.ResourceInDeleteWindow",
    })
    void move_changesTheUpdateTime_andIsRefusedInTheDeletionWindow(Kms kms, KmsEmulator emulator) {
        String name = twoVersions(kms);
        emulator.clock().advance(Duration.ofHours(1));
        kms.call(ACTION, "SecretName", name, "VersionStage", "Blue", "MoveToVersion", "v1");
        assertThat(kms.call("DescribeSecret", "SecretName", name)).containsEntry("UpdateTime", "2026-01-01T01:00:00Z");
        kms.call("DeleteSecret", "SecretName", name);
        kms.assertRefused(
                409,
                "Rejected.ResourceInDeleteWindow",
                ACTION,
                "SecretName",
                name,
                "VersionStage",
                "Blue",
                "MoveToVersion",
                "v2");
    }

    private static String twoVersions(Kms kms) {
        String name = kms.name("a");
        kms.createSecret(name, "one");
        kms.call("PutSecretValue", "SecretName", name, "VersionId", "v2", "SecretData", "two");
        return name;
    }

    private static Map<String, Object> stages(Kms kms, String name) {
        return Kms.list(kms.call("ListSecretVersionIds", "SecretName", name), "VersionIds").stream()
                .collect(Collectors.toMap(
                        version -> (String) version.get("VersionId"), version -> version.get("VersionStages")));
    }
}
