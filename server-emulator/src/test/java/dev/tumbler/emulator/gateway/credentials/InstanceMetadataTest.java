package dev.tumbler.emulator.gateway.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.KmsEmulator;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By hand: the official clients reach the metadata service at a fixed address only. */
@Timeout(30)
class InstanceMetadataTest {
    private static final String PATH = "/latest/meta-data/ram/security-credentials/";
    private static final HttpClient http = HttpClient.newHttpClient();

    private final Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private final KmsEmulator kms = KmsEmulator.builder().realTime(() -> now).start();

    @AfterEach
    void stop() {
        kms.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(kms.endpoint().resolve(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> putToken(String ttl) throws Exception {
        return http.send(
                HttpRequest.newBuilder(kms.endpoint().resolve("/latest/api/token"))
                        .header("X-aliyun-ecs-metadata-token-ttl-seconds", ttl)
                        .PUT(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void roleName_isThatOfTheFirstRole() throws Exception {
        assertThat(get(PATH).statusCode()).isEqualTo(404);
        assertThat(get(PATH + "reader").statusCode()).isEqualTo(404);
        kms.ram().role("reader");

        assertThat(get(PATH).body()).isEqualTo("reader");
    }

    @Test
    void credentials_ofARole_lastAnHour() throws Exception {
        kms.ram().role("reader");

        HttpResponse<String> answer = get(PATH + "reader");
        JsonObject credentials = JsonParser.parseString(answer.body()).getAsJsonObject();

        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json;charset=utf-8");
        assertThat(credentials.get("Code").getAsString()).isEqualTo("Success");
        assertThat(credentials.get("AccessKeyId").getAsString()).startsWith("STS.");
        assertThat(credentials.get("LastUpdated").getAsString()).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(credentials.get("Expiration").getAsString()).isEqualTo("2026-11-24T11:00:00Z");
        assertThat(kms.accessKeys().find(credentials.get("AccessKeyId").getAsString()))
                .hasValueSatisfying(key -> assertThat(key.secret())
                        .isEqualTo(credentials.get("AccessKeySecret").getAsString()));
        assertThat(kms.credentialsUri("reader")).isEqualTo(kms.endpoint().resolve(PATH + "reader"));
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "21600, 200", "0, 400", "21601, 400", "soon, 400"})
    void token_isGivenForAnAllowedTime(String ttl, int status) throws Exception {
        assertThat(putToken(ttl).statusCode()).isEqualTo(status);
    }

    @Test
    void otherMethods_areNotAllowed() throws Exception {
        assertThat(get("/latest/api/token").statusCode()).isEqualTo(405);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(kms.credentialsUri("reader"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void otherPaths_areTheApis() throws Exception {
        assertThat(get("/latest/meta-data/instance-id").body()).contains("MissingAction");
    }
}
