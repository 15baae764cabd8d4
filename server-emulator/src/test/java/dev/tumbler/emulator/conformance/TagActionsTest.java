package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Both families: the older by {@code SecretName}, the newer by {@code ResourceType} and {@code ResourceId.N}. */
class TagActionsTest {
    private static final String REGION = KmsEmulator.DEFAULT_REGION;

    @ConformanceTest
    @Proves({
        "TagResource/SecretName/arn",
        "TagResource/Tags/added",
        "TagResource/Tags/replaced",
        "TagResource/answer/RequestId",
        "UntagResource/SecretName/arn",
        "UntagResource/TagKeys/removed",
        "UntagResource/answer/RequestId",
    })
    void secretName_taggedAndUntagged_showsItsTags(Kms kms) {
        String name = kms.name("a/b");
        Object arn = kms.createSecret(name, "x").get("Arn");
        assertThat(kms.call("TagResource", "SecretName", arn, "Tags", json("team", "mail", "a b", "/\\_-.+=:@ ü")))
                .containsOnlyKeys("RequestId");
        kms.call("TagResource", "SecretName", name, "Tags", json("team", "shop", "empty", ""));
        assertThat(tags(kms, name)).isEqualTo(Map.of("team", "shop", "a b", "/\\_-.+=:@ ü", "empty", ""));
        assertThat(kms.call("UntagResource", "SecretName", arn, "TagKeys", "[\"team\",\"empty\",\"unknown\"]"))
                .containsOnlyKeys("RequestId");
        assertThat(tags(kms, name)).isEqualTo(Map.of("a b", "/\\_-.+=:@ ü"));
    }

    @ConformanceTest
    @Proves({
        "TagResource/SecretName/one-of",
        "TagResource/Tags/required",
        "TagResource/Tags/malformed",
        "TagResource/Tags/per-call",
        "TagResource/Tags/count",
        "TagResource/Tags/key-length",
        "TagResource/Tags/value-length",
        "TagResource/Tags/characters",
        "TagResource/Tags/key-prefix",
        "TagResource/error/InvalidParameter",
        "RdsSecrets/R41/tag-length",
        "RdsSecrets/R42/tag-characters",
        "RdsSecrets/R43/tag-prefix",
        "RdsSecrets/R44/tag-count",
    })
    void tags_outsideTheirRules_areRefusedAndChangeNothing(Kms kms) {
        String name = kms.name("a");
        kms.createSecret(name, "x");
        kms.assertRefused(400, "MissingParameter", "TagResource", "Tags", json("k", "v"));
        kms.assertRefused(400, "MissingParameter", "TagResource", "SecretName", name);
        assertThat(kms.assertRefused(
                        400,
                        "InvalidParameter",
                        "TagResource",
                        "SecretName",
                        name,
                        "KeyId",
                        "key-1",
                        "Tags",
                        json("k", "v")))
                .hasMessageContaining("Exactly one");
        for (String bad : List.of(
                "not JSON",
                "{\"k\":\"v\"}",
                "[{\"Key\":\"k\"}]",
                json("k".repeat(129), "v"),
                json("k", "v".repeat(129)),
                json("", "v"),
                json("a#b", "v"),
                json("k", "v*"),
                json("aliyun:k", "v"),
                json("ACS:k", "v"))) {
            kms.assertInvalid("Tags", "TagResource", "SecretName", name, "Tags", bad);
        }
        assertThat(tags(kms, name)).isEmpty();

        kms.call("TagResource", "SecretName", name, "Tags", numbered(0, 10));
        kms.assertRefused(400, "Rejected.LimitExceeded", "TagResource", "SecretName", name, "Tags", numbered(10, 21));
        kms.call("TagResource", "SecretName", name, "Tags", numbered(10, 20));
        kms.call("UntagResource", "SecretName", name, "TagKeys", "[\"k0\"]");
        kms.call("TagResource", "SecretName", name, "Tags", json("k".repeat(128), "v".repeat(128)));
        kms.call("TagResource", "SecretName", name, "Tags", json("k19", "new"));
        assertThat(tags(kms, name)).hasSize(20).containsEntry("k19", "new");
        kms.assertRefused(400, "Rejected.LimitExceeded", "TagResource", "SecretName", name, "Tags", json("k20", "v"));
    }

