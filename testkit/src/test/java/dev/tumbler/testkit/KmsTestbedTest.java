package dev.tumbler.testkit;

import static dev.tumbler.emulator.rds.RdsEngine.MYSQL;
import static dev.tumbler.emulator.rds.RdsEngine.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyuncs.IAcsClient;
import dev.tumbler.client.AccessDeniedException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.RealPostgres;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes with an emulator, with JUnit and without. */
@Timeout(60)
class KmsTestbedTest {
    private static final String READ_MAIL = """
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"kms:GetSecretValue",
            "Resource":"acs:kms:*:*:secret/mail/*"}]}""";

    @Test
    void environment_leadsTheDefaultsOfOurClientAndTheOfficialOnes() {
        try (KmsTestbed kms = KmsTestbed.start()) {
            assertThat(kms.environment())
                    .containsEntry("TUMBLER_ENDPOINT", kms.endpoint().toString())
                    .containsEntry("TUMBLER_REGION", "cn-hangzhou")
                    .containsEntry(
                            "ALIBABA_CLOUD_ACCESS_KEY_ID", kms.accessKey().id())
                    .containsEntry(
                            "ALIBABA_CLOUD_ACCESS_KEY_SECRET", kms.accessKey().secret())
                    .containsEntry("credentials_type", "ak")
                    .containsEntry(
                            "cache_client_region_id",
                            "[{\"regionId\":\"cn-hangzhou\",\"endpoint\":\""
                                    + kms.emulator().hostAndPort() + "\"}]");
            assertThat(kms).hasToString("KmsTestbed[" + kms.endpoint() + "]");
        }
    }

