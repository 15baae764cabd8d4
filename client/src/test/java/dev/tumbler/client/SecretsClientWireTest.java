package dev.tumbler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.auth.SignatureMethod;
import dev.tumbler.client.model.AutomaticRotation;
import dev.tumbler.client.model.CreateSecretResult;
import dev.tumbler.client.model.DeleteSecretResult;
import dev.tumbler.client.model.DescribeSecretResult;
import dev.tumbler.client.model.FilterKey;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.Page;
import dev.tumbler.client.model.PutSecretValueResult;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.client.model.RotateSecretResult;
import dev.tumbler.client.model.RotationState;
import dev.tumbler.client.model.SecretData;
import dev.tumbler.client.model.SecretDataType;
import dev.tumbler.client.model.SecretSummary;
import dev.tumbler.client.model.SecretType;
import dev.tumbler.client.model.VersionStage;
import dev.tumbler.client.testing.SignatureCheck;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each operation sends, and what it makes of the answer. */
@Timeout(30)
class SecretsClientWireTest {
    private static final String ARN = "acs:kms:cn-hangzhou:1:secret/orders/db";

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void getSecretValue_ofARotatingSecret_mapsEveryField() throws Exception {
        answer("""
                {"RequestId":"r-1","SecretName":"orders/db","SecretType":"Rds","SecretDataType":"text","VersionId":"v1",
                 "SecretData":"{\\"AccountName\\":\\"orders\\",\\"AccountPassword\\":\\"p<&>=' \u4f60\\"}",
                 "VersionStages":{"VersionStage":["ACSCurrent","Blue"]},"CreateTime":"2024-02-21T15:39:26Z",
                 "AutomaticRotation":"Enabled","RotationInterval":"604800s","NextRotationDate":"2024-02-28T15:39:26Z",
                 "LastRotationDate":"2024-02-21T23:39:26.713703651+08:00","ExtendedConfig":"{}","Unknown":{"a":[1]}}""");

        GetSecretValueResult result;
        try (SecretsClient client = client().build()) {
            result = client.getSecretValue(r -> r.secretName("orders/db")
                    .versionStage(VersionStage.ACS_CURRENT)
                    .versionId("v1")
                    .fetchExtendedConfig(true));
        }

        assertThat(parametersSent())
                .containsOnly(
                        entry("SecretName", "orders/db"),
                        entry("VersionStage", "ACSCurrent"),
                        entry("VersionId", "v1"),
                        entry("FetchExtendedConfig", "true"));
        assertThat(result)
                .usingRecursiveComparison()
                .isEqualTo(GetSecretValueResult.builder()
                        .requestId("r-1")
                        .secretName("orders/db")
                        .secretType(SecretType.RDS)
                        .secretDataType(SecretDataType.TEXT)
                        .versionId("v1")
                        .secretData(SecretData.of("{\"AccountName\":\"orders\",\"AccountPassword\":\"p<&>=' \u4f60\"}"))
                        .versionStages(List.of(VersionStage.ACS_CURRENT, new VersionStage("Blue")))
                        .createTime(Instant.parse("2024-02-21T15:39:26Z"))
                        .rotation(RotationState.builder()
                                .automaticRotation(AutomaticRotation.ENABLED)
                                .rotationInterval(Duration.ofDays(7))
                                .nextRotationDate(Instant.parse("2024-02-28T15:39:26Z"))
                                .lastRotationDate(Instant.parse("2024-02-21T15:39:26.713703651Z"))
                                .build())
                        .extendedConfig("{}")
                        .build());
        assertThat(result.asRdsCredentials()).isEqualTo(new RdsCredentials("orders", "p<&>=' \u4f60"));
    }