    @ConformanceTest
    @Proves({
        "UntagResource/SecretName/one-of",
        "UntagResource/TagKeys/required",
        "UntagResource/TagKeys/malformed",
        "UntagResource/TagKeys/length",
        "UntagResource/error/InvalidParameter",
    })
    void tagKeys_outsideTheirRules_areRefused(Kms kms) {
        String name = kms.name("a");
        kms.createSecret(name, "x");
        kms.assertRefused(400, "MissingParameter", "UntagResource", "TagKeys", "[\"k\"]");
        kms.assertRefused(400, "MissingParameter", "UntagResource", "SecretName", name);
        for (String bad : List.of("k", "{\"k\":1}", "[1]", "[\"\"]", "[\"" + "k".repeat(129) + "\"]")) {
            kms.assertInvalid("TagKeys", "UntagResource", "SecretName", name, "TagKeys", bad);
        }
        kms.call("UntagResource", "SecretName", name, "TagKeys", "[\"" + "k".repeat(128) + "\"]");
    }

    @ConformanceTest
    @Proves({
        "TagResource/error/Forbidden.ResourceNotFound",
        "TagResource/error/Rejected.ResourceInDeleteWindow",
        "UntagResource/error/Forbidden.ResourceNotFound",
        "UntagResource/error/Rejected.ResourceInDeleteWindow",
        "TagResources/error/Rejected.ResourceInDeleteWindow",
        "UntagResources/error/Rejected.ResourceInDeleteWindow",
        "ListTagResources/scheduled",
    })
    void secret_unknownOrScheduled_keepsItsTags(Kms kms) {
        String name = kms.name("a");
        for (int status : new int[] {404, 409}) {
            String code = status == 404 ? "Forbidden.ResourceNotFound" : "Rejected.ResourceInDeleteWindow";
            kms.assertRefused(status, code, "TagResource", "SecretName", name, "Tags", json("k", "v"));
            kms.assertRefused(status, code, "UntagResource", "SecretName", name, "TagKeys", "[\"k\"]");
            if (status == 404) {
                kms.createSecret(name, "x", "Tags", json("old", "v"));
                kms.call("DeleteSecret", "SecretName", name, "RecoveryWindowInDays", "7");
            }
        }
        kms.assertRefused(
                409, "Rejected.ResourceInDeleteWindow", "TagResources", many(List.of(name), "Tag", tag("k", "v")));
        kms.assertRefused(
                409,
                "Rejected.ResourceInDeleteWindow",
                "UntagResources",
                many(List.of(name), "TagKey", List.of("old")));
        assertThat(rows(kms, many(List.of(name)))).containsExactly(name + " old=v");
    }