    @Test
    void close_twiceAndEarly_isFine() {
        KmsTestbed kms = KmsTestbed.start();
        kms.close();
        kms.close();
        assertThatThrownBy(kms::client)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void fixtureFile_withEverything_isThere(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("kms.json"), """
                {"frozenClock": "2026-01-01T00:00:00Z",
                 "dbInstances": [{"id": "rm-users", "engine": "MYSQL"}],
                 "genericSecrets": [{"name": "mail/smtp", "value": "x", "versionId": "first"}],
                 "rdsSecrets": [{"name": "orders/db", "rotateEvery": "P7D", "account": "orders", "dbInstanceId": "rm-orders"}],
                 "accessKeys": [{"id": "LTAI-app", "secret": "app", "policy": %s}]}""".formatted(READ_MAIL));

        try (KmsTestbed kms = KmsTestbed.builder().fixtures(file).start();
                SecretsClient app = kms.client(new dev.tumbler.emulator.ram.AccessKey("LTAI-app", "app"))) {
            assertThat(kms.clock().now()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
            assertThat(kms.rds("rm-users").engine()).isEqualTo(MYSQL);
            assertThat(app.getSecretValue("mail/smtp").versionId()).isEqualTo("first");
            assertThatThrownBy(() -> app.getSecretValue("orders/db")).isInstanceOf(AccessDeniedException.class);
            assertThat(kms.client()
                            .getSecretValue("orders/db")
                            .asRdsCredentials()
                            .accountName())
                    .isEqualTo("orders");
            assertThat(kms.emulator().secret("orders/db").nextRotation())
                    .isEqualTo(Instant.parse("2026-01-08T00:00:00Z"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [                                                        | it must be JSON
            []                                                       | it must be a JSON object
            {"secrets": []}                                          | "secrets" must be one of frozenClock, dbInstances
            {"genericSecrets": {}}                                   | genericSecrets must be an array
            {"genericSecrets": [1]}                                  | genericSecrets[0] must be an object
            {"genericSecrets": [{"name": "a"}]}                      | genericSecrets[0] must have value
            {"genericSecrets": [{"name": "a", "value": 1}]}          | genericSecrets[0].value must be a text
            {"genericSecrets": [{"name": "a", "value": "x", "v": 1}]} | genericSecrets[0] must not have "v"
            {"rdsSecrets": [{"name": "a", "rotateEvery": "7d"}]}     | rdsSecrets[0].rotateEvery of
            {"rdsSecrets": [{"name": "a", "engine": "ORACLE"}]}      | rdsSecrets[0].engine must be one of [
            {"frozenClock": "tomorrow"}                              | takes an instant
            """)
    void fixtureFile_thatIsWrong_isRefusedInWords(String json, String said, @TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("kms.json"), json);
        assertThatThrownBy(() -> KmsTestbed.builder().fixtures(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("kms.json");
    }

    @Test
    void dataSource_withoutARealDatabase_saysWhatIsMissing() {
        try (KmsTestbed kms = KmsTestbed.start()) {
            assertThatThrownBy(kms::dataSource)
                    .hasMessageContaining("needs exactly one RDS secret")
                    .hasMessageContaining("none");
            kms.client().createSecret(r -> r.secretName("mail").versionId("v1").secretData("x"));
            kms.emulator().rds().add("rm-1", POSTGRESQL);
            kms.client()
                    .createSecret(r -> r.secretName("db")
                            .versionId("v1")
                            .rdsDualAccount("rm-1", new RdsCredentials("app", "Passw0rd")));

            assertThatThrownBy(kms::dataSource)
                    .hasMessageContaining("\"rm-1\" of \"db\" is PostgreSQL in memory, and nobody can connect to that");
            assertThatThrownBy(() -> kms.dataSource("mail")).hasMessageContaining("is no RDS secret");
            assertThatThrownBy(() -> kms.dataSource("mial")).hasMessageContaining("\"mail\"");
            assertThatThrownBy(() -> kms.rds("rm-2")).hasMessageContaining("[rm-1]");
        }
    }

    @Test
    void dataSource_onARealDatabase_survivesAWeekOfRotations() throws Exception {
        try (RealPostgres postgres = RealPostgres.start();
                KmsTestbed kms = KmsTestbed.builder()
                        .emulator(settings -> settings.clockFrozenAt(Instant.parse("2026-01-01T00:00:00Z")))
                        .prepare(emulator -> emulator.rds()
                                .attach(
                                        "rm-test",
                                        RdsInstance.jdbc(
                                                POSTGRESQL,
                                                postgres.url(),
                                                RealPostgres.ADMIN,
                                                RealPostgres.ADMIN_PASSWORD)))
                        .fixtures(FixtureFile.parse(
                                "{\"rdsSecrets\": [{\"name\": \"orders/db\", \"account\": \"orders\","
                                        + " \"rotateEvery\": \"P1D\"}]}",
                                "test"))
                        .start()) {
            DataSource database = kms.dataSource();
            for (int day = 0; day < 7; day++) {
                try (Connection connection = database.getConnection()) {
                    assertThat(connection.getMetaData().getUserName()).startsWith("orders");
                }
                kms.clock().advance(Duration.ofDays(1));
            }
            assertThat(kms.emulator().secret("orders/db").rotations()).isEqualTo(7);
        }
    }

    @Test
    void fixtures_ofAnAccountThatTheDatabaseHas_takeItOver() {
        try (KmsTestbed kms = KmsTestbed.builder()
                .prepare(emulator -> emulator.rds().add("rm-test", POSTGRESQL).createAccount("app", "From-before-1"))
                .fixtures(FixtureFile.parse("{\"rdsSecrets\": [{\"name\": \"db\"}]}", "test"))
                .start()) {
            RdsCredentials now = kms.client().getSecretValue("db").asRdsCredentials();
            assertThat(kms.rds().acceptsLogin("app", now.accountPassword())).isTrue();
            assertThat(kms.rds().acceptsLogin("app", "From-before-1")).isFalse();
        }
    }

    @Test
    void fixtures_ofTwoSecretsOfOneAccount_areRefused() {
        assertThatThrownBy(() -> KmsTestbed.builder()
                        .fixtures(FixtureFile.parse("{\"rdsSecrets\": [{\"name\": \"a\"}, {\"name\": \"b\"}]}", "test"))
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Two secrets cannot have the account \"app\" on \"rm-test\"");
    }

    @KmsEmulatorTest
    @GenericSecret(name = "mail/smtp", value = "password")
    @GenericSecret(name = "orders/token", value = "other")
    @Nested
    class Injected {
        @Emulated
        private KmsTestbed kms;

        @Test
        void officialClients_readTheSecret(Client sdk, IAcsClient classic) throws Exception {
            assertThat(sdk.getSecretValue(new GetSecretValueRequest().setSecretName("mail/smtp"))
                            .getBody()
                            .getSecretData())
                    .isEqualTo("password");
            var request = new com.aliyuncs.kms.model.v20160120.GetSecretValueRequest();
            request.setSecretName("mail/smtp");
            assertThat(classic.getAcsResponse(request).getSecretData()).isEqualTo("password");
        }

        @Test
        void classicClients_ofTwoEmulators_trustTheirOwn(IAcsClient classic) throws Exception {
            var request = new com.aliyuncs.kms.model.v20160120.DescribeRegionsRequest();
            assertThat(classic.getAcsResponse(request).getRegions()).isNotEmpty();
            try (KmsTestbed other = KmsTestbed.start()) {
                IAcsClient second = (IAcsClient) OfficialClients.create(IAcsClient.class, other);
                assertThat(second.getAcsResponse(request).getRegions()).isNotEmpty();
            }
        }

        @Test
        @AccessKey(id = "LTAI-app", secret = "app-secret")
        void accessKey_ofTheMethod_isKnown(URI endpoint) {
            assertThat(endpoint).isEqualTo(kms.endpoint());
            assertThat(kms.emulator()
                            .accessKeys()
                            .find("LTAI-app")
                            .orElseThrow()
                            .secret())
                    .isEqualTo("app-secret");
        }

        @Test
        void accessKey_ofAParameter_signsItsClient(
                @AccessKey(policy = READ_MAIL) SecretsClient reader, SecretsClient client) {
            assertThat(reader.getSecretValue("mail/smtp").versionId()).isEqualTo("v1");
            assertThatThrownBy(() -> reader.getSecretValue("orders/token")).isInstanceOf(AccessDeniedException.class);
            assertThat(client.getSecretValue("orders/token").versionId()).isEqualTo("v1");
        }

        @Test
        @AllowedBy(READ_MAIL)
        void policy_ofTheMethod_bindsItsClient(SecretsClient client) {
            assertThat(client.getSecretValue("mail/smtp").versionId()).isEqualTo("v1");
            assertThatThrownBy(() -> client.deleteSecret("mail/smtp")).isInstanceOf(AccessDeniedException.class);
        }

        @Test
        @KmsSystemProperties
        void systemProperties_leadToTheEmulator() {
            assertThat(System.getProperty("tumbler.endpoint"))
                    .isEqualTo(kms.endpoint().toString());
            try (SecretsClient byProperties = SecretsClient.builder()
                    .region(System.getProperty("tumbler.region"))
                    .endpoint(URI.create(System.getProperty("tumbler.endpoint")))
                    .build()) {
                assertThat(byProperties.getSecretValue("mail/smtp").versionId()).isEqualTo("v1");
            }
            assertThat(kms.emulator().journal().entries())
                    .last()
                    .extracting("accessKeyId")
                    .isEqualTo(kms.accessKey().id());
        }

        @Test
        void systemProperties_unasked_areUntouched() {
            assertThat(System.getProperty("tumbler.endpoint")).isNull();
            assertThat(Map.copyOf(System.getenv())).doesNotContainKey("TUMBLER_ENDPOINT");
        }
    }
}