    @Test
    void createSecret_forTwoAccounts_sendsTheDocumentedJson() throws Exception {
        answer("{\"Arn\":\"" + ARN + "\",\"SecretName\":\"orders/db\",\"VersionId\":\"v1\",\"SecretType\":\"Rds\","
                + "\"AutomaticRotation\":\"Enabled\",\"RotationInterval\":\"604800s\",\"RequestId\":\"r-2\"}");

        CreateSecretResult result;
        try (SecretsClient client = client().build()) {
            result = client.createSecret(r -> r.secretName("orders/db")
                    .versionId("v1")
                    .rdsDualAccount(
                            "rm-orders",
                            new RdsCredentials("orders", "a<\"b"),
                            new RdsCredentials("orders_clone", "c&d"))
                    .enableAutomaticRotation(true)
                    .rotationInterval(Duration.ofDays(7))
                    .encryptionKeyId("key-1")
                    .dkmsInstanceId("kst-1")
                    .description("Orders")
                    .policy("{}")
                    .tag("team", "mail"));
        }

        assertThat(parametersSent())
                .containsOnly(
                        entry("SecretName", "orders/db"),
                        entry("VersionId", "v1"),
                        entry("SecretType", "Rds"),
                        entry(
                                "SecretData",
                                "{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"a<\\\"b\"},"
                                        + "{\"AccountName\":\"orders_clone\",\"AccountPassword\":\"c&d\"}]}"),
                        entry(
                                "ExtendedConfig",
                                "{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"rm-orders\",\"CustomData\":{}}"),
                        entry("EnableAutomaticRotation", "true"),
                        entry("RotationInterval", "604800s"),
                        entry("EncryptionKeyId", "key-1"),
                        entry("DKMSInstanceId", "kst-1"),
                        entry("Description", "Orders"),
                        entry("Policy", "{}"),
                        entry("Tags", "[{\"TagKey\":\"team\",\"TagValue\":\"mail\"}]"));
        assertThat(result)
                .usingRecursiveComparison()
                .isEqualTo(CreateSecretResult.builder()
                        .arn(ARN)
                        .secretName("orders/db")
                        .versionId("v1")
                        .secretType(SecretType.RDS)
                        .rotation(RotationState.builder()
                                .automaticRotation(AutomaticRotation.ENABLED)
                                .rotationInterval(Duration.ofDays(7))
                                .build())
                        .requestId("r-2")
                        .build());
    }

    @Test
    void putSecretValue_withStages_sendsThemAsJson() throws Exception {
        answer("{\"SecretName\":\"mail\",\"VersionId\":\"v2\",\"VersionStages\":{\"VersionStage\":[\"ACSCurrent\","
                + "\"Blue\"]},\"RequestId\":\"r-3\"}");

        PutSecretValueResult result;
        try (SecretsClient client = client().build()) {
            result = client.putSecretValue(r -> r.secretName("mail")
                    .versionId("v2")
                    .secretData("a+b c")
                    .secretDataType(SecretDataType.TEXT)
                    .versionStages(List.of(VersionStage.ACS_CURRENT, new VersionStage("Blue"))));
        }

        assertThat(parametersSent())
                .containsOnly(
                        entry("SecretName", "mail"),
                        entry("VersionId", "v2"),
                        entry("SecretData", "a+b c"),
                        entry("SecretDataType", "text"),
                        entry("VersionStages", "[\"ACSCurrent\",\"Blue\"]"));
        assertThat(result)
                .usingRecursiveComparison()
                .isEqualTo(new PutSecretValueResult(
                        "mail", "v2", List.of(VersionStage.ACS_CURRENT, new VersionStage("Blue")), "r-3"));
    }

