package dev.tumbler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.model.Acknowledgement;
import dev.tumbler.client.model.GetRandomPasswordResult;
import dev.tumbler.client.model.GetSecretPolicyResult;
import dev.tumbler.client.model.ListTagResourcesResult;
import dev.tumbler.client.model.Page;
import dev.tumbler.client.model.SecretData;
import dev.tumbler.client.model.SecretSummary;
import dev.tumbler.client.model.SecretTag;
import dev.tumbler.client.model.SecretVersion;
import dev.tumbler.client.model.VersionStage;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.client.testing.SignatureCheck;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The further actions: what they send, what they make of the answer, and lists page by page. */
@Timeout(30)
class SecretsClientOperationsTest {
    private static final String DONE = "{\"SecretName\":\"mail\",\"RequestId\":\"r-1\"}";
    private static final Acknowledgement ACKNOWLEDGED = new Acknowledgement("r-1");

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("operations")
    void operation_sent_hasTheDocumentedParametersAndResult(
            String action,
            Function<SecretsClient, Object> operation,
            Map<String, String> parameters,
            String answer,
            Object result)
            throws Exception {
        server.enqueue(KmsStub.ok(answer));
        try (SecretsClient client = client().region("cn-hangzhou").build()) {
            assertThat(operation.apply(client)).usingRecursiveComparison().isEqualTo(result);
        }

        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        assertThat(request.getHeader("x-acs-action")).isEqualTo(action);
        assertThat(SignatureCheck.parameters(request, request.getBody().readUtf8()))
                .isEqualTo(new TreeMap<>(parameters));
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                operation(
                        "UpdateSecret",
                        client -> client.updateSecret(
                                r -> r.secretName("mail").description("d").customData("{\"DBName\":\"a\"}")),
                        Map.of(
                                "SecretName",
                                "mail",
                                "Description",
                                "d",
                                "ExtendedConfig.CustomData",
                                "{\"DBName\":\"a\"}"),
                        DONE,
                        ACKNOWLEDGED),
                operation(
                        "ListSecretVersionIds",
                        client -> client.listSecretVersionIds(r -> r.secretName("mail")
                                .includeDeprecated(true)
                                .pageNumber(1)
                                .pageSize(5)),
                        Map.of("SecretName", "mail", "IncludeDeprecated", "true", "PageNumber", "1", "PageSize", "5"),
                        "{\"SecretName\":\"mail\",\"PageNumber\":1,\"PageSize\":5,\"TotalCount\":2,\"RequestId\":\"r-1\","
                                + "\"VersionIds\":{\"VersionId\":[{\"VersionId\":\"v2\",\"CreateTime\":"
                                + "\"2024-02-21T15:39:26Z\",\"VersionStages\":{\"VersionStage\":[\"ACSCurrent\"]}},"
                                + "{\"VersionId\":\"v1\",\"VersionStages\":{\"VersionStage\":[]}}]}}",
                        new Page<>(
                                List.of(
                                        SecretVersion.builder()
                                                .versionId("v2")
                                                .createTime(Instant.parse("2024-02-21T15:39:26Z"))
                                                .versionStages(List.of(VersionStage.ACS_CURRENT))
                                                .build(),
                                        SecretVersion.builder().versionId("v1").build()),
                                1,
                                5,
                                2,
                                "r-1")),
                operation(
                        "UpdateSecretVersionStage",
                        client -> client.updateSecretVersionStage(r -> r.secretName("mail")
                                .versionStage(new VersionStage("Blue"))
                                .moveToVersion("v2")
                                .removeFromVersion("v1")),
                        Map.of(
                                "SecretName",
                                "mail",
                                "VersionStage",
                                "Blue",
                                "MoveToVersion",
                                "v2",
                                "RemoveFromVersion",
                                "v1"),
                        DONE,
                        ACKNOWLEDGED),
                operation(
                        "UpdateSecretRotationPolicy",
                        client -> client.updateSecretRotationPolicy("orders", Duration.ofDays(7)),
                        Map.of(
                                "SecretName",
                                "orders",
                                "EnableAutomaticRotation",
                                "true",
                                "RotationInterval",
                                "604800s"),
                        DONE,
                        ACKNOWLEDGED),
                operation(
                        "UpdateSecretRotationPolicy",
                        client -> client.updateSecretRotationPolicy(
                                r -> r.secretName("orders").enableAutomaticRotation(false)),
                        Map.of("SecretName", "orders", "EnableAutomaticRotation", "false"),
                        DONE,
                        ACKNOWLEDGED),
                operation(
                        "RestoreSecret",
                        client -> client.restoreSecret("mail"),
                        Map.of("SecretName", "mail"),
                        DONE,
                        ACKNOWLEDGED),
                operation(
                        "GetRandomPassword",
                        SecretsClient::getRandomPassword,
                        Map.of(),
                        "{\"RandomPassword\":\"a<b&c\",\"RequestId\":\"r-1\"}",
                        new GetRandomPasswordResult(SecretData.of("a<b&c"), "r-1")),
                operation(
                        "GetRandomPassword",
                        client -> client.getRandomPassword(r -> r.passwordLength(16)
                                .excludeCharacters("\"@/")
                                .excludeLowercase(true)
                                .excludeUppercase(true)
                                .excludeNumbers(true)
                                .excludePunctuation(true)
                                .requireEachIncludedType(true)),
                        Map.of(
                                "PasswordLength",
                                "16",
                                "ExcludeCharacters",
                                "\"@/",
                                "ExcludeLowercase",
                                "true",
                                "ExcludeUppercase",
                                "true",
                                "ExcludeNumbers",
                                "true",
                                "ExcludePunctuation",
                                "true",
                                "RequireEachIncludedType",
                                "true"),
                        "{\"RandomPassword\":\"p\",\"RequestId\":\"r-1\"}",
                        new GetRandomPasswordResult(SecretData.of("p"), "r-1")),
                operation(
                        "SetSecretPolicy",
                        client -> client.setSecretPolicy("mail", "{\"Version\":\"1\"}"),
                        Map.of("SecretName", "mail", "PolicyName", "default", "Policy", "{\"Version\":\"1\"}"),
                        "{\"RequestId\":\"r-1\"}",
                        ACKNOWLEDGED),
                operation(
                        "GetSecretPolicy",
                        client -> client.getSecretPolicy("mail"),
                        Map.of("SecretName", "mail", "PolicyName", "default"),
                        "{\"Policy\":\"{}\",\"RequestId\":\"r-1\"}",
                        new GetSecretPolicyResult("{}", "r-1")),
                operation(
                        "TagResource",
                        client -> client.tagResource("mail", Map.of("team", "a<b")),
                        Map.of("SecretName", "mail", "Tags", "[{\"TagKey\":\"team\",\"TagValue\":\"a<b\"}]"),
                        "{\"RequestId\":\"r-1\"}",
                        ACKNOWLEDGED),
                operation(
                        "UntagResource",
                        client -> client.untagResource("mail", List.of("team", "zone")),
                        Map.of("SecretName", "mail", "TagKeys", "[\"team\",\"zone\"]"),
                        "{\"RequestId\":\"r-1\"}",
                        ACKNOWLEDGED),
                operation(
                        "TagResources",
                        client -> client.tagResources(List.of("a", "b"), Map.of("team", "x")),
                        Map.of(
                                "RegionId",
                                "cn-hangzhou",
                                "ResourceType",
                                "secret",
                                "ResourceId.1",
                                "a",
                                "ResourceId.2",
                                "b",
                                "Tag.1.Key",
                                "team",
                                "Tag.1.Value",
                                "x"),
                        "{\"RequestId\":\"r-1\"}",
                        ACKNOWLEDGED),
                operation(
                        "UntagResources",
                        client -> client.untagResources(
                                r -> r.secretNames(List.of("a")).tagKeys(List.of("k1", "k2"))),
                        Map.of(
                                "RegionId",
                                "cn-hangzhou",
                                "ResourceType",
                                "secret",
                                "ResourceId.1",
                                "a",
                                "TagKey.1",
                                "k1",
                                "TagKey.2",
                                "k2"),
                        "{\"RequestId\":\"r-1\"}",
                        ACKNOWLEDGED),
                operation(
                        "UntagResources",
                        client -> client.untagResources(
                                r -> r.secretNames(List.of("a")).all(true)),
                        Map.of("RegionId", "cn-hangzhou", "ResourceType", "secret", "ResourceId.1", "a", "All", "true"),
                        "{\"RequestId\":\"r-1\"}",
                        ACKNOWLEDGED),
                operation(
                        "ListTagResources",
                        client -> client.listTagResources(r -> r.secretNames(List.of("a"))
                                .tags(Map.of("team", "x"))
                                .nextToken("t-1")),
                        Map.of(
                                "RegionId",
                                "cn-hangzhou",
                                "ResourceType",
                                "secret",
                                "ResourceId.1",
                                "a",
                                "Tag.1.Key",
                                "team",
                                "Tag.1.Value",
                                "x",
                                "NextToken",
                                "t-1"),
                        tags("t-2", "a"),
                        new ListTagResourcesResult(List.of(new SecretTag("a", "team", "x")), "t-2", "r-1")));
    }

    @Test
    void acknowledgement_withoutARequestId_isNotTheServices() {
        server.enqueue(KmsStub.ok("{\"ok\":true}"));
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() -> client.restoreSecret("mail"))
                    .isInstanceOfSatisfying(
                            KmsTransportException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.UNUSABLE_ANSWER));
        }
    }

    @Test
    void tagsOfSeveral_withoutARegion_areRefusedBeforeTheRequest() {
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() -> client.tagResources(List.of("a"), Map.of("team", "x")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "TagResources needs the region: give it to the SecretsClientBuilder, beside the endpoint");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void request_againstTheRules_saysWhichOne(Consumer<SecretsClient> operation, String message) {
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() -> operation.accept(client))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(message);
        }
        assertThat(server.getRequestCount()).isZero();
    }

    static Stream<Arguments> incomplete() {
        return Stream.of(
                incomplete(
                        client -> client.updateSecretVersionStage(
                                r -> r.secretName("mail").versionStage(VersionStage.ACS_CURRENT)),
                        "UpdateSecretVersionStageRequest needs moveToVersion or removeFromVersion"),
                incomplete(
                        client -> client.updateSecretRotationPolicy(
                                r -> r.secretName("mail").enableAutomaticRotation(true)),
                        "UpdateSecretRotationPolicyRequest needs rotationInterval, because enableAutomaticRotation is"
                                + " true"),
                incomplete(
                        client -> client.updateSecretRotationPolicy(r -> {}),
                        "UpdateSecretRotationPolicyRequest needs secretName, enableAutomaticRotation"),
                incomplete(
                        client -> client.untagResources(
                                r -> r.secretNames(List.of("a")).all(true).tagKeys(List.of("k"))),
                        "UntagResourcesRequest needs either tagKeys or all"),
                incomplete(
                        client -> client.untagResources(r -> r.all(true)), "UntagResourcesRequest needs secretNames"));
    }

    @Nested
    class Paginators {
        @Test
        void secrets_ofThreePages_areReadAsTheyAreNeeded() {
            server.enqueue(secrets(1, 5, "a", "b"));
            server.enqueue(secrets(2, 5, "c", "d"));
            server.enqueue(secrets(3, 5, "e"));
            try (SecretsClient client = client().build()) {
                Paginator<SecretSummary> all = client.listSecretsPaginator(r -> r.pageSize(2));
                assertThat(server.getRequestCount()).isZero();

                Iterator<SecretSummary> iterator = all.iterator();
                assertThat(iterator.next().secretName()).isEqualTo("a");
                assertThat(iterator.next().secretName()).isEqualTo("b");
                assertThat(server.getRequestCount()).isEqualTo(1);
                assertThat(iterator)
                        .toIterable()
                        .extracting(SecretSummary::secretName)
                        .containsExactly("c", "d", "e");
                assertThat(iterator.hasNext()).isFalse();
            }
            assertThat(server.getRequestCount()).isEqualTo(3);
        }

        @Test
        void secrets_thatVanishInBetween_endTheListAtAnEmptyPage() {
            server.enqueue(secrets(1, 5, "a", "b"));
            server.enqueue(secrets(2, 5));
            try (SecretsClient client = client().build()) {
                assertThat(client.listSecretsPaginator().stream()).hasSize(2);
            }
            assertThat(server.getRequestCount()).isEqualTo(2);
        }

        @Test
        void secrets_ofAnEmptyAccount_takeOneRequest() {
            server.enqueue(secrets(1, 0));
            try (SecretsClient client = client().build()) {
                assertThat(client.listSecretsPaginator()).isEmpty();
            }
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void page_thatFails_isAskedForAgain() throws Exception {
            server.enqueue(secrets(1, 3, "a", "b"));
            server.enqueue(KmsStub.error(403, "Forbidden.NoPermission", ""));
            server.enqueue(secrets(2, 3, "c"));
            try (SecretsClient client = client().build()) {
                Iterator<SecretSummary> iterator = client.listSecretsPaginator().iterator();
                iterator.next();
                iterator.next();
                assertThatThrownBy(iterator::next).isInstanceOf(AccessDeniedException.class);
                assertThat(iterator.next().secretName()).isEqualTo("c");
            }
            server.takeRequest(5, TimeUnit.SECONDS);
            assertThat(pageNumber()).isEqualTo("2");
            assertThat(pageNumber()).isEqualTo("2");
        }

        @Test
        void stream_closedEarly_readsNoFurtherPage() {
            server.enqueue(secrets(1, 100, "a", "b"));
            try (SecretsClient client = client().build()) {
                assertThat(client.listSecretsPaginator().stream().limit(2)).hasSize(2);
            }
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void versions_ofTwoPages_keepTheOtherParameters() throws Exception {
            String page = "{\"SecretName\":\"mail\",\"PageNumber\":%d,\"PageSize\":1,\"TotalCount\":2,\"VersionIds\":"
                    + "{\"VersionId\":[{\"VersionId\":\"v%d\"}]}}";
            server.enqueue(KmsStub.ok(String.format(page, 1, 2)));
            server.enqueue(KmsStub.ok(String.format(page, 2, 1)));
            try (SecretsClient client = client().build()) {
                assertThat(client.listSecretVersionIdsPaginator(
                                r -> r.secretName("mail").includeDeprecated(true)))
                        .extracting(SecretVersion::versionId)
                        .containsExactly("v2", "v1");
            }
            server.takeRequest(5, TimeUnit.SECONDS);
            RecordedRequest second = server.takeRequest(5, TimeUnit.SECONDS);
            assertThat(SignatureCheck.parameters(second, second.getBody().readUtf8()))
                    .isEqualTo(new TreeMap<>(
                            Map.of("SecretName", "mail", "IncludeDeprecated", "true", "PageNumber", "2")));
        }

        @Test
        void tags_withANextToken_goOnThere() {
            server.enqueue(KmsStub.ok(tags("t-1", "a")));
            server.enqueue(KmsStub.ok(tags("", "b")));
            try (SecretsClient client = client().region("cn-hangzhou").build()) {
                assertThat(client.listTagResourcesPaginator(r -> {}))
                        .extracting(SecretTag::resourceId)
                        .containsExactly("a", "b");
            }
            assertThat(server.getRequestCount()).isEqualTo(2);
        }
    }

    private static Arguments operation(
            String action,
            Function<SecretsClient, Object> operation,
            Map<String, String> parameters,
            String answer,
            Object result) {
        return Arguments.of(action, operation, parameters, answer, result);
    }

    private static Arguments incomplete(Consumer<SecretsClient> operation, String message) {
        return Arguments.of(operation, message);
    }

    private static MockResponse secrets(int page, int total, String... names) {
        String items = Stream.of(names)
                .map(name -> "{\"SecretName\":\"" + name + "\"}")
                .reduce((one, other) -> one + "," + other)
                .orElse("");
        return KmsStub.ok("{\"SecretList\":{\"Secret\":[" + items + "]},\"PageNumber\":" + page
                + ",\"PageSize\":2,\"TotalCount\":" + total + ",\"RequestId\":\"r-1\"}");
    }

    private static String tags(String nextToken, String resourceId) {
        return "{\"TagResources\":{\"TagResource\":[{\"ResourceId\":\"" + resourceId
                + "\",\"ResourceType\":\"secret\",\"TagKey\":\"team\",\"TagValue\":\"x\"}]},\"NextToken\":\""
                + nextToken
                + "\",\"RequestId\":\"r-1\"}";
    }

    private String pageNumber() throws InterruptedException {
        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        return SignatureCheck.parameters(request, request.getBody().readUtf8()).get("PageNumber");
    }

    private SecretsClientBuilder client() {
        return SecretsClient.builder()
                .endpoint(URI.create("http://127.0.0.1:" + server.getPort()))
                .credentials(CredentialsProvider.of("test-ak", "test-sk"));
    }
}