    @ConformanceTest
    @Proves({
        "TagResources/ResourceId/several",
        "TagResources/ResourceId/json",
        "TagResources/Tag/added",
        "TagResources/answer/RequestId",
        "UntagResources/ResourceId/several",
        "UntagResources/TagKey/removed",
        "UntagResources/All/true",
        "UntagResources/All/with-keys",
        "UntagResources/answer/RequestId",
        "ListTagResources/ResourceId/given",
        "ListTagResources/ResourceId/absent",
        "ListTagResources/Tag/filter",
        "ListTagResources/answer/TagResources",
        "ListTagResources/answer/RequestId",
        "RdsSecrets/R77/tags-of-many",
        "RdsSecrets/R78/untag-many",
    })
    void severalSecrets_areTaggedListedAndUntagged(Kms kms) {
        List<String> names = List.of("a", "b/c");
        names.forEach(name -> kms.createSecret(name, "x"));
        kms.createSecret("other", "x", "Tags", json("team", "mail"));
        assertThat(kms.call(
                        "TagResources",
                        many(
                                names,
                                "Tag",
                                List.of(Map.of("Key", "team", "Value", "shop"), Map.of("Key", "env", "Value", "")))))
                .containsOnlyKeys("RequestId");
        assertThat(rows(kms, many(List.of())))
                .containsExactly("a env=", "a team=shop", "b/c env=", "b/c team=shop", "other team=mail");
        assertThat(rows(kms, many(List.of("b/c", "nobody")))).containsExactly("b/c env=", "b/c team=shop");
        assertThat(rows(kms, many(List.of(), "Tag", tag("team", "shop"))))
                .hasSize(4)
                .doesNotContain("other team=mail");
        assertThat(rows(kms, many(List.of(), "Tag", List.of(Map.of("Key", "team")))))
                .hasSize(5);
        assertThat(kms.call("ListTagResources", many(List.of("other"))).get("TagResources"))
                .isEqualTo(List.of(
                        Map.of("ResourceId", "other", "ResourceType", "secret", "TagKey", "team", "TagValue", "mail")));

        assertThat(kms.call("UntagResources", many(names, "TagKey", List.of("env", "unknown"), "All", true)))
                .containsOnlyKeys("RequestId");
        assertThat(rows(kms, many(names))).containsExactly("a team=shop", "b/c team=shop");
        kms.call("UntagResources", many(List.of("a", "other"), "All", true));
        assertThat(rows(kms, many(List.of()))).containsExactly("b/c team=shop");
        kms.call(
                "TagResources",
                Map.of("RegionId", REGION, "ResourceType", "secret", "ResourceId", "[\"a\"]", "Tag", tag("k", "v")));
        assertThat(rows(kms, many(List.of("a")))).containsExactly("a k=v");
    }

    @ConformanceTest
    @Proves({
        "TagResources/RegionId/required",
        "TagResources/ResourceType/values",
        "TagResources/ResourceId/required",
        "TagResources/ResourceId/count",
        "TagResources/Tag/required",
        "TagResources/Tag/count",
        "TagResources/Tag/rules",
        "TagResources/error/InvalidParameter",
        "UntagResources/TagKey/count",
        "UntagResources/TagKey/or-all",
        "UntagResources/ResourceId/count",
        "UntagResources/error/InvalidParameter",
        "ListTagResources/RegionId/required",
        "ListTagResources/ResourceType/values",
        "ListTagResources/ResourceId/count",
        "ListTagResources/error/InvalidParameter",
    })
    void parameters_ofTheNewerFamily_followTheirRules(Kms kms) {
        kms.createSecret("a", "x");
        List<String> a = List.of("a");
        List<String> fiftyOne = IntStream.range(0, 51).mapToObj(i -> "s" + i).toList();
        for (String action : List.of("TagResources", "UntagResources", "ListTagResources")) {
            Map<String, Object> good = many(a, "Tag", tag("k", "v"));
            if (action.equals("UntagResources")) {
                good.remove("Tag");
                good.put("TagKey", List.of("k"));
            }
            kms.call(action, good);
            kms.assertRefused(400, "InvalidParameter", action, with(good, "ResourceType", "alias"));
            kms.assertRefused(400, "MissingParameter", action, with(good, "ResourceType", null));
            kms.assertRefused(400, "InvalidParameter", action, with(good, "RegionId", "cn-elsewhere"));
            assertThat(kms.assertRefused(400, "InvalidParameter", action, with(good, "ResourceId", fiftyOne)))
                    .hasMessageContaining("\"ResourceId\"");
            if (!action.equals("ListTagResources")) {
                kms.assertRefused(400, "MissingParameter", action, with(good, "ResourceId", null));
            }
        }
        kms.assertRefused(400, "MissingParameter", "TagResources", many(a));
        kms.assertRefused(400, "MissingParameter", "UntagResources", many(a));
        List<Map<String, String>> twentyOne = IntStream.range(0, 21)
                .mapToObj(i -> Map.of("Key", "k" + i, "Value", "v"))
                .toList();
        kms.assertRefused(400, "Rejected.LimitExceeded", "TagResources", many(a, "Tag", twentyOne));
        for (String bad : List.of("k".repeat(129), "acs:k", "aliyunk", "#")) {
            kms.assertRefused(400, "InvalidParameter", "TagResources", many(a, "Tag", tag(bad, "v")));
        }
        kms.assertRefused(
                400,
                "InvalidParameter",
                "UntagResources",
                many(a, "TagKey", twentyOne.stream().map(t -> t.get("Key")).toList()));
    }