    @Test
    void describeSecret_withTags_mapsEveryField() throws Exception {
        answer("{\"Arn\":\"" + ARN + "\",\"SecretName\":\"orders/db\",\"SecretType\":\"FutureType\","
                + "\"Description\":\"d\",\"EncryptionKeyId\":\"key-1\",\"DKMSInstanceId\":\"kst-1\","
                + "\"CreateTime\":\"2024-02-21T15:39:26Z\",\"UpdateTime\":\"2024-02-22T15:39:26Z\","
                + "\"PlannedDeleteTime\":\"2024-03-22T15:39:26Z\",\"AutomaticRotation\":\"Disabled\","
                + "\"Tags\":{\"Tag\":[{\"TagKey\":\"team\",\"TagValue\":\"mail\"}]},\"RequestId\":\"r-4\"}");

        DescribeSecretResult result;
        try (SecretsClient client = client().build()) {
            result = client.describeSecret(r -> r.secretName("orders/db").fetchTags(true));
        }

        assertThat(parametersSent()).containsOnly(entry("SecretName", "orders/db"), entry("FetchTags", "true"));
        assertThat(result)
                .usingRecursiveComparison()
                .isEqualTo(DescribeSecretResult.builder()
                        .arn(ARN)
                        .secretName("orders/db")
                        .secretType(new SecretType("FutureType"))
                        .description("d")
                        .encryptionKeyId("key-1")
                        .dkmsInstanceId("kst-1")
                        .createTime(Instant.parse("2024-02-21T15:39:26Z"))
                        .updateTime(Instant.parse("2024-02-22T15:39:26Z"))
                        .plannedDeleteTime(Instant.parse("2024-03-22T15:39:26Z"))
                        .rotation(RotationState.builder()
                                .automaticRotation(AutomaticRotation.DISABLED)
                                .build())
                        .tags(Map.of("team", "mail"))
                        .requestId("r-4")
                        .build());
    }

    @Test
    void listSecrets_withFilter_returnsOnePage() throws Exception {
        answer("{\"SecretList\":{\"Secret\":[{\"SecretName\":\"a\",\"SecretType\":\"Generic\","
                + "\"CreateTime\":\"2024-02-21T15:39:26Z\",\"UpdateTime\":\"2024-02-21T15:39:26Z\"}]},"
                + "\"PageNumber\":2,\"PageSize\":1,\"TotalCount\":55,\"RequestId\":\"r-5\"}");

        Page<SecretSummary> result;
        try (SecretsClient client = client().build()) {
            result = client.listSecrets(r -> r.pageNumber(2)
                    .pageSize(1)
                    .filter(FilterKey.TAG_KEY, "team", "x")
                    .fetchTags(true));
        }

        assertThat(parametersSent())
                .containsOnly(
                        entry("PageNumber", "2"),
                        entry("PageSize", "1"),
                        entry("FetchTags", "true"),
                        entry("Filters", "[{\"Key\":\"TagKey\",\"Values\":[\"team\",\"x\"]}]"));
        assertThat(result)
                .usingRecursiveComparison()
                .isEqualTo(new Page<>(
                        List.of(SecretSummary.builder()
                                .secretName("a")
                                .secretType(SecretType.GENERIC)
                                .createTime(Instant.parse("2024-02-21T15:39:26Z"))
                                .updateTime(Instant.parse("2024-02-21T15:39:26Z"))
                                .build()),
                        2,
                        1,
                        55,
                        "r-5"));
    }

    @Test
    void rotateSecret_withVersionId_sendsIt() throws Exception {
        answer("{\"Arn\":\"" + ARN + "\",\"SecretName\":\"orders/db\",\"VersionId\":\"v2\",\"RequestId\":\"r-6\"}");

        RotateSecretResult result;
        try (SecretsClient client = client().build()) {
            result = client.rotateSecret("orders/db", "v2");
        }

        assertThat(parametersSent()).containsOnly(entry("SecretName", "orders/db"), entry("VersionId", "v2"));
        assertThat(result).usingRecursiveComparison().isEqualTo(new RotateSecretResult(ARN, "orders/db", "v2", "r-6"));
    }

