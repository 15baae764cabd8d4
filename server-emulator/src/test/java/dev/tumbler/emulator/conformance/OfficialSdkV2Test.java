package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.CreateSecretResponseBody;
import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretResponseBody;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.GetSecretValueResponseBody;
import com.aliyun.kms20160120.models.ListSecretsRequest;
import com.aliyun.kms20160120.models.ListSecretsResponseBody;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unmodified SDK V2, {@code com.aliyun:kms20160120}, with a registered key: every request is verified. */
@Timeout(60)
class OfficialSdkV2Test {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final KmsEmulator kms = KmsEmulator.builder().clockFrozenAt(START).start();
    private final AccessKey key = kms.createAccessKey();

    @AfterEach
    void stop() {
        kms.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v2"})
    void genericSecret_eitherSignature_isCreatedReadAndPut(String signatureAlgorithm) throws Exception {
        Client client =
                client(config().setSignatureAlgorithm(signatureAlgorithm.isEmpty() ? null : signatureAlgorithm));

        CreateSecretResponseBody created = client.createSecret(new CreateSecretRequest()
                        .setSecretName("mail/smtp")
                        .setVersionId("v1")
                        .setSecretData("p4ss <wörd> & 密码 '\"\\ +*~%")
                        .setDescription("for tests")
                        .setTags("[{\"TagKey\":\"team\",\"TagValue\":\"mail\"}]"))
                .getBody();
        assertThat(created.getArn()).isEqualTo("acs:kms:cn-hangzhou:1234567890123456:secret/mail/smtp");
        assertThat(created.getSecretType()).isEqualTo("Generic");
        assertThat(created.getVersionId()).isEqualTo("v1");
        assertThat(created.getRequestId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(created.getAutomaticRotation()).isNull();

        GetSecretValueResponseBody value = get(client, "mail/smtp");
        assertThat(value.getSecretData()).isEqualTo("p4ss <wörd> & 密码 '\"\\ +*~%");
        assertThat(value.getSecretDataType()).isEqualTo("text");
        assertThat(value.getVersionStages().getVersionStage()).containsExactly("ACSCurrent");
        assertThat(value.getCreateTime()).isEqualTo("2026-01-01T00:00:00Z");

        assertThat(client.putSecretValue(new PutSecretValueRequest()
                                .setSecretName("mail/smtp")
                                .setVersionId("v2")
                                .setSecretData("second")
                                .setVersionStages("[\"ACSCurrent\",\"Blue\"]"))
                        .getBody()
                        .getVersionStages()
                        .getVersionStage())
                .containsExactly("ACSCurrent", "Blue");
        assertThat(get(client, "mail/smtp").getSecretData()).isEqualTo("second");
        assertThat(client.getSecretValue(new GetSecretValueRequest()
                                .setSecretName("mail/smtp")
                                .setVersionStage("ACSPrevious"))
                        .getBody()
                        .getVersionId())
                .isEqualTo("v1");
    }

    @Test
    void rdsSecret_rotated_swapsItsAccounts() throws Exception {
        Client client = client(config());
        RdsInstance rds = kms.rds().add("rm-orders", RdsEngine.POSTGRESQL);
        rds.createAccount("orders", "First-pass-1");
        CreateSecretResponseBody created = client.createSecret(rdsSecret("orders/db", "rm-orders")
                        .setEnableAutomaticRotation(true)
                        .setRotationInterval("7d"))
                .getBody();
        assertThat(created.getAutomaticRotation()).isEqualTo("Enabled");
        assertThat(created.getRotationInterval()).isEqualTo("604800s");
        assertThat(created.getNextRotationDate()).isEqualTo("2026-01-08T00:00:00Z");

        GetSecretValueResponseBody before = get(client, "orders/db");
        assertThat(before.getSecretData())
                .isEqualTo("{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}");
        assertThat(before.getExtendedConfig())
                .isEqualTo("{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"rm-orders\","
                        + "\"CustomData\":{\"DBName\":\"shop\"}}");
        assertThat(before.getLastRotationDate()).isNull();

        kms.clock().advance(Duration.ofHours(1));
        assertThat(client.rotateSecret(new RotateSecretRequest()
                                .setSecretName("orders/db")
                                .setVersionId("v2"))
                        .getBody()
                        .getVersionId())
                .isEqualTo("v2");

        GetSecretValueResponseBody after = get(client, "orders/db");
        assertThat(after.getSecretData()).startsWith("{\"AccountName\":\"orders_clone\",\"AccountPassword\":\"");
        assertThat(after.getLastRotationDate()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(after.getNextRotationDate()).isEqualTo("2026-01-08T01:00:00Z");
        assertThat(client.getSecretValue(new GetSecretValueRequest()
                                .setSecretName("orders/db")
                                .setVersionStage("ACSPrevious"))
                        .getBody()
                        .getSecretData())
                .isEqualTo(before.getSecretData());
    }

    @Test
    void describeAndList_showMetadataAndNoValues() throws Exception {
        Client client = client(config());
        for (int i = 0; i < 12; i++) {
            client.createSecret(new CreateSecretRequest()
                    .setSecretName("s" + (char) ('a' + i))
                    .setVersionId("v1")
                    .setSecretData("value-not-shown")
                    .setTags("[{\"TagKey\":\"n\",\"TagValue\":\"" + i % 2 + "\"}]"));
        }
        DescribeSecretResponseBody described = client.describeSecret(
                        new DescribeSecretRequest().setSecretName("sa").setFetchTags("true"))
                .getBody();
        assertThat(described.getArn()).isEqualTo("acs:kms:cn-hangzhou:1234567890123456:secret/sa");
        assertThat(described.getDescription()).isEmpty();
        assertThat(described.getEncryptionKeyId()).isNull();
        assertThat(described.getPlannedDeleteTime()).isNull();
        assertThat(described.getTags().getTag()).singleElement().satisfies(tag -> {
            assertThat(tag.getTagKey()).isEqualTo("n");
            assertThat(tag.getTagValue()).isEqualTo("0");
        });

        ListSecretsResponseBody page = client.listSecrets(
                        new ListSecretsRequest().setPageNumber(2).setPageSize(5))
                .getBody();
        assertThat(page.getTotalCount()).isEqualTo(12);
        assertThat(page.getPageNumber()).isEqualTo(2);
        assertThat(page.getPageSize()).isEqualTo(5);
        assertThat(page.getSecretList().getSecret())
                .extracting("secretName")
                .containsExactly("sf", "sg", "sh", "si", "sj");
        ListSecretsResponseBody filtered = client.listSecrets(
                        new ListSecretsRequest().setFilters("[{\"Key\":\"TagValue\",\"Values\":[\"1\"]}]"))
                .getBody();
        assertThat(filtered.getTotalCount()).isEqualTo(6);
        assertThat(client.listSecrets(new ListSecretsRequest().setPageNumber(9))
                        .getBody()
                        .getSecretList()
                        .getSecret())
                .isEmpty();
    }

    @Test
    void deleteSecret_scheduledOrForced_saysWhen() throws Exception {
        Client client = client(config());
        create(client, "a");
        create(client, "b");
        assertThat(client.deleteSecret(
                                new DeleteSecretRequest().setSecretName("a").setRecoveryWindowInDays("7"))
                        .getBody()
                        .getPlannedDeleteTime())
                .isEqualTo("2026-01-08T00:00:00Z");
        assertError(() -> get(client, "a"), "Rejected.ResourceInDeleteWindow", 409, "secret in delete peroid");
        assertThat(client.deleteSecret(
                                new DeleteSecretRequest().setSecretName("b").setForceDeleteWithoutRecovery("true"))
                        .getBody()
                        .getPlannedDeleteTime())
                .isEqualTo("2026-01-01T00:00:00Z");
        assertError(() -> get(client, "b"), "Forbidden.ResourceNotFound", 404, "Resource not found");
        assertError(
                () -> client.deleteSecret(new DeleteSecretRequest()
                        .setSecretName("a")
                        .setForceDeleteWithoutRecovery("true")
                        .setRecoveryWindowInDays("7")),
                "InvalidParameter",
                400,
                "RecoveryWindowInDays");
    }

    @Test
    void largestValue_inTheQueryString_comesBackWhole() throws Exception {
        String value = "密".repeat(10_240);
        Client client = client(config());
        client.createSecret(new CreateSecretRequest()
                .setSecretName("big")
                .setVersionId("v1")
                .setSecretData(value));
        assertThat(get(client, "big").getSecretData()).isEqualTo(value);
    }

    @Test
    void https_withOurCa_works() throws Exception {
        Client client = client(config().setProtocol("HTTPS").setCa(kms.caCertificate()));
        create(client, "over/tls");
        assertThat(get(client, "over/tls").getSecretData()).isEqualTo("value of over/tls");
    }

    @Test
    void wrongAccessKeySecret_eitherSignature_isRefused() throws Exception {
        create(client(config()), "a");
        for (String algorithm : new String[] {null, "v2"}) {
            Client wrong = client(config().setSignatureAlgorithm(algorithm).setAccessKeySecret("not-the-secret"));
            assertError(
                    () -> get(wrong, "a"),
                    "SignatureDoesNotMatch",
                    400,
                    "Specified signature is not matched with our calculation.");
        }
    }

    @Test
    void missingOrBadParameters_areNamed() {
        Client client = client(config());
        assertError(
                () -> client.createSecret(
                        new CreateSecretRequest().setVersionId("v1").setSecretData("x")),
                "MissingParameter",
                400,
                "The parameter \"SecretName\" is needed but not provided.");
        assertError(
                () -> client.createSecret(new CreateSecretRequest()
                        .setSecretName("no spaces")
                        .setVersionId("v1")
                        .setSecretData("x")),
                "InvalidParameter",
                400,
                "The specified parameter \"SecretName\" is not valid.");
        assertError(
                () -> client.listSecrets(new ListSecretsRequest().setPageSize(101)),
                "InvalidParameter",
                400,
                "\"PageSize\" is not valid. It must be an integer from 1 to 100.");
        assertError(() -> client.createSecret(rdsSecret("a", "rm-unknown")), "InvalidParameter", 400, "ExtendedConfig");
        assertError(
                () -> client.rotateSecret(
                        new RotateSecretRequest().setSecretName("nobody").setVersionId("v2")),
                "Forbidden.ResourceNotFound",
                404,
                "Resource not found");
    }

    @Test
    void rdsSecret_badShapes_areRefused() {
        Client client = client(config());
        kms.rds().add("rm-1", RdsEngine.POSTGRESQL);
        List<CreateSecretRequest> bad = List.of(
                rdsSecret("a", "rm-1").setSecretData("{\"AccountName\":\"x\",\"AccountPassword\":\"y\"}"),
                rdsSecret("a", "rm-1").setSecretData("not json"),
                rdsSecret("a", "rm-1").setSecretData("{\"Accounts\":[]}"),
                rdsSecret("a", "rm-1").setExtendedConfig(Map.of("SecretSubType", "DoubleUser", "DBInstanceId", "rm-1")),
                rdsSecret("a", "rm-1").setExtendedConfig(Map.of("SecretSubType", "SingleUser")),
                rdsSecret("a", "rm-1").setSecretDataType("binary"),
                rdsSecret("a", "rm-1").setEnableAutomaticRotation(true).setRotationInterval("21599s"),
                rdsSecret("a", "rm-1").setEnableAutomaticRotation(true).setRotationInterval("366d"),
                rdsSecret("a", "rm-1").setEnableAutomaticRotation(true).setRotationInterval("7 days"));
        for (CreateSecretRequest request : bad) {
            assertError(() -> client.createSecret(request), "InvalidParameter", 400, "is not valid.");
        }
        assertError(
                () -> client.createSecret(rdsSecret("a", "rm-1").setEnableAutomaticRotation(true)),
                "MissingParameter",
                400,
                "RotationInterval");
        assertError(() -> get(client, "a"), "Forbidden.ResourceNotFound", 404, "");
    }

    @Test
    void putSecretValue_ofManagedSecret_isUnsupported() throws Exception {
        Client client = client(config());
        kms.rds().add("rm-1", RdsEngine.POSTGRESQL);
        client.createSecret(rdsSecret("a", "rm-1"));
        assertError(
                () -> client.putSecretValue(new PutSecretValueRequest()
                        .setSecretName("a")
                        .setVersionId("v2")
                        .setSecretData("x")),
                "Rejected.UnsupportedOperation",
                400,
                "Unsupported operation");
    }

    private CreateSecretRequest rdsSecret(String name, String dbInstanceId) {
        return new CreateSecretRequest()
                .setSecretName(name)
                .setVersionId("v1")
                .setSecretType("Rds")
                .setSecretData("{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}]}")
                .setExtendedConfig(Map.of(
                        "SecretSubType",
                        "DoubleUsers",
                        "DBInstanceId",
                        dbInstanceId,
                        "CustomData",
                        Map.of("DBName", "shop")));
    }

    private static void create(Client client, String name) throws Exception {
        client.createSecret(
                new CreateSecretRequest().setSecretName(name).setVersionId("v1").setSecretData("value of " + name));
    }

    private static GetSecretValueResponseBody get(Client client, String name) throws Exception {
        return client.getSecretValue(
                        new GetSecretValueRequest().setSecretName(name).setFetchExtendedConfig(true))
                .getBody();
    }

    private Config config() {
        return new Config()
                .setEndpoint(kms.hostAndPort())
                .setProtocol("HTTP")
                .setAccessKeyId(key.id())
                .setAccessKeySecret(key.secret());
    }

    private static Client client(Config config) {
        try {
            return new Client(config);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertError(ThrowingCallable call, String code, int status, String inMessage) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TeaException.class, error -> {
            assertThat(error.getCode()).isEqualTo(code);
            assertThat(error.getMessage()).startsWith("code: " + status + ", ").contains(inMessage);
            assertThat(error.getData()).containsKeys("RequestId", "HostId", "Recommend");
        });
    }
}
