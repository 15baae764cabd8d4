package dev.tumbler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.auth.SignatureMethod;
import dev.tumbler.client.internal.http.Exchange;
import dev.tumbler.client.internal.http.HttpAnswer;
import dev.tumbler.client.internal.http.Transport;
import dev.tumbler.client.internal.signing.SignedRequest;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.VersionStage;
import dev.tumbler.client.testing.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.SocketPolicy;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong, what is tried again, and what the caller is told. */
@Timeout(30)
class SecretsClientFailureTest {
    private static final String VALUE =
            "{\"SecretName\":\"mail\",\"VersionId\":\"v1\",\"SecretData\":\"x\",\"RequestId\":\"r\"}";

    private final MockWebServer server = new MockWebServer();
    private final VirtualTime time = new VirtualTime();
    private final ScheduledExecutorService scheduler = time.skippingScheduler();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        scheduler.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "Forbidden.ResourceNotFound, 404, SecretNotFoundException, REJECTED",
        "Rejected.ResourceExist, 409, SecretExistsException, REJECTED",
        "Rejected.ResourceInDeleteWindow, 409, PendingDeletionException, REJECTED",
        "Forbidden.NoPermission, 403, AccessDeniedException, REJECTED",
        "InvalidAccessKeyId.NotFound, 404, AccessDeniedException, REJECTED",
        "SignatureDoesNotMatch, 400, AccessDeniedException, REJECTED",
        "Forbidden.KeyNotFound, 404, KmsServiceException, REJECTED",
        "Rejected.LimitExceeded, 400, KmsServiceException, REJECTED",
        "Rejected.Unavailable, 503, KmsServiceException, REJECTED",
        "Rejected.Throttling, 429, ThrottledException, THROTTLED",
        "Throttling.User, 400, ThrottledException, THROTTLED",
        "Throttling.UserFlow, 400, ThrottledException, THROTTLED",
        "InvalidParameter, 400, InvalidParameterException, REJECTED",
        "InvalidParameter.SecretName, 400, InvalidParameterException, REJECTED",
        "MissingParameter, 400, InvalidParameterException, REJECTED",
        "MissingParameter.VersionId, 400, InvalidParameterException, REJECTED",
        "ValidationError, 400, InvalidParameterException, REJECTED",
        "ParseRequestParameterException, 400, InvalidParameterException, REJECTED",
        "InternalFailure, 500, KmsServiceException, INTERNAL",
        "SerivceUnavailableTemporary, 503, KmsServiceException, UNAVAILABLE",
        "Anything.New, 502, KmsServiceException, INTERNAL",
        "Anything.New, 200, KmsServiceException, REJECTED"
    })
    void error_byCodeThenStatus_hasItsTypeAndKind(String code, int status, String type, FailureKind kind) {
        server.enqueue(error(status, code, "Some text"));
        try (SecretsClient client = client().retry(RetryPolicy.none()).build()) {
            assertThatThrownBy(() -> client.getSecretValue("mail"))
                    .isInstanceOfSatisfying(KmsServiceException.class, e -> {
                        assertThat(e.getClass().getSimpleName()).isEqualTo(type);
                        assertThat(e.code()).isEqualTo(code);
                        assertThat(e.status()).isEqualTo(status);
                        assertThat(e.requestId()).isEqualTo("req-1");
                        assertThat(e.attempts()).isEqualTo(1);
                        assertThat(e.kind()).isEqualTo(kind);
                    });
        }
    }

    @Test
    void error_message_saysWhatWasAttemptedWhatCameBackAndWhatToCheck() {
        server.enqueue(error(404, "Forbidden.ResourceNotFound", "Resource not found"));
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() -> client.getSecretValue("order/db"))
                    .hasMessage("GetSecretValue \"order/db\" at 127.0.0.1:" + server.getPort()
                            + ": Forbidden.ResourceNotFound (404), request req-1\n"
                            + "  The service says: Resource not found\n"
                            + "  No secret has this name, or it has no such version or stage."
                            + " Check name, region and account.");
        }
    }

    @Test
    void error_thatQuotesTheStringToSign_isCutThere() {
        server.enqueue(error(400, "SignatureDoesNotMatch", "Not matched. server string to sign is:POST&%2F&canary"));
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() -> client.getSecretValue("mail"))
                    .hasMessageContaining("The service says: Not matched.\n")
                    .hasMessageContaining("Check the secret of the access key ")
                    .hasMessageNotContaining("canary");
        }
    }

    @Test
    void error_ofAWrite_tellsOnlyTheNamesOfParameters() {
        server.enqueue(error(
                400,
                "InvalidParameter",
                "The specified parameter \\\"VersionId\\\" is not valid: part-of-canary and \\\"SecretValue\\\""));
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() -> client.putSecretValue("mail", "v1", "the-canary-and-more"))
                    .hasMessageContaining("InvalidParameter (400), request req-1\n  The service names VersionId.\n")
                    .hasMessageNotContaining("canary");
        }
    }

    @Test
    void read_throttledTwice_pausesLongerEachTimeAndSucceeds() {
        server.enqueue(error(400, "Throttling.User", ""));
        server.enqueue(error(429, "Rejected.Throttling", ""));
        server.enqueue(json(200, VALUE));
        try (SecretsClient client = client().build()) {
            assertThat(client.getSecretValue("mail").versionId()).isEqualTo("v1");
        }

        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void read_failingForAMoment_pausesShorterThanWhenThrottled() {
        server.enqueue(error(503, "ServiceUnavailableTemporary", ""));
        server.enqueue(error(500, "InternalFailure", ""));
        server.enqueue(error(429, "Rejected.Throttling", ""));
        server.enqueue(json(200, VALUE));
        try (SecretsClient client = client().build()) {
            client.getSecretValue("mail");
        }

        assertThat(time.pauses())
                .containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofSeconds(4));
    }

    @Test
    void read_thatLeavesThrottlingToItsCaller_isRepeatedAfterOtherFailuresOnly() {
        server.enqueue(error(503, "ServiceUnavailableTemporary", ""));
        server.enqueue(error(429, "Rejected.Throttling", ""));
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() ->
                            client.getSecretValue(r -> r.secretName("mail").retryThrottled(false)))
                    .isInstanceOfSatisfying(
                            ThrottledException.class,
                            e -> assertThat(e.attempts()).isEqualTo(2));
        }

        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void read_throttled_pausesByChanceDownToNothing() {
        for (double random : new double[] {0.25, 0}) {
            server.enqueue(error(429, "Rejected.Throttling", ""));
            server.enqueue(json(200, VALUE));
            try (SecretsClient client = client().timing(time, time.skippingScheduler(), () -> random)
                    .build()) {
                client.getSecretValue("mail");
            }
        }

        assertThat(time.pauses()).containsExactly(Duration.ofMillis(250), Duration.ZERO);
    }

    @Test
    void read_failingForEver_stopsAfterTheGreatestNumberOfAttempts() {
        for (int i = 0; i < 5; i++) {
            server.enqueue(error(500, "InternalFailure", ""));
        }
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() -> client.getSecretValue("mail"))
                    .isInstanceOfSatisfying(
                            KmsServiceException.class,
                            e -> assertThat(e.attempts()).isEqualTo(5));
        }
        assertThat(server.getRequestCount()).isEqualTo(5);
    }

    @Test
    void read_whosePauseWouldPassTheDeadline_endsAtOnce() {
        server.enqueue(error(429, "Rejected.Throttling", ""));
        server.enqueue(error(429, "Rejected.Throttling", ""));
        try (SecretsClient client = client().retry(new RetryPolicy(100, Duration.ofSeconds(20), Duration.ofSeconds(20)))
                .build()) {
            assertThatThrownBy(() -> client.getSecretValue("mail"))
                    .isInstanceOfSatisfying(
                            ThrottledException.class,
                            e -> assertThat(e.attempts()).isEqualTo(2));
        }
        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({
        "429, Rejected.Throttling, 7, PT7S",
        "503, ServiceUnavailableTemporary, 'Tue, 24 Nov 2026 04:00:09 GMT', PT9S",
        // Less than our own pause, in the past, or nothing that can be read.
        "429, Rejected.Throttling, 0, PT1S",
        "429, Rejected.Throttling, 'Tue, 24 Nov 2026 03:00:00 GMT', PT1S",
        "429, Rejected.Throttling, soon, PT1S",
        "429, Rejected.Throttling, 99999999999999, PT1S"
    })
    void retryAfter_ofARefusal_isRespected(int status, String code, String retryAfter, Duration pause) {
        server.enqueue(error(status, code, "").setHeader("Retry-After", retryAfter));
        server.enqueue(json(200, VALUE));
        try (SecretsClient client = client().build()) {
            client.getSecretValue("mail");
        }
        assertThat(time.pauses()).containsExactly(pause);
    }

    @Test
    void retryAfter_ofAProxyWithoutAKmsAnswer_isRespected() {
        server.enqueue(json(503, "<html>").setHeader("Retry-After", "3"));
        server.enqueue(json(200, VALUE));
        try (SecretsClient client = client().build()) {
            client.getSecretValue("mail");
        }
        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void retryAfter_beyondTheDeadline_endsTheCallAtOnce() {
        server.enqueue(error(429, "Rejected.Throttling", "").setHeader("Retry-After", "30"));
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() -> client.getSecretValue("mail"))
                    .isInstanceOfSatisfying(ThrottledException.class, e -> {
                        assertThat(e.attempts()).isEqualTo(1);
                        assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(30));
                    });
        }
        assertThat(time.pauses()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("repeatable")
    void repeatableOperation_whoseAnswerIsLost_isRepeated(String name, Consumer<SecretsClient> operation) {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        server.enqueue(json(200, everything()));
        try (SecretsClient client = client().build()) {
            operation.accept(client);
        }
        assertThat(server.getRequestCount()).as(name).isEqualTo(2);
    }

    static Stream<Arguments> repeatable() {
        return Stream.of(
                Arguments.of("get", (Consumer<SecretsClient>) client -> client.getSecretValue("mail")),
                Arguments.of("put", (Consumer<SecretsClient>) client -> client.putSecretValue("mail", "v1", "x")),
                Arguments.of("describe", (Consumer<SecretsClient>) client -> client.describeSecret("mail")),
                Arguments.of("list", (Consumer<SecretsClient>) SecretsClient::listSecrets),
                Arguments.of("rotate", (Consumer<SecretsClient>) client -> client.rotateSecret("mail", "v1")),
                Arguments.of("update", (Consumer<SecretsClient>)
                        client -> client.updateSecret(r -> r.secretName("mail").description("d"))),
                Arguments.of("tag", (Consumer<SecretsClient>) client -> client.tagResource("mail", Map.of("a", "b"))),
                Arguments.of("create", (Consumer<SecretsClient>) client -> client.createSecret(
                        r -> r.secretName("mail").versionId("v1").secretData("x"))));
    }

    @ParameterizedTest
    @MethodSource("once")
    void onceOperation_whoseAnswerIsLost_isNotRepeatedAndSaysSo(String name, Consumer<SecretsClient> operation) {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        server.enqueue(json(200, everything()));
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() -> operation.accept(client))
                    .isInstanceOfSatisfying(KmsTransportException.class, e -> {
                        assertThat(e.kind()).isEqualTo(FailureKind.NO_ANSWER);
                        assertThat(e.attempts()).isEqualTo(1);
                        assertThat(e).hasMessageContaining("may have been performed");
                    });
        }
        assertThat(server.getRequestCount()).as(name).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("once")
    void onceOperation_onAReusedConnectionThatBreaks_isSentOnce(String name, Consumer<SecretsClient> operation) {
        server.enqueue(json(200, everything()));
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        server.enqueue(json(200, everything()));
        try (SecretsClient client = client().build()) {
            client.getSecretValue("mail");
            assertThatThrownBy(() -> operation.accept(client)).isInstanceOf(KmsTransportException.class);
        }
        assertThat(server.getRequestCount()).as(name).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("once")
    void onceOperation_refusedForItsRate_isRepeated(String name, Consumer<SecretsClient> operation) {
        server.enqueue(error(429, "Rejected.Throttling", ""));
        server.enqueue(json(200, everything()));
        try (SecretsClient client = client().build()) {
            operation.accept(client);
        }
        assertThat(server.getRequestCount()).as(name).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("once")
    void onceOperation_afterAnInternalError_isNotRepeated(String name, Consumer<SecretsClient> operation) {
        server.enqueue(error(500, "InternalFailure", ""));
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() -> operation.accept(client)).isInstanceOf(KmsServiceException.class);
        }
        assertThat(server.getRequestCount()).as(name).isEqualTo(1);
    }

    static Stream<Arguments> once() {
        return Stream.of(
                Arguments.of("delete", (Consumer<SecretsClient>) client -> client.deleteSecret("mail")),
                Arguments.of("restore", (Consumer<SecretsClient>) client -> client.restoreSecret("mail")),
                Arguments.of("stage", (Consumer<SecretsClient>)
                        client -> client.updateSecretVersionStage(r -> r.secretName("mail")
                                .versionStage(VersionStage.ACS_CURRENT)
                                .moveToVersion("v1"))));
    }

    @Test
    void create_whileNobodyListens_isRepeatedAndReportedAsUnreachable() throws Exception {
        server.close();
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() -> client.createSecret(
                            r -> r.secretName("mail").versionId("v1").secretData("canary")))
                    .isInstanceOfSatisfying(KmsTransportException.class, e -> {
                        assertThat(e.kind()).isEqualTo(FailureKind.UNREACHABLE);
                        assertThat(e.attempts()).isEqualTo(5);
                        assertThat(e.elapsed()).isEqualTo(Duration.ofSeconds(3));
                        assertThat(e)
                                .hasMessageContaining("5 attempts in 3.0 s")
                                .hasMessageNotContaining("canary")
                                .hasCauseInstanceOf(IOException.class);
                    });
        }
    }

    @Test
    void clockSkew_withADateHeader_isCorrectedOnceAndForLaterCalls() throws Exception {
        String theirs = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                time.instant().plus(Duration.ofHours(2)).atOffset(ZoneOffset.UTC));
        server.enqueue(error(400, "InvalidTimeStamp.Expired", "").setHeader("Date", theirs));
        server.enqueue(json(200, VALUE));
        server.enqueue(json(200, VALUE));
        try (SecretsClient client = client().build()) {
            client.getSecretValue("mail");
            client.getSecretValue("mail");
        }

        assertThat(List.of(date(), date(), date()))
                .containsExactly("2026-11-24T04:00:00Z", "2026-11-24T06:00:00Z", "2026-11-24T06:00:00Z");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void clockSkew_thatStays_failsAfterOneCorrection() {
        for (int i = 0; i < 3; i++) {
            server.enqueue(
                    error(400, "InvalidTimeStamp.Expired", "").setHeader("Date", "Tue, 24 Nov 2026 06:00:00 GMT"));
        }
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() -> client.getSecretValue("mail"))
                    .isInstanceOfSatisfying(KmsServiceException.class, e -> {
                        assertThat(e.kind()).isEqualTo(FailureKind.CLOCK_SKEW);
                        assertThat(e.attempts()).isEqualTo(2);
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void answer_thatIsNotTheServices_isNamedAndNotQuoted(MockResponse answer, FailureKind kind, String what) {
        server.enqueue(answer);
        try (SecretsClient client = client().retry(RetryPolicy.none()).build()) {
            assertThatThrownBy(() -> client.getSecretValue("mail"))
                    .isInstanceOfSatisfying(KmsTransportException.class, e -> {
                        assertThat(e.kind()).isEqualTo(kind);
                        assertThat(e)
                                .hasMessageContaining(what)
                                .hasMessageNotContaining("canary")
                                .hasMessageNotContaining("://");
                    });
        }
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of(json(200, ""), FailureKind.UNUSABLE_ANSWER, "an empty body"),
                Arguments.of(json(200, "<html>canary</html>"), FailureKind.UNUSABLE_ANSWER, "no JSON object"),
                Arguments.of(json(200, "{\"SecretData\":\"canary"), FailureKind.UNUSABLE_ANSWER, "no JSON object"),
                Arguments.of(json(200, "[\"canary\"]"), FailureKind.UNUSABLE_ANSWER, "no JSON object"),
                Arguments.of(
                        json(200, "{\"SecretName\":\"mail\",\"VersionId\":\"v1\"}"),
                        FailureKind.UNUSABLE_ANSWER,
                        "JSON without SecretData"),
                Arguments.of(json(502, "<html>canary</html>"), FailureKind.INTERNAL, "HTTP status 502"),
                Arguments.of(json(403, "<html>canary</html>"), FailureKind.UNUSABLE_ANSWER, "HTTP status 403"),
                Arguments.of(
                        json(403, "{\"code\":\"the canary\"}"),
                        FailureKind.UNUSABLE_ANSWER,
                        "HTTP status 403 with something in place of an error code"),
                Arguments.of(json(503, "{\"code\":503}"), FailureKind.UNAVAILABLE, "HTTP status 503"),
                Arguments.of(
                        json(302, "").setHeader("Location", "http://127.0.0.1:1/canary"),
                        FailureKind.UNUSABLE_ANSWER,
                        "HTTP status 302"),
                Arguments.of(
                        new MockResponse().setBody(new Buffer().write(new byte[(1 << 20) + 1])),
                        FailureKind.UNUSABLE_ANSWER,
                        "more than 1048576 bytes"),
                Arguments.of(
                        json(200, VALUE).setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY),
                        FailureKind.NO_ANSWER,
                        "no answer"));
    }

    @Test
    void call_ofAServerThatNeverAnswers_endsAtTheDeadline() {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        try (SecretsClient client = SecretsClient.builder()
                .endpoint(endpoint())
                .credentials(CredentialsProvider.of("ak", "sk"))
                .callTimeout(Duration.ofMillis(300))
                .build()) {
            assertThatThrownBy(() -> client.getSecretValue("mail"))
                    .isInstanceOfSatisfying(KmsTransportException.class, e -> {
                        assertThat(e.kind()).isEqualTo(FailureKind.NO_ANSWER);
                        assertThat(e.elapsed()).isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
                    });
        }
    }

    @Test
    void call_interrupted_stopsAtOnceAndKeepsTheFlag() throws Exception {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        try (SecretsClient client = client().build()) {
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    client.getSecretValue("mail");
                } catch (KmsTransportException e) {
                    flag.complete(
                            Thread.currentThread().isInterrupted() && e.getCause() instanceof InterruptedException);
                }
            });
            caller.start();
            server.takeRequest(10, TimeUnit.SECONDS);
            caller.interrupt();

            assertThat(flag.get(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void retry_forWhichThereIsNoThread_endsAtOnceWithTheError() {
        AtomicInteger attempts = new AtomicInteger();
        Transport exhausted = new Transport() {
            @Override
            public Exchange send(SignedRequest signed, Duration timeout) {
                if (attempts.incrementAndGet() > 1) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                byte[] body = "{\"Code\":\"InternalFailure\"}".getBytes(StandardCharsets.UTF_8);
                return new Exchange(
                        CompletableFuture.completedFuture(new HttpAnswer(500, null, null, null, body)), () -> {});
            }

            @Override
            public void close() {}
        };
        try (SecretsClient client = client().transport(exhausted).build()) {
            assertThatThrownBy(() -> client.getSecretValue("mail"))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("unable to create native thread");
        }
        assertThat(attempts).hasValue(2);
    }

    @Test
    void threads_ofAClientInUse_keepNoProgramAlive() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        try (SecretsClient client = SecretsClient.builder()
                .endpoint(endpoint())
                .credentials(() -> Credentials.of("ak", "sk"))
                .build()) {
            CompletableFuture<GetSecretValueResult> call = client.async().getSecretValue("mail");
            server.takeRequest(10, TimeUnit.SECONDS);
            Set<Thread> ours = new HashSet<>(Thread.getAllStackTraces().keySet());
            ours.removeAll(before);
            ours.removeIf(thread -> thread.getName().startsWith("MockWebServer"));
            assertThat(ours).isNotEmpty().allMatch(Thread::isDaemon);
            call.cancel(false);
        }
    }

    @Test
    void close_duringACall_endsItAndLeavesNoThread() throws Exception {
        Set<Thread> before = clientThreads();
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        SecretsClient client = SecretsClient.builder()
                .endpoint(endpoint())
                .credentials(CredentialsProvider.of("ak", "sk"))
                .build();
        assertThat(clientThreads()).isEqualTo(before);
        CompletableFuture<Object> call = CompletableFuture.supplyAsync(() -> client.getSecretValue("mail"));
        server.takeRequest(10, TimeUnit.SECONDS);

        client.close();
        client.close();

        assertThat(call)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(KmsTransportException.class);
        await().until(() -> before.containsAll(clientThreads()));
        assertThatThrownBy(() -> client.getSecretValue("mail"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This SecretsClient is closed");
    }

    @ParameterizedTest
    @EnumSource(SignatureMethod.class)
    void transportFailure_withParametersInTheQuery_showsNoUrlAnywhere(SignatureMethod method) {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        try (SecretsClient client = client().parametersInQuery()
                .signatureMethod(method)
                .retry(RetryPolicy.none())
                .build()) {
            assertThatThrownBy(() -> client.putSecretValue("mail", "v1", "canary"))
                    .isInstanceOf(KmsTransportException.class)
                    .satisfies(e -> {
                        for (Throwable link = e; link != null; link = link.getCause()) {
                            assertThat(link.toString()).doesNotContain("://", "canary", "Signature");
                        }
                    });
        }
    }

    @Test
    void builder_withoutRegionAndEndpoint_namesBoth() {
        assertThatThrownBy(() -> SecretsClient.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A SecretsClient needs a region, like cn-hangzhou, or an endpoint");
    }

    @ParameterizedTest
    @CsvSource({"ftp://host", "host:80", "http://user:canary@host", "http://host/path", "http://host?canary=1"})
    void builder_withAnEndpointOfMoreParts_refusesItWithoutRepeatingThem(String endpoint) {
        assertThatThrownBy(() -> SecretsClient.builder().endpoint(URI.create(endpoint)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    void request_withoutRequiredValues_namesAllOfThem() {
        try (SecretsClient client = client().build()) {
            assertThatThrownBy(() -> client.createSecret(r -> r.secretName("mail")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("CreateSecretRequest needs versionId, secretData");
            assertThatThrownBy(() -> client.deleteSecret(r -> r.secretName("mail")
                            .forceDeleteWithoutRecovery(true)
                            .recoveryWindowInDays(7)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("excludes");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    private SecretsClientBuilder client() {
        return SecretsClient.builder()
                .endpoint(endpoint())
                .credentials(CredentialsProvider.of("test-ak", "test-sk"))
                .timing(time, scheduler, () -> 1.0);
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    private String date() throws InterruptedException {
        return server.takeRequest(5, TimeUnit.SECONDS).getHeader("x-acs-date");
    }

    /** Other clients, those of registered drivers, may have threads too. */
    private static Set<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tumbler-kms"))
                .collect(Collectors.toSet());
    }

    private static MockResponse error(int status, String code, String message) {
        return json(
                status,
                "{\"RequestId\":\"req-1\",\"HostId\":\"h\",\"Code\":\"" + code + "\",\"Message\":\"" + message + "\"}");
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", "application/json")
                .setBody(body);
    }

    /** An answer that suits every operation. */
    private static String everything() {
        return "{\"Arn\":\"acs\",\"SecretName\":\"mail\",\"VersionId\":\"v1\",\"SecretData\":\"x\",\"PageNumber\":1,"
                + "\"PageSize\":10,\"TotalCount\":0,\"RequestId\":\"r\"}";
    }
}
