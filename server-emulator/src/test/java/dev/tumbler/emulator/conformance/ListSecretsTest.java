package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class ListSecretsTest {
    /** The emulator is asked for because the real service has other secrets too. */
    @ConformanceTest
    @Proves({
        "ListSecrets/PageNumber/default",
        "ListSecrets/PageSize/default",
        "ListSecrets/PageNumber/past-the-end",
        "ListSecrets/answer/SecretList",
        "ListSecrets/answer/TotalCount",
        "ListSecrets/answer/PageNumber",
        "ListSecrets/answer/PageSize",
        "ListSecrets/answer/RequestId",
        "ListSecrets/FetchTags/false",
        "ListSecrets/order",
        "ListSecrets/no-value",
    })
    void secrets_areListedInPages(Kms kms, KmsEmulator emulator) {
        assertThat(emulator.region()).isEqualTo(KmsEmulator.DEFAULT_REGION);
        for (char c = 'l'; c >= 'a'; c--) {
            kms.createSecret("s" + c, "value-not-shown", "Tags", DescribeSecretTest.tags("n", "1"));
        }
        Map<String, Object> first = kms.call("ListSecrets");
        assertThat(first)
                .containsEntry("TotalCount", 12)
                .containsEntry("PageNumber", 1)
                .containsEntry("PageSize", 10);
        assertThat((String) first.get("RequestId")).hasSize(36);
        assertThat(Kms.list(first, "SecretList"))
                .hasSize(10)
                .first()
                .isEqualTo(Map.of(
                        "SecretName", "sa",
                        "SecretType", "Generic",
                        "CreateTime", "2026-01-01T00:00:00Z",
                        "UpdateTime", "2026-01-01T00:00:00Z"));
        assertThat(Kms.list(kms.call("ListSecrets", "PageNumber", 2, "PageSize", 5), "SecretList"))
                .extracting("SecretName")
                .containsExactly("sf", "sg", "sh", "si", "sj");
        Map<String, Object> past = kms.call("ListSecrets", "PageNumber", 4, "PageSize", 4);
        assertThat(past).containsEntry("TotalCount", 12).doesNotContainKey("SecretList");
    }

    @ConformanceTest
    @Proves({"ListSecrets/FetchTags/true", "ListSecrets/answer/Tags"})
    void tags_askedFor_areShown(Kms kms, KmsEmulator emulator) {
        assertThat(emulator.region()).isEqualTo(KmsEmulator.DEFAULT_REGION);
        kms.createSecret("a", "x", "Tags", DescribeSecretTest.tags("team", "mail"));
        assertThat(Kms.list(kms.call("ListSecrets", "FetchTags", "true"), "SecretList"))
                .singleElement()
                .extracting("Tags")
                .isEqualTo(List.of(Map.of("TagKey", "team", "TagValue", "mail")));
    }

    @ConformanceTest
    @Proves({"ListSecrets/PageNumber/range", "ListSecrets/PageSize/range"})
    void page_outsideItsRange_isRefused(Kms kms) {
        kms.call("ListSecrets", "PageSize", 1);
        kms.call("ListSecrets", "PageSize", 100);
        kms.assertInvalid("PageSize", "ListSecrets", "PageSize", 0);
        kms.assertInvalid("PageSize", "ListSecrets", "PageSize", 101);
        kms.assertInvalid("PageNumber", "ListSecrets", "PageNumber", 0);
    }

    @ConformanceTest
    @Proves("ListSecrets/Filters/SecretName")
    void filter_bySecretName_isExact(Kms kms) {
        for (String name : List.of("a", "ab", "b", "c")) {
            kms.createSecret(kms.name(name), "x");
        }
        String filters = "[{\"Key\":\"SecretName\",\"Values\":[\"" + kms.name("a") + "\",\"" + kms.name("b") + "\"]}]";
        assertThat(Kms.list(kms.call("ListSecrets", "Filters", filters), "SecretList"))
                .extracting("SecretName")
                .containsExactly(kms.name("a"), kms.name("b"));
    }

    @ConformanceTest
    @Proves({"ListSecrets/Filters/unknown-key", "ListSecrets/Filters/malformed"})
    void filters_ofAnotherShape_areRefused(Kms kms) {
        for (String bad : List.of("nothing", "{}", "[{\"Key\":\"Colour\",\"Values\":[\"red\"]}]")) {
            kms.assertInvalid("Filters", "ListSecrets", "Filters", bad);
        }
    }

    @ConformanceTest
    @Proves("ListSecrets/answer/PlannedDeleteTime")
    void scheduledSecret_isListedWithItsEnd(Kms kms) {
        kms.createSecret("a", "x");
        kms.call("DeleteSecret", "SecretName", "a", "RecoveryWindowInDays", "7");
        assertThat(Kms.list(kms.call("ListSecrets"), "SecretList"))
                .singleElement()
                .extracting("PlannedDeleteTime")
                .isEqualTo("2026-01-08T00:00:00Z");
    }

    @ConformanceTest
    @Proves({
        "ListSecrets/Filters/Description",
        "ListSecrets/Filters/TagKey",
        "ListSecrets/Filters/TagValue",
        "ListSecrets/Filters/SecretType",
        "ListSecrets/Filters/and",
    })
    void filters_ofOtherKeys_areAnded(Kms kms, KmsEmulator emulator) {
        RotateSecretTest.createRdsSecret(kms, emulator, "SingleUser");
        kms.createSecret("a", "x", "Description", "one", "Tags", DescribeSecretTest.tags("team", "mail"));
        kms.createSecret("b", "x", "Description", "two", "Tags", DescribeSecretTest.tags("team", "shop"));
        assertThat(names(kms, filter("Description", "two"))).containsExactly("b");
        assertThat(names(kms, filter("TagKey", "team"))).containsExactly("a", "b");
        assertThat(names(kms, filter("TagValue", "mail"))).containsExactly("a");
        assertThat(names(kms, filter("SecretType", "Rds"))).containsExactly("orders/db");
        assertThat(names(kms, filter("TagKey", "team") + "," + filter("Description", "one")))
                .containsExactly("a");
    }

    @ConformanceTest
    @Proves({"ListSecrets/Filters/DKMSInstanceId", "ListSecrets/Filters/Creator"})
    void filters_byPlaceAndCreator_listTheirs(Kms kms, KmsEmulator emulator) {
        emulator.kmsInstances().add("kst-1");
        String key = (String)
                ((Map<?, ?>) kms.call("CreateKey", "DKMSInstanceId", "kst-1").get("KeyMetadata")).get("KeyId");
        kms.createSecret("a", "x", "DKMSInstanceId", "kst-1", "EncryptionKeyId", key);
        kms.createSecret("b", "x");
        assertThat(names(kms, filter("DKMSInstanceId", "kst-1"))).containsExactly("a");
        assertThat(names(kms, filter("DKMSInstanceId", "kst-2"))).isEmpty();
        assertThat(names(kms, filter("Creator", KmsEmulator.ACCOUNT_ID))).containsExactly("a", "b");
        assertThat(names(kms, filter("Creator", "somebody"))).isEmpty();
    }

    @ConformanceTest
    @Proves("ListSecrets/Filters/count")
    void filters_atMostTenOfTenValues(Kms kms) {
        kms.createSecret(kms.name("a"), "x");
        String ten = numbered(9) + "\",\"" + kms.name("a");
        assertThat(names(kms, filter("SecretName", ten))).containsExactly(kms.name("a"));
        kms.assertInvalid("Filters", "ListSecrets", "Filters", "[" + filter("SecretName", numbered(11)) + "]");
        String one = filter("SecretName", kms.name("a"));
        assertThat(names(kms, String.join(",", Collections.nCopies(10, one)))).containsExactly(kms.name("a"));
        kms.assertInvalid(
                "Filters", "ListSecrets", "Filters", "[" + String.join(",", Collections.nCopies(11, one)) + "]");
    }

    @ConformanceTest
    @Proves("ListSecrets/Filters/lengths")
    void filterValues_upToTheirLength_areTaken(Kms kms) {
        for (String key : List.of("Description", "TagKey", "TagValue")) {
            assertThat(names(kms, filter(key, "a".repeat(256)))).isEmpty();
            kms.assertInvalid("Filters", "ListSecrets", "Filters", "[" + filter(key, "a".repeat(257)) + "]");
        }
        assertThat(names(kms, filter("SecretName", "a".repeat(192)))).isEmpty();
        kms.assertInvalid("Filters", "ListSecrets", "Filters", "[" + filter("SecretName", "a".repeat(193)) + "]");
    }

    /** Values {@code n1} to the n-th, with the quotes and commas between them. */
    private static String numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "n" + i).collect(Collectors.joining("\",\""));
    }

    private static String filter(String key, String value) {
        return "{\"Key\":\"" + key + "\",\"Values\":[\"" + value + "\"]}";
    }

    private static List<Object> names(Kms kms, String filters) {
        return Kms.list(kms.call("ListSecrets", "Filters", "[" + filters + "]"), "SecretList").stream()
                .map(secret -> secret.get("SecretName"))
                .toList();
    }
}