    @Test
    void deleteSecret_ofAName_schedulesWithTheServicesDefault() throws Exception {
        answer("{\"SecretName\":\"a\",\"PlannedDeleteTime\":\"2020-02-21T23:36:07.713703651+08:00\","
                + "\"RequestId\":\"r-7\"}");

        DeleteSecretResult result;
        try (SecretsClient client = client().build()) {
            result = client.deleteSecret("a");
        }

        assertThat(parametersSent()).containsOnly(entry("SecretName", "a"));
        assertThat(result)
                .usingRecursiveComparison()
                .isEqualTo(DeleteSecretResult.builder()
                        .secretName("a")
                        .plannedDeleteTime(Instant.parse("2020-02-21T15:36:07.713703651Z"))
                        .requestId("r-7")
                        .build());
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void acs3_onTheWire_verifiesIndependently(boolean inQuery) throws Exception {
        answer(value());
        SecretsClientBuilder builder = client();
        try (SecretsClient client = (inQuery ? builder.parametersInQuery() : builder).build()) {
            client.getSecretValue("a b*c~\u4f60/+=&");
        }

        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        String body = request.getBody().readUtf8();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getHeader("Host")).isEqualTo("127.0.0.1:" + server.getPort());
        assertThat(request.getHeader("x-acs-action")).isEqualTo("GetSecretValue");
        assertThat(request.getHeader("x-acs-version")).isEqualTo("2016-01-20");
        assertThat(request.getHeader("x-acs-signature-nonce")).matches("[0-9a-f]{32}");
        assertThat(request.getHeader("x-acs-content-sha256")).isEqualTo(SignatureCheck.sha256(body));
        assertThat(request.getHeader("Content-Type")).isEqualTo(inQuery ? null : "application/x-www-form-urlencoded");
        assertThat(request.getHeader("Content-Length")).isEqualTo(String.valueOf(body.length()));
        assertThat(body.isEmpty()).isEqualTo(inQuery);
        assertThat(SignatureCheck.parameters(request, body)).containsOnly(entry("SecretName", "a b*c~\u4f60/+=&"));
        assertThat(request.getHeader("Authorization"))
                .startsWith("ACS3-HMAC-SHA256 Credential=test-ak,")
                .endsWith(",Signature=" + SignatureCheck.acs3(request, body, "test-sk"));
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void rpcV1_onTheWire_verifiesIndependently(boolean inQuery) throws Exception {
        answer(value());
        SecretsClientBuilder builder = client().signatureMethod(SignatureMethod.HMAC_SHA1);
        try (SecretsClient client = (inQuery ? builder.parametersInQuery() : builder).build()) {
            client.getSecretValue("a b*c~\u4f60/+=&");
        }

        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        String body = request.getBody().readUtf8();
        Map<String, String> parameters = SignatureCheck.parameters(request, body);
        assertThat(request.getHeader("Authorization")).isNull();
        assertThat(body.isEmpty()).isEqualTo(inQuery);
        assertThat(parameters)
                .containsOnlyKeys(
                        "Action",
                        "Version",
                        "Format",
                        "AccessKeyId",
                        "SignatureMethod",
                        "SignatureVersion",
                        "SignatureNonce",
                        "Timestamp",
                        "Signature",
                        "SecretName")
                .containsEntry("SecretName", "a b*c~\u4f60/+=&")
                .containsEntry("Signature", SignatureCheck.rpcV1(parameters, "test-sk"));
    }

    private SecretsClientBuilder client() {
        return SecretsClient.builder()
                .endpoint(URI.create("http://127.0.0.1:" + server.getPort()))
                .credentials(CredentialsProvider.of("test-ak", "test-sk"));
    }

    private void answer(String json) {
        server.enqueue(new MockResponse()
                .setHeader("Content-Type", "application/json;charset=utf-8")
                .setBody(json));
    }

    private static String value() {
        return "{\"SecretName\":\"a\",\"VersionId\":\"v1\",\"SecretData\":\"x\",\"RequestId\":\"r\"}";
    }

    private Map<String, String> parametersSent() throws InterruptedException {
        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        return SignatureCheck.parameters(request, request.getBody().readUtf8());
    }
}
