package dev.tumbler.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
                cache_client_region_id=[{"regionId":"cn-hangzhou","vpc":true},{"regionId":"cn-beijing"}]
                """);
        environment.put("credentials_access_key_id", "id-of-the-environment");

        OfficialSettings settings = OfficialSettings.find(directory, environment::get);

        assertThat(settings.region()).isEqualTo("cn-hangzhou");
        assertThat(settings.endpoint()).isEqualTo("https://kms-vpc.cn-hangzhou.aliyuncs.com");
        assertThat(Objects.requireNonNull(settings.credentials()).accessKeyId()).isEqualTo("id-of-the-environment");
    }

    @Test
    void settings_withAnEndpoint_takeItOverHttps() throws Exception {
        environment.put("cache_client_region_id", "[{\"regionId\":\"cn-hangzhou\",\"endpoint\":\"127.0.0.1:8443\"}]");

        assertThat(OfficialSettings.find(directory, environment::get).endpoint())
                .isEqualTo("https://127.0.0.1:8443");
    }

    @Test
    void settings_thatAreNotThere_areNull() throws Exception {
        OfficialSettings settings = OfficialSettings.find(directory, environment::get);

        assertThat(settings.region()).isNull();
        assertThat(settings.endpoint()).isNull();
        assertThat(settings.credentials()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[", "[]", "cn-hangzhou"})
    void regions_thatAreNone_sayWhatTheyMustBe(String regions) throws Exception {
        environment.put("cache_client_region_id", regions);
        OfficialSettings settings = OfficialSettings.find(directory, environment::get);

        assertThatThrownBy(settings::region)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("cache_client_region_id must be like");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_key", "sts", "ak"})
    void credentials_ofATypeThatWeCannotTake_sayWhatToDo(String type) throws Exception {
        environment.put("credentials_type", type);
        OfficialSettings settings = OfficialSettings.find(directory, environment::get);

        assertThatThrownBy(settings::credentials)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("credentials_type must be ak");
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

        KmsSettings mixed = KmsSettings.of(Map.of(), ours, name -> null, official);
        KmsSettings theirs = KmsSettings.of(Map.of(), new Properties(), name -> null, official);

        assertThat(mixed.region()).isEqualTo("cn-hangzhou");
        assertThat(mixed.endpoint()).isNull();
        assertThat(Objects.requireNonNull(mixed.credentials()).accessKeyId()).isEqualTo("official-id");
        assertThat(theirs.region()).isEqualTo("cn-beijing");
        assertThat(theirs.endpoint()).isEqualTo("https://official:1");
    }
}
