package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class ListSecretVersionIdsTest {
    private static final String ACTION = "ListSecretVersionIds";

    @ConformanceTest
    @Proves({
        "ListSecretVersionIds/SecretName/required",
        "ListSecretVersionIds/SecretName/arn",
        "ListSecretVersionIds/IncludeDeprecated/default",
        "ListSecretVersionIds/IncludeDeprecated/true",
        "ListSecretVersionIds/answer/SecretName",
        "ListSecretVersionIds/answer/VersionIds",
        "ListSecretVersionIds/answer/TotalCount",
        "ListSecretVersionIds/answer/PageNumber",
        "ListSecretVersionIds/answer/PageSize",
        "ListSecretVersionIds/answer/RequestId",
    })
    void versions_withAndWithoutDeprecatedOnes_areListed(Kms kms, KmsEmulator emulator) {
        Object arn = kms.createSecret("a", "1").get("Arn");
        emulator.clock().advance(Duration.ofHours(1));
        put(kms, "a", 2);
        put(kms, "a", 3);

        Map<String, Object> staged = kms.call(ACTION, "SecretName", arn);
        assertThat(staged)
                .containsOnlyKeys("SecretName", "VersionIds", "TotalCount", "PageNumber", "PageSize", "RequestId")
                .containsEntry("SecretName", "a")
                .containsEntry("TotalCount", 2)
                .containsEntry("PageNumber", 1)
                .containsEntry("PageSize", 20);
        assertThat(Kms.list(staged, "VersionIds"))
                .containsExactly(
                        Map.of(
                                "VersionId",
                                "v2",
                                "CreateTime",
                                "2026-01-01T01:00:00Z",
                                "VersionStages",
                                List.of("ACSPrevious")),
                        Map.of(
                                "VersionId",
                                "v3",
                                "CreateTime",
                                "2026-01-01T01:00:00Z",
                                "VersionStages",
                                List.of("ACSCurrent")));

        Map<String, Object> all = kms.call(ACTION, "SecretName", "a", "IncludeDeprecated", "true");
        assertThat(all).containsEntry("TotalCount", 3);
        assertThat(Kms.list(all, "VersionIds").get(0))
                .isEqualTo(Map.of("VersionId", "v1", "CreateTime", "2026-01-01T00:00:00Z"));
        assertThat(kms.call(ACTION, "SecretName", "a", "IncludeDeprecated", "false"))
                .containsEntry("TotalCount", 2);
        kms.assertRefused(400, "MissingParameter", ACTION);
        kms.assertInvalid("IncludeDeprecated", ACTION, "SecretName", "a", "IncludeDeprecated", "maybe");
    }

    @ConformanceTest
    @Proves({
        "ListSecretVersionIds/PageNumber/range",
        "ListSecretVersionIds/PageNumber/past-the-end",
        "ListSecretVersionIds/PageSize/range",
        "ListSecretVersionIds/error/InvalidParameter",
    })
    void pages_areCutFromTheList(Kms kms) {
        String name = kms.name("a");
        kms.createSecret(name, "1");
        for (int i = 2; i <= 5; i++) {
            put(kms, name, i);
        }
        Map<String, Object> page =
                kms.call(ACTION, "SecretName", name, "IncludeDeprecated", "true", "PageNumber", 2, "PageSize", 2);
        assertThat(page)
                .containsEntry("TotalCount", 5)
                .containsEntry("PageNumber", 2)
                .containsEntry("PageSize", 2);
        assertThat(Kms.list(page, "VersionIds")).extracting("VersionId").containsExactly("v3", "v4");
        assertThat(kms.call(ACTION, "SecretName", name, "PageNumber", 9, "PageSize", 100))
                .containsEntry("TotalCount", 2)
                .doesNotContainKey("VersionIds");
        kms.assertInvalid("PageNumber", ACTION, "SecretName", name, "PageNumber", 0);
        kms.assertInvalid("PageSize", ACTION, "SecretName", name, "PageSize", 0);
        kms.assertInvalid("PageSize", ACTION, "SecretName", name, "PageSize", 101);
    }

    @ConformanceTest
    @Proves({"ListSecretVersionIds/scheduled", "ListSecretVersionIds/error/Forbidden.ResourceNotFound"})
    void scheduledSecret_isListed_unknownOneIsNotFound(Kms kms) {
        kms.createSecret(kms.name("a"), "x");
        kms.call("DeleteSecret", "SecretName", kms.name("a"), "RecoveryWindowInDays", "7");
        assertThat(kms.call(ACTION, "SecretName", kms.name("a"))).containsEntry("TotalCount", 1);
        kms.assertRefused(404, "Forbidden.ResourceNotFound", ACTION, "SecretName", kms.name("nobody"));
    }

    private static void put(Kms kms, String name, int number) {
        kms.call("PutSecretValue", "SecretName", name, "VersionId", "v" + number, "SecretData", "" + number);
    }
}
