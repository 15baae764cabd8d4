package dev.tumbler.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.internal.time.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverSettingsTest {
    private final Map<String, String> url = new HashMap<>();
    private final Properties connection = new Properties();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> official = new HashMap<>();

    @Test
    void settings_ofAllKinds_areTaken() throws Exception {
        url.putAll(Map.of(
                "tumbler.region", "cn-hangzhou",
                "tumbler.endpoint", "https://kms.internal",
                "tumbler.vpc", "true",
                "tumbler.instance", "kst-1",
                "tumbler.caCertificate", "/etc/kms.pem",
                "tumbler.callTimeout", "PT5S",
                "tumbler.refreshInterval", "PT1H",
                "tumbler.loginRetryTimeout", "PT2S"));

        assertThat(kms())
                .isEqualTo(new KmsSettings(
                        List.of(new KmsPlace("cn-hangzhou", "https://kms.internal", true, "kst-1", "/etc/kms.pem")),
                        new KmsIdentity.DefaultChain(),
                        Duration.ofSeconds(5),
                        Duration.ofHours(1)));
        assertThat(settings().loginRetry().timeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void settings_ofConnectionAndUrl_areThoseOfTheConnection() throws Exception {
        connection.setProperty("tumbler.region", "cn-hangzhou");
        url.put("tumbler.region", "cn-beijing");
        environment.put("TUMBLER_REGION", "cn-shanghai");

        assertThat(kms().places()).containsExactly(KmsPlace.ofRegion("cn-hangzhou"));
        connection.clear();
        assertThat(kms().places()).containsExactly(KmsPlace.ofRegion("cn-beijing"));
        url.clear();
        assertThat(kms().places()).containsExactly(KmsPlace.ofRegion("cn-shanghai"));
    }

    @Test
    void settings_ofTheClientOnly_goWithTheOfficialRegions() throws Exception {
        official.put("cache_client_region_id", "[{\"regionId\":\"cn-beijing\"}]");
        url.put("tumbler.callTimeout", "PT5S");

        KmsSettings kms = kms();

        assertThat(kms.places()).containsExactly(KmsPlace.ofRegion("cn-beijing"));
        assertThat(kms.callTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tumbler.vpc | yes | tumbler.vpc must be true or false, not \"yes\"",
                "tumbler.callTimeout | 5s | tumbler.callTimeout must be an ISO duration like PT10S, not \"5s\"",
                "tumbler.refreshInterval | 1 | tumbler.refreshInterval must be an ISO duration like PT10S, not \"1\"",
                "tumbler.accessKeyId | id | Give both tumbler.accessKeyId and tumbler.accessKeySecret, or neither",
            })
    void settings_againstTheRules_areRefused(String name, String value, String message) {
        connection.setProperty("tumbler.region", "cn-hangzhou");
        connection.setProperty(name, value);

        assertThatThrownBy(this::kms).isInstanceOf(SQLException.class).hasMessage(message);
    }

    @Test
    void settings_thatNobodyKnows_areRefused() {
        connection.setProperty("ApplicationName", "orders");
        connection.setProperty("tumbler.refeshInterval", "PT1H");
        assertThatThrownBy(this::kms)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith(
                        "tumbler.refeshInterval is no property of the driver; there are tumbler.region, ");

        connection.clear();
        url.put("tumbler.Region", "cn-hangzhou");
        assertThatThrownBy(this::kms)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("tumbler.Region is no property of the driver");
    }

    @Test
    void vpc_ofNoRegion_saysWhatIsMissing() {
        connection.setProperty("tumbler.vpc", "true");

        assertThatThrownBy(this::kms)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("tumbler.vpc and tumbler.caCertificate need one of tumbler.region");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tumbler.callTimeout | PT0S | The settings of KMS are wrong: callTimeout",
                "tumbler.instance | k s t | The settings of KMS are wrong: No KMS instance",
                "tumbler.endpoint | ftp://x | The settings of KMS are wrong: ",
                "tumbler.caCertificate | none.pem | The file with the CA certificate cannot be read: none.pem",
                "tumbler.refreshInterval | PT0S | tumbler.refreshInterval is wrong: refreshInterval",
            })
    void settings_thatTheClientDoesNotTake_areRefused(String name, String value, String message) throws Exception {
        connection.setProperty("tumbler.region", "cn-hangzhou");
        connection.setProperty(name, value);
        KmsSettings settings = kms();

        try (DriverCaches caches = new DriverCaches(TimeSource.system())) {
            assertThatThrownBy(() -> caches.of(settings))
                    .isInstanceOf(SQLException.class)
                    .hasMessageStartingWith(message);
        }
    }

    @Test
    void accessKey_thatNoRequestCanCarry_isRefusedWithoutRepeatingIt() {
        connection.setProperty("tumbler.accessKeyId", "id");
        connection.setProperty("tumbler.accessKeySecret", "s3\ncret");

        assertThatThrownBy(this::kms)
                .isInstanceOf(SQLException.class)
                .hasMessage("tumbler.accessKeySecret has a character that is no visible ASCII");
    }

    @Test
    void accessKey_withAToken_isTaken() throws Exception {
        connection.setProperty("tumbler.accessKeyId", "id");
        connection.setProperty("tumbler.accessKeySecret", "s3cret");
        connection.setProperty("tumbler.securityToken", "token");

        assertThat(kms().identity()).isEqualTo(new KmsIdentity.AccessKey(Credentials.of("id", "s3cret", "token")));
    }

    private KmsSettings kms() throws SQLException {
        return settings().kms(new OfficialSettings(official::get));
    }

    private DriverSettings settings() throws SQLException {
        return new DriverSettings(url, connection, environment::get);
    }
}
