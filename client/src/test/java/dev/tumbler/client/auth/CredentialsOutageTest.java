package dev.tumbler.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.testing.SignatureCheck;
import dev.tumbler.client.testing.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
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
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final Queue<MockResponse> first = new ConcurrentLinkedQueue<>();
    private final List<RecordedRequest> asked = new CopyOnWriteArrayList<>();
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
                if ("PUT".equals(request.getMethod())) {
                    return new MockResponse().setBody("token");
                }
                asked.add(request);
                MockResponse next = first.poll();
                return next == null ? answer : next;
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

    @ParameterizedTest
    @EnumSource(Place.class)
    void outage_ofAMoment_isWaitedFor(Place place) {
        first.add(new MockResponse().setResponseCode(503));
        first.add(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        answer = session(place);

        assertThat(provider(place).credentials().accessKeyId()).isEqualTo("sts-ak");
        assertThat(pauses).containsExactly(Duration.ofMillis(300), Duration.ofMillis(600));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void outage_thatLasts_endsAfterThreeTries(Place place) {
        assertFails(provider(place), true);
        assertThat(asked).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void refusal_isNotAskedAgain(Place place) {
        answer = new MockResponse().setResponseCode(403).setBody("{\"Code\":\"NoPermission\"}");
        assertFails(provider(place), false);
        assertThat(asked).hasSize(1);
    }

    @Test
    void assumeRole_withAWrongClock_isSignedByTheTimeOfTheAnswer() {
        first.add(new MockResponse()
                .setResponseCode(400)
                .setHeader("Date", "Tue, 24 Nov 2026 06:00:00 GMT")
                .setBody("{\"Code\":\"InvalidTimeStamp.Expired\"}"));
        answer = session(Place.STS);

        assertThat(provider(Place.STS).credentials().accessKeyId()).isEqualTo("sts-ak");
        assertThat(asked)
                .extracting(
                        sent -> SignatureCheck.parameters(sent, sent.getBody().readUtf8())
                                .get("Timestamp"))
                .containsExactly("2026-11-24T04:00:00Z", "2026-11-24T06:00:00Z");
        assertThat(pauses).isEmpty();
    }

    @Test
    void chain_whileAConfiguredPlaceIsAway_doesNotGoOnAsSomebodyElse() throws IOException {
        Path token = Files.writeString(home.resolve("token"), "oidc");
        CredentialsProvider configured = surroundings().oidc(role(), "arn", token);
        ChainCredentialsProvider chain = new ChainCredentialsProvider(List.of(
                new ChainCredentialsProvider.Link("OIDC", () -> configured),
                new ChainCredentialsProvider.Link("node", () -> CredentialsProvider.of("node-ak", "sk"))));

        assertThatThrownBy(chain::credentials)
                .isInstanceOfSatisfying(
                        CredentialsException.class,
                        e -> assertThat(e.isTemporary()).isTrue())
                .hasMessageContaining("OIDC")
                .hasMessageNotContaining("node");
        assertThat(chain.atHand()).isEmpty();

        answer = session(Place.STS);
        time.advance(Duration.ofSeconds(5));
        assertThat(chain.credentials().accessKeyId()).isEqualTo("sts-ak");
        assertThat(chain.atHand()).isPresent();
    }

    private static MockResponse session(Place place) {
        String session = "\"AccessKeyId\":\"sts-ak\",\"AccessKeySecret\":\"sk\",\"SecurityToken\":\"t\","
                + "\"Expiration\":\"2026-11-24T10:00:00Z\"";
        return new MockResponse()
                .setBody(
                        place == Place.STS
                                ? "{\"Credentials\":{" + session + "}}"
                                : "{\"Code\":\"Success\"," + session + "}");
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
        return new Surroundings(environment::get, name -> null, home, url("/"), time, () -> 1.0, pauses::add, to -> to);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + path);
    }
}
