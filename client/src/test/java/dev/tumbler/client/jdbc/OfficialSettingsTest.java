package dev.tumbler.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.auth.RamRole;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfficialSettingsTest {
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path directory;

    @Test
    void settings_ofFileAndEnvironment_areRead() throws Exception {
        Files.writeString(directory.resolve("secretsmanager.properties"), """
                credentials_type=ak
                credentials_access_key_id=id-of-the-file
                credentials_access_secret=s3cret
                cache_client_region_id=[{"regionId":"cn-hangzhou","vpc":true},{"regionId":"cn-beijing","caFilePath":"ca.pem"}]
                """);
        environment.put("credentials_access_key_id", "id-of-the-environment");

        OfficialSettings settings = OfficialSettings.find(directory, environment::get);

        assertThat(settings.places())
                .containsExactly(
                        new KmsPlace("cn-hangzhou", null, true, null, null),
                        new KmsPlace("cn-beijing", null, false, null, "ca.pem"));
        assertThat(settings.identity()).isEqualTo(key("id-of-the-environment", "s3cret"));
        assertThat(settings.identity().toString()).doesNotContain("s3cret");
    }

    @Test
    void settings_withAnEndpoint_takeItOverHttps() throws Exception {
        environment.put("cache_client_region_id", "[{\"regionId\":\"cn-hangzhou\",\"endpoint\":\"127.0.0.1:8443\"}]");

        assertThat(OfficialSettings.find(directory, environment::get).places())
                .containsExactly(new KmsPlace("cn-hangzhou", "https://127.0.0.1:8443", false, null, null));
    }

    @Test
    void settings_thatAreNotThere_areNoPlaceAndTheDefaultChain() throws Exception {
        OfficialSettings settings = OfficialSettings.find(directory, environment::get);

        assertThat(settings.places()).isEmpty();
        assertThat(settings.identity()).isEqualTo(new KmsIdentity.DefaultChain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[", "[]", "cn-hangzhou", "[{}]", "[{\"regionId\":\"cn-hangzhou\"},1]"})
    void regions_thatAreNone_sayWhatTheyMustBe(String regions) throws Exception {
        environment.put("cache_client_region_id", regions);
        OfficialSettings settings = OfficialSettings.find(directory, environment::get);

        assertThatThrownBy(settings::places)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("cache_client_region_id must be like");
    }

    @ParameterizedTest
    @CsvSource({
        "none, 'credentials_type must be ak, token, sts, ram_role, ecs_ram_role, oidc_role_arn or client_key, not none'",
        "client_key, credentials_type client_key needs client_key_private_key_path",
        "ak, credentials_type ak needs credentials_access_key_id",
        "token, credentials_type token needs credentials_access_token_id",
        "sts, credentials_type sts needs credentials_role_arn",
        "oidc_role_arn, credentials_type oidc_role_arn needs credentials_role_arn"
    })
    void credentials_thatAreIncompleteOrUnknown_sayWhatToDo(String type, String message) throws Exception {
        environment.put("credentials_type", type);
        OfficialSettings settings = OfficialSettings.find(directory, environment::get);

        assertThatThrownBy(settings::identity).isInstanceOf(SQLException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sts", "ram_role"})
    void credentials_ofARole_areAssumedWithTheAccessKey(String type) throws Exception {
        environment.putAll(Map.of(
                "credentials_type", type,
                "credentials_access_key_id", "id",
                "credentials_access_secret", "s3cret",
                "credentials_role_arn", "acs:ram::1:role/app",
                "credentials_role_session_name", "orders",
                "credentials_policy", "{}",
                "credentials_duration_seconds", "1800",
                "credentials_sts_region_id", "cn-hangzhou"));

        assertThat(OfficialSettings.find(directory, environment::get).identity())
                .isEqualTo(new KmsIdentity.AssumedRole(
                        RamRole.builder()
                                .roleArn("acs:ram::1:role/app")
                                .roleSessionName("orders")
                                .policy("{}")
                                .duration(Duration.ofMinutes(30))
                                .stsRegion("cn-hangzhou")
                                .build(),
                        key("id", "s3cret")));
    }

    @Test
    void credentials_ofTheOtherTypes_areTaken() throws Exception {
        environment.put("credentials_type", "token");
        environment.put("credentials_access_token_id", "id");
        environment.put("credentials_access_token", "s3cret");
        OfficialSettings settings = OfficialSettings.find(directory, environment::get);
        assertThat(settings.identity()).isEqualTo(key("id", "s3cret"));

        environment.put("credentials_type", "ecs_ram_role");
        assertThat(settings.identity()).isEqualTo(new KmsIdentity.EcsRole(null));
        environment.put("credentials_role_name", "app");
        assertThat(settings.identity()).isEqualTo(new KmsIdentity.EcsRole("app"));

        environment.put("credentials_type", "oidc_role_arn");
        environment.put("credentials_role_arn", "acs:ram::1:role/app");
        environment.put("credentials_oidc_provider_arn", "acs:ram::1:oidc-provider/ack");
        environment.put("credentials_oidc_token_file_path", "/var/run/token");
        environment.put("credentials_sts_endpoint", "sts.example.com");
        assertThat(settings.identity())
                .isEqualTo(new KmsIdentity.OidcRole(
                        RamRole.builder()
                                .roleArn("acs:ram::1:role/app")
                                .stsEndpoint(URI.create("https://sts.example.com"))
                                .build(),
                        "acs:ram::1:oidc-provider/ack",
                        Path.of("/var/run/token")));
    }

    @Test
    void credentials_ofAClientKey_takeItsPasswordFromWhereItIs() throws Exception {
        environment.put("credentials_type", "client_key");
        environment.put("client_key_private_key_path", "clientKey.json");
        OfficialSettings settings = OfficialSettings.find(directory, environment::get);
        assertThatThrownBy(settings::identity)
                .isInstanceOf(SQLException.class)
                .hasMessage("credentials_type client_key needs client_key_password");

        environment.put("client_key_password", "s3cret-1");
        assertThat(settings.identity()).isEqualTo(clientKey("s3cret-1"));

        Path file = Files.writeString(directory.resolve("password"), "s3cret-2\n");
        environment.put("client_key_password_from_file_path", file.toString());
        assertThat(settings.identity()).isEqualTo(clientKey("s3cret-2"));

        environment.put("client_key_password_from_env_variable", "MY_PASSWORD");
        assertThatThrownBy(settings::identity).hasMessage("credentials_type client_key needs MY_PASSWORD");
        environment.put("MY_PASSWORD", "s3cret-3");
        assertThat(settings.identity()).isEqualTo(clientKey("s3cret-3"));
        assertThat(settings.identity().toString()).doesNotContain("s3cret");
    }

    @Test
    void clientKey_thatCannotBeOpened_isAnSqlException() {
        KmsPlace place = KmsPlace.ofRegion("cn-hangzhou");
        KmsIdentity none = new KmsIdentity.ClientKeyFile(directory.resolve("none.json"), "s3cret");

        assertThatThrownBy(() -> place.client(none, null))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("none.json");
    }

    private static KmsIdentity clientKey(String password) {
        return new KmsIdentity.ClientKeyFile(Path.of("clientKey.json"), password);
    }

    @ParameterizedTest
    @CsvSource({
        "credentials_duration_seconds, soon",
        "credentials_duration_seconds, 10",
        "credentials_role_session_name, no name"
    })
    void role_againstTheRules_isRefused(String name, String value) throws Exception {
        environment.putAll(Map.of(
                "credentials_type",
                "sts",
                "credentials_access_key_id",
                "id",
                "credentials_access_secret",
                "s3cret",
                "credentials_role_arn",
                "acs:ram::1:role/app",
                name,
                value));
        OfficialSettings settings = OfficialSettings.find(directory, environment::get);

        assertThatThrownBy(settings::identity)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("The role of secretsmanager.properties is wrong: ");
    }

    private static KmsIdentity.AccessKey key(String id, String secret) {
        return new KmsIdentity.AccessKey(Credentials.of(id, secret));
    }

    @Test
    void file_withAMalformedLine_isNotQuoted() throws Exception {
        Files.writeString(directory.resolve("secretsmanager.properties"), "credentials_access_secret=\\uZZZZs3cret");

        assertThatThrownBy(() -> OfficialSettings.find(directory, environment::get))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("secretsmanager.properties")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void kmsSettings_withOursAndTheOfficialOnes_preferOurs() throws Exception {
        environment.put("cache_client_region_id", "[{\"regionId\":\"cn-beijing\",\"endpoint\":\"official:1\"}]");
        environment.put("credentials_type", "ak");
        environment.put("credentials_access_key_id", "official-id");
        environment.put("credentials_access_secret", "s3cret");
        OfficialSettings official = OfficialSettings.find(directory, environment::get);
        Properties ours = new Properties();
        ours.setProperty("tumbler.region", "cn-hangzhou");

        KmsSettings mixed = settings(ours, official);
        KmsSettings theirs = settings(new Properties(), official);

        assertThat(mixed.places()).containsExactly(KmsPlace.ofRegion("cn-hangzhou"));
        assertThat(mixed.identity()).isEqualTo(key("official-id", "s3cret"));
        assertThat(theirs.places())
                .containsExactly(new KmsPlace("cn-beijing", "https://official:1", false, null, null));
        // One client and cache for all connections with the same settings.
        assertThat(theirs).isEqualTo(settings(new Properties(), official));
    }

    private static KmsSettings settings(Properties ours, OfficialSettings official) throws SQLException {
        return new DriverSettings(Map.of(), ours, name -> null).kms(official);
    }

    @Test
    void settings_ofADedicatedGatewayOnly_sayWhatToUse() throws Exception {
        environment.put("cache_client_dkms_config_info", "[{\"regionId\":\"cn-hangzhou\"}]");

        assertThatThrownBy(OfficialSettings.find(directory, environment::get)::places)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("cache_client_dkms_config_info is not supported")
                .hasMessageContaining("tumbler.instance");
    }

    @Test
    void credentials_thatNoRequestCanCarry_areRefusedWithoutRepeatingThem() throws Exception {
        environment.put("credentials_type", "ak");
        environment.put("credentials_access_key_id", "id");
        environment.put("credentials_access_secret", "s3 cret");

        assertThatThrownBy(OfficialSettings.find(directory, environment::get)::identity)
                .isInstanceOf(SQLException.class)
                .hasMessage("credentials_type ak: accessKeySecret has a character that is no visible ASCII");
    }

    @Test
    void kmsSettings_ofSeveralRegions_giveAClientForEach() throws Exception {
        environment.put("cache_client_region_id", "[{\"regionId\":\"cn-beijing\"},{\"regionId\":\"cn-hangzhou\"}]");
        KmsSettings settings = settings(new Properties(), OfficialSettings.find(directory, environment::get));

        List<SecretsClient> clients = settings.clients();

        assertThat(clients).hasSize(2);
        clients.forEach(SecretsClient::close);
    }
}
