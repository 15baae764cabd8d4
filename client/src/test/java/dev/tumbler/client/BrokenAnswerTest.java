package dev.tumbler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.testing.VirtualTime;
import dev.tumbler.emulator.testing.AllLogs;
import dev.tumbler.emulator.testing.SecretForms;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no correct server gives, byte by byte: each ends in a typed exception, and in time. */
@Timeout(30)
class BrokenAnswerTest {
    private static final String VALUE = "{\"SecretName\":\"mail\",\"VersionId\":\"v1\",\"SecretData\":\"c4nary\"}";

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    /** The size of the first chunk is 16; what follows is no size of the next. */
    private static final String TORN = "10\r\n{\"SecretData\":\"c4nary-password\"";

    @ParameterizedTest(name = "{0}")
    @MethodSource("bytes")
    void answer_broken_isATypedFailureWithoutItsContent(String what, String answer, boolean reset, FailureKind kind)
            throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answerOnce(server, answer, reset));
            try (SecretsClient client = client(server.getLocalPort())) {
                assertThatThrownBy(() -> client.getSecretValue("mail"))
                        .isInstanceOfSatisfying(KmsTransportException.class, e -> {
                            assertThat(e.kind()).isEqualTo(kind);
                            // Not only the deadline has ended it.
                            assertThat(e.elapsed()).isLessThan(CALL_TIMEOUT);
                            assertHidden(everything(e));
                        });
            }
            served.get(20, TimeUnit.SECONDS);
        }
    }

    static Stream<Arguments> bytes() {
        String ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        return Stream.of(
                broken("nothing, then closed", "", false, FailureKind.NO_ANSWER),
                broken("nothing, then reset", "", true, FailureKind.NO_ANSWER),
                broken("half a status line", "HTTP/1.1 20", false, FailureKind.NO_ANSWER),
                broken("another protocol", "220 c4nary ESMTP\r\n\r\n", false, FailureKind.NO_ANSWER),
                broken("half of the headers", ok + "Content-Le", false, FailureKind.NO_ANSWER),
                broken(
                        "a body shorter than its length",
                        ok + "Content-Length: 500\r\n\r\n" + VALUE,
                        false,
                        FailureKind.NO_ANSWER),
                broken(
                        "a body longer than its length",
                        ok + "Content-Length: 20\r\n\r\n" + VALUE,
                        false,
                        FailureKind.UNUSABLE_ANSWER),
                broken(
                        "chunks that do not end",
                        ok + "Transfer-Encoding: chunked\r\n\r\n" + "10\r\n{\"SecretName\":\"m",
                        false,
                        FailureKind.NO_ANSWER),
                broken(
                        "a chunk shorter than the body",
                        ok + "Transfer-Encoding: chunked\r\n\r\n" + TORN,
                        false,
                        FailureKind.NO_ANSWER),
                broken(
                        "chunks of no size",
                        ok + "Transfer-Encoding: chunked\r\n\r\n" + "c4nary\r\n",
                        false,
                        FailureKind.NO_ANSWER),
                broken(
                        "no length and half a body",
                        ok + "\r\n{\"SecretData\":\"c4na",
                        false,
                        FailureKind.UNUSABLE_ANSWER),
                broken(
                        "gzip that is none",
                        ok + "Content-Encoding: gzip\r\nContent-Length: 6\r\n\r\nc4nary",
                        false,
                        FailureKind.NO_ANSWER),
                broken(
                        "a page of a proxy",
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html>c4nary<",
                        false,
                        FailureKind.UNUSABLE_ANSWER),
                broken(
                        "no content, as success",
                        "HTTP/1.1 204 No Content\r\n\r\n",
                        false,
                        FailureKind.UNUSABLE_ANSWER));
    }

    @Test
    void answer_torn_isLoggedByTheCacheWithoutItsContent() throws Exception {
        String ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
        try (AllLogs logs = new AllLogs();
                ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                answerOnce(server, ok + "Content-Length: " + VALUE.length() + "\r\n\r\n" + VALUE, false);
                answerOnce(server, ok + "Transfer-Encoding: chunked\r\n\r\n" + TORN, false);
            });
            try (SecretsClient client = client(server.getLocalPort());
                    SecretCache cache = SecretCache.builder(client).build()) {
                CachedSecret<String> handle = cache.text("mail");
                assertThat(handle.get()).isEqualTo("c4nary");
                assertThatThrownBy(handle::refreshNow).satisfies(failure -> assertHidden(everything(failure)));
            }
            served.get(20, TimeUnit.SECONDS);
            assertThat(logs.lines()).anyMatch(line -> line.contains("EOFException"));
            assertHidden(String.join("\n", logs.lines()));
        }
    }

    @Test
    void answer_thatDrips_endsAtTheDeadline() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            // Each byte comes within the read timeout; only the deadline of the whole call ends it.
            server.enqueue(new MockResponse().setBody(VALUE).throttleBody(1, 400, TimeUnit.MILLISECONDS));
            try (SecretsClient client = client(server.getPort())) {
                assertThatThrownBy(() -> client.getSecretValue("mail"))
                        .isInstanceOfSatisfying(KmsTransportException.class, e -> {
                            assertThat(e.kind()).isEqualTo(FailureKind.NO_ANSWER);
                            assertThat(e.elapsed())
                                    .isBetween(CALL_TIMEOUT.minusMillis(500), CALL_TIMEOUT.plusSeconds(3));
                        });
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bytes")
    void answer_brokenEachTime_isAskedForAgainOnlyIfThatCanHelp(
            String what, String answer, boolean reset, FailureKind kind) throws Exception {
        int attempts = kind.isTemporary() ? 5 : 1;
        VirtualTime time = new VirtualTime();
        ScheduledExecutorService scheduler = time.skippingScheduler();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            // Until the server is closed: an attempt can also fail on the connection that the last one has left behind.
            var unused = CompletableFuture.runAsync(() -> {
                while (!server.isClosed()) {
                    answerOnce(server, answer, reset);
                }
            });
            try (SecretsClient client = SecretsClient.builder()
                    .endpoint(URI.create("http://127.0.0.1:" + server.getLocalPort()))
                    .credentials(CredentialsProvider.of("ak", "sk"))
                    .timing(time, scheduler, () -> 1.0)
                    .build()) {
                assertThatThrownBy(() -> client.getSecretValue("mail"))
                        .isInstanceOfSatisfying(KmsTransportException.class, e -> {
                            assertThat(e.kind()).isEqualTo(kind);
                            assertThat(e.attempts()).isEqualTo(attempts);
                            assertHidden(everything(e));
                        });
            }
        } finally {
            scheduler.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/html", "nonsense"})
    void answer_withAWrongContentType_isReadForWhatItIs(String contentType) throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(
                    new MockResponse().setHeader("Content-Type", contentType).setBody(VALUE));
            try (SecretsClient client = client(server.getPort())) {
                assertThat(client.getSecretValue("mail").versionId()).isEqualTo("v1");
            }
        }
    }

    private static Arguments broken(String what, String answer, boolean reset, FailureKind kind) {
        return Arguments.of(what, answer, reset, kind);
    }

    private static SecretsClient client(int port) {
        return SecretsClient.builder()
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .credentials(CredentialsProvider.of("ak", "sk"))
                .callTimeout(CALL_TIMEOUT)
                .retry(RetryPolicy.none())
                .build();
    }

    private static void answerOnce(ServerSocket server, String answer, boolean reset) {
        try (Socket socket = server.accept()) {
            readRequest(socket.getInputStream());
            if (reset) {
                socket.setSoLinger(true, 0);
            } else {
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads to the end of the form, so that closing does not reset the connection under the answer. */
    private static void readRequest(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (!request.toString().endsWith("SecretName=mail")) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            request.append((char) next);
        }
    }

    private static String everything(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** Okio quotes in hex, from any byte on. */
    private static void assertHidden(String text) {
        assertThat(text).doesNotContain("c4nary", "nary-p");
        assertThat(text.toLowerCase(Locale.ROOT))
                .doesNotContain(HexFormat.of().formatHex("nary".getBytes(StandardCharsets.UTF_8)));
        assertThat(SecretForms.leaks(List.of(text), List.of("c4nary", "nary-password")))
                .isEmpty();
    }
}
