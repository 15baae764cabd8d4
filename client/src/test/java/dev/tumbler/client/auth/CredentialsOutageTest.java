package dev.tumbler.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.testing.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What gives credentials is away for a moment. */
@Timeout(60)
class CredentialsOutageTest {
    @TempDir
    Path home;

    private final MockWebServer server = new MockWebServer();
    private final VirtualTime time = new VirtualTime();
    private final Map<String, String> environment = new HashMap<>();
    private volatile MockResponse answer = new MockResponse().setResponseCode(503);

    enum Place {
        STS,
        METADATA,
        URI
    }

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return "PUT".equals(request.getMethod()) ? new MockResponse().setBody("token") : answer;
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "503, ServiceUnavailable, true",
        "500, InternalError, true",
        "502, , true",
        "429, Throttling, true",
        "400, Throttling.User, true",
        "403, NoPermission, false",
        "400, InvalidParameter, false",
        "200, Failed, false"
    })
    void failure_byStatusAndCode_isTemporaryOrNot(int status, String code, boolean temporary) {
        answer = new MockResponse().setResponseCode(status).setBody("{\"Code\":\"" + code + "\"}");
        for (Place place : Place.values()) {
            assertFails(provider(place), temporary);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void failure_ofTheNetwork_isTemporary(Place place) throws IOException {
        CredentialsProvider provider = provider(place);
        server.close();
        assertFails(provider, true);
    }

    @Test
    void failure_ofAMissingToken_isNotTemporary() {
        assertFails(surroundings().oidc(role(), "arn", home.resolve("none")), false);
    }

    @Test
    void failure_ofTheChain_isTemporaryIfOneOfItsPlacesIs() throws IOException {
        environment.put("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        assertFails(DefaultChain.of(surroundings()), false);

        environment.put("ALIBABA_CLOUD_CREDENTIALS_URI", url("/uri").toString());
        assertFails(DefaultChain.of(surroundings()), true);
    }

    private static void assertFails(CredentialsProvider provider, boolean temporary) {
        assertThatThrownBy(provider::credentials)
                .isInstanceOfSatisfying(
                        CredentialsException.class,
                        e -> assertThat(e.isTemporary()).as(e.getMessage()).isEqualTo(temporary));
    }

    private CredentialsProvider provider(Place place) {
        return switch (place) {
            case STS -> surroundings().ramRole(role(), CredentialsProvider.of("ak", "sk"));
            case METADATA -> surroundings().ecsRamRole("app");
            case URI -> surroundings().uri(url("/uri"));
        };
    }

    private RamRole role() {
        return RamRole.builder()
                .roleArn("acs:ram::1:role/app")
                .stsEndpoint(url("/"))
                .build();
    }

    private Surroundings surroundings() {
        return new Surroundings(environment::get, name -> null, home, url("/"), time, () -> 1.0);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + path);
    }
}