    @ConformanceTest
    @Proves({"TagResources/error/InvalidResourceId.NotFound", "UntagResources/error/InvalidResourceId.NotFound"})
    void oneSecretUnknown_changesNone(Kms kms) {
        kms.createSecret("a", "x", "Tags", json("old", "v"));
        List<String> names = List.of("a", "nobody");
        kms.assertRefused(404, "InvalidResourceId.NotFound", "TagResources", many(names, "Tag", tag("k", "v")));
        kms.assertRefused(404, "InvalidResourceId.NotFound", "UntagResources", many(names, "All", true));
        assertThat(tags(kms, "a")).isEqualTo(Map.of("old", "v"));
    }

    @ConformanceTest
    @Proves({
        "ListTagResources/NextToken/pages",
        "ListTagResources/NextToken/foreign",
        "ListTagResources/answer/NextToken"
    })
    void moreThan200Rows_comeOnPages(Kms kms) {
        String twenty = numbered(0, 20);
        for (int i = 0; i < 11; i++) {
            kms.createSecret("s" + (10 + i), "x", "Tags", twenty);
        }
        Map<String, Object> first = kms.call("ListTagResources", many(List.of()));
        assertThat(Kms.list(first, "TagResources")).hasSize(200);
        assertThat(first).containsKey("NextToken");
        // A row that goes does not move the others.
        kms.call("UntagResource", "SecretName", "s10", "TagKeys", "[\"k0\"]");
        Map<String, Object> second = kms.call("ListTagResources", many(List.of(), "NextToken", first.get("NextToken")));
        assertThat(Kms.list(second, "TagResources"))
                .hasSize(20)
                .allMatch(row -> row.get("ResourceId").equals("s20"));
        assertThat(second).doesNotContainKey("NextToken");
        assertThat(kms.assertRefused(400, "InvalidParameter", "ListTagResources", many(List.of(), "NextToken", "mine")))
                .hasMessageContaining("\"NextToken\"");
    }

    private static Map<String, Object> many(List<String> names, Object... more) {
        Map<String, Object> parameters = new LinkedHashMap<>(Map.of("RegionId", REGION, "ResourceType", "secret"));
        if (!names.isEmpty()) {
            parameters.put("ResourceId", names);
        }
        for (int i = 0; i < more.length; i += 2) {
            parameters.put((String) more[i], more[i + 1]);
        }
        return parameters;
    }

    private static Map<String, Object> with(Map<String, Object> parameters, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(parameters);
        changed.remove(name);
        if (value != null) {
            changed.put(name, value);
        }
        return changed;
    }

    private static List<Map<String, String>> tag(String key, String value) {
        return List.of(Map.of("Key", key, "Value", value));
    }

    private static List<String> rows(Kms kms, Map<String, Object> parameters) {
        return Kms.list(kms.call("ListTagResources", parameters), "TagResources").stream()
                .map(row -> row.get("ResourceId") + " " + row.get("TagKey") + "=" + row.getOrDefault("TagValue", ""))
                .toList();
    }

    private static Map<Object, Object> tags(Kms kms, String name) {
        return Kms.list(kms.call("DescribeSecret", "SecretName", name, "FetchTags", "true"), "Tags").stream()
                .collect(Collectors.toMap(tag -> tag.get("TagKey"), tag -> tag.getOrDefault("TagValue", "")));
    }

    private static String json(String... keysAndValues) {
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tags.add("{\"TagKey\":\"" + keysAndValues[i].replace("\\", "\\\\") + "\",\"TagValue\":\""
                    + keysAndValues[i + 1].replace("\\", "\\\\") + "\"}");
        }
        return "[" + String.join(",", tags) + "]";
    }

    private static String numbered(int from, int to) {
        return json(IntStream.range(from, to)
                .boxed()
                .flatMap(i -> Stream.of("k" + i, "v"))
                .toArray(String[]::new));
    }
}
