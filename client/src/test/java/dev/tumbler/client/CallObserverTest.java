package dev.tumbler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.testing.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an observer is told of the operations. */
@Timeout(30)
class CallObserverTest {
    private static final String VALUE = "{\"SecretName\":\"mail\",\"VersionId\":\"v1\",\"SecretData\":\"x\"}";

    private final MockWebServer server = new MockWebServer();
    private final VirtualTime time = new VirtualTime();
    private final ScheduledExecutorService scheduler = time.skippingScheduler();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        scheduler.shutdownNow();
        server.close();
    }

    @Test
    void operation_afterARetry_isToldInOrder() {
        server.enqueue(error(429, "Rejected.Throttling"));
        server.enqueue(json(VALUE));
        try (SecretsClient client = client(this::recorded)) {
            client.getSecretValue("mail");
        }
        assertThat(told).containsExactly("begin GetSecretValue mail", "retrying throttled 1 PT1S", "succeeded 2 PT1S");
    }

    @Test
    void operation_thatFails_isToldWithWhatTheCallerGets() {
        server.enqueue(error(404, "Forbidden.ResourceNotFound"));
        try (SecretsClient client = client(this::recorded)) {
            assertThatThrownBy(() -> client.getSecretValue("mail")).isInstanceOf(SecretNotFoundException.class);
        }
        assertThat(told).containsExactly("begin GetSecretValue mail", "failed SecretNotFoundException 1 PT0S");
    }

    @Test
    void operation_onNoSecret_hasNoName() {
        server.enqueue(json("{\"RandomPassword\":\"x\",\"RequestId\":\"r\"}"));
        try (SecretsClient client = client(this::recorded)) {
            client.getRandomPassword();
        }
        assertThat(told).containsExactly("begin GetRandomPassword null", "succeeded 1 PT0S");
    }

    @Test
    void operation_withoutCredentials_isToldToo() {
        try (SecretsClient client = builder(this::recorded)
                .credentials(() -> {
                    throw new IllegalStateException("none");
                })
                .build()) {
            assertThatThrownBy(() -> client.getSecretValue("mail")).isInstanceOf(IllegalStateException.class);
        }
        assertThat(told).containsExactly("begin GetSecretValue mail", "failed IllegalStateException 0 PT0S");
    }

    @Test
    void operation_givenUp_isToldOnce() throws Exception {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        try (SecretsClient client = client(this::recorded)) {
            CompletableFuture<?> future = client.async().getSecretValue("mail");
            assertThat(server.takeRequest(20, TimeUnit.SECONDS)).isNotNull();
            future.cancel(false);
            assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        }
        assertThat(told).containsExactly("begin GetSecretValue mail", "failed CancellationException 1 PT0S");
    }

    @Test
    void headers_ofAnObserver_areSentUnlessTheyAreTheClients() throws Exception {
        server.enqueue(json(VALUE));
        Map<String, String> headers = Map.of(
                "TraceParent", "00-1-2-01", "Authorization", "mine", "X-Acs-Version", "2000-01-01", "x-acs-other", "a");
        CallObserver observer = (action, secretName) -> new CallObserver.Observation() {
            @Override
            public Map<String, String> headers() {
                return headers;
            }
        };
        try (SecretsClient client = client(observer)) {
            client.getSecretValue("mail");
        }

        RecordedRequest request = server.takeRequest(20, TimeUnit.SECONDS);
        assertThat(request.getHeader("traceparent")).isEqualTo("00-1-2-01");
        assertThat(request.getHeader("Authorization")).startsWith("ACS3-HMAC-SHA256 ");
        assertThat(request.getHeader("x-acs-version")).isEqualTo("2016-01-20");
        assertThat(request.getHeader("x-acs-other")).isNull();
    }

    @Test
    void headers_thatHttpDoesNotTake_areLeftOut() throws Exception {
        server.enqueue(json(VALUE));
        Map<String, String> headers = new HashMap<>();
        headers.put("baggage", "user=Jos\u00e9");
        headers.put("tracestate", "a\nb");
        headers.put("two words", "a");
        headers.put("", "a");
        headers.put("x-null", null);
        headers.put(null, "a");
        headers.put("traceparent", "00-1-2-01");
        try (SecretsClient client = client(withHeaders(headers))) {
            assertThat(client.getSecretValue("mail").versionId()).isEqualTo("v1");
        }

        RecordedRequest request = server.takeRequest(20, TimeUnit.SECONDS);
        assertThat(request.getHeader("traceparent")).isEqualTo("00-1-2-01");
        assertThat(request.getHeaders().names()).doesNotContain("baggage", "tracestate", "two words", "x-null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User-Agent",
                "Accept-Encoding",
                "Content-Type",
                "Content-Length",
                "Content-Encoding",
                "Transfer-Encoding",
                "Host",
                "Connection",
                "Expect"
            })
    void headers_thatTheClientSetsItself_areLeftOut(String name) throws Exception {
        server.enqueue(json(VALUE));
        try (SecretsClient client = client(withHeaders(Map.of(name, "foreign")))) {
            assertThat(client.getSecretValue("mail").versionId()).isEqualTo("v1");
        }

        assertThat(server.takeRequest(20, TimeUnit.SECONDS).getHeaders().values(name))
                .doesNotContain("foreign");
    }

    private static CallObserver withHeaders(Map<String, String> headers) {
        return (action, secretName) -> new CallObserver.Observation() {
            @Override
            public Map<String, String> headers() {
                return headers;
            }
        };
    }

    @Test
    void observer_thatThrowsEverywhere_changesNothing() {
        server.enqueue(error(429, "Rejected.Throttling"));
        server.enqueue(json(VALUE));
        server.enqueue(json(VALUE));
        CallObserver.Observation throwing = new CallObserver.Observation() {
            @Override
            public Map<String, String> headers() {
                throw new IllegalStateException("headers");
            }

            @Override
            public void retrying(FailureKind reason, int attempts, Duration pause) {
                throw new IllegalStateException("retrying");
            }

            @Override
            public void succeeded(int attempts, Duration elapsed) {
                throw new IllegalStateException("succeeded");
            }
        };
        try (SecretsClient client = client((action, secretName) -> throwing)) {
            assertThat(client.getSecretValue("mail").versionId()).isEqualTo("v1");
        }
        CallObserver failing = (action, secretName) -> {
            throw new IllegalStateException("begin");
        };
        try (SecretsClient client = client(failing)) {
            assertThat(client.getSecretValue("mail").versionId()).isEqualTo("v1");
        }
    }

    private CallObserver.Observation recorded(String action, @Nullable String secretName) {
        told.add("begin " + action + " " + secretName);
        return new CallObserver.Observation() {
            @Override
            public void retrying(FailureKind reason, int attempts, Duration pause) {
                told.add("retrying " + reason + " " + attempts + " " + pause);
            }

            @Override
            public void succeeded(int attempts, Duration elapsed) {
                told.add("succeeded " + attempts + " " + elapsed);
            }

            @Override
            public void failed(Throwable failure, int attempts, Duration elapsed) {
                told.add("failed " + failure.getClass().getSimpleName() + " " + attempts + " " + elapsed);
            }
        };
    }

    private SecretsClient client(CallObserver observer) {
        return builder(observer).build();
    }

    private SecretsClientBuilder builder(CallObserver observer) {
        return SecretsClient.builder()
                .endpoint(URI.create("http://127.0.0.1:" + server.getPort()))
                .credentials(CredentialsProvider.of("ak", "sk"))
                .observer(observer)
                .timing(time, scheduler, () -> 1.0);
    }

    private static MockResponse error(int status, String code) {
        return json("{\"Code\":\"" + code + "\",\"RequestId\":\"r\"}").setResponseCode(status);
    }

    private static MockResponse json(String body) {
        return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
    }
}
