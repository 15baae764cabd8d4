package dev.tumbler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.emulator.KmsEmulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which server is called, and by which way. */
@Timeout(30)
class SecretsClientTransportTest {
    @ParameterizedTest
    @MethodSource("endpoints")
    void client_ofARegionOrInstance_callsItsEndpointThroughTheProxy(
            UnaryOperator<SecretsClientBuilder> settings, String connect) throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> firstLine = CompletableFuture.supplyAsync(() -> refuse(proxy));
            try (SecretsClient client = settings.apply(SecretsClient.builder())
                    .credentials(CredentialsProvider.of("ak", "sk"))
                    .retry(RetryPolicy.none())
                    .proxy("127.0.0.1", proxy.getLocalPort())
                    .build()) {
                assertThatThrownBy(() -> client.getSecretValue("mail")).isInstanceOf(KmsTransportException.class);
            }
            assertThat(firstLine.get(20, TimeUnit.SECONDS)).isEqualTo("CONNECT " + connect + ":443 HTTP/1.1");
        }
    }

    static Stream<Arguments> endpoints() {
        return Stream.of(
                endpoint(builder -> builder.region("cn-hangzhou"), "kms.cn-hangzhou.aliyuncs.com"),
                endpoint(builder -> builder.region("cn-hangzhou").vpc(), "kms-vpc.cn-hangzhou.aliyuncs.com"),
                endpoint(builder -> builder.instance("kst-a1"), "kst-a1.cryptoservice.kms.aliyuncs.com"));
    }

    private static Arguments endpoint(UnaryOperator<SecretsClientBuilder> settings, String connect) {
        return Arguments.of(settings, connect);
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void client_ofSeveralServers_isRefused(UnaryOperator<SecretsClientBuilder> settings, String message) {
        SecretsClientBuilder builder = settings.apply(SecretsClient.builder());
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> contradictions() {
        String one = "A SecretsClient takes one of endpoint, vpc and instance";
        return Stream.of(
                endpoint(builder -> builder.endpoint(URI.create("http://a")).vpc(), one),
                endpoint(builder -> builder.endpoint(URI.create("http://a")).instance("kst-1"), one),
                endpoint(builder -> builder.region("a").vpc().instance("kst-1"), one),
                endpoint(
                        SecretsClientBuilder::vpc, "A SecretsClient needs a region, like cn-hangzhou, or an endpoint"));
    }

    @Test
    void instance_thatIsAHostName_isRefused() {
        assertThatThrownBy(() -> SecretsClient.builder().instance("evil.example/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kst-");
    }

    @Test
    void tls_withTheAuthorityOfTheServer_isTrusted() {
        try (KmsEmulator emulator = KmsEmulator.start();
                SecretsClient client =
                        tls(emulator).caCertificate(emulator.caCertificate()).build()) {
            assertThat(client.createSecret(
                                    r -> r.secretName("mail").versionId("v1").secretData("x"))
                            .versionId())
                    .isEqualTo("v1");
        }
    }

    @Test
    void tls_withoutTheAuthorityOfTheServer_isRefusedAndNotRepeated() {
        try (KmsEmulator emulator = KmsEmulator.start();
                SecretsClient client = tls(emulator).build()) {
            assertThatThrownBy(() -> client.getSecretValue("mail"))
                    .isInstanceOfSatisfying(KmsTransportException.class, e -> {
                        assertThat(e.kind()).isEqualTo(FailureKind.UNUSABLE_ANSWER);
                        assertThat(e.attempts()).isEqualTo(1);
                        assertThat(e).hasMessageContaining("The certificate of the server is not trusted");
                    });
        }
    }

    /** The JDK's trust store is large; a test suite makes a client for each test. */
    @Test
    void plainHttp_doesNotReadTheTrustStore(@TempDir Path directory) throws Exception {
        Path broken = Files.writeString(directory.resolve("cacerts"), "no trust store");
        String before = System.setProperty("javax.net.ssl.trustStore", broken.toString());
        try (KmsEmulator emulator = KmsEmulator.start()) {
            assertThatThrownBy(() -> tls(emulator).build()).hasStackTraceContaining("KeyStoreException");
            try (SecretsClient client = at(emulator.endpoint()).build()) {
                assertThat(client.listSecrets().items()).isEmpty();
            }
        } finally {
            if (before == null) {
                System.clearProperty("javax.net.ssl.trustStore");
            } else {
                System.setProperty("javax.net.ssl.trustStore", before);
            }
        }
    }

    private static SecretsClientBuilder tls(KmsEmulator emulator) {
        return at(URI.create("https://" + emulator.hostAndPort()));
    }

    private static SecretsClientBuilder at(URI endpoint) {
        return SecretsClient.builder().endpoint(endpoint).credentials(CredentialsProvider.of("ak", "sk"));
    }

    @Test
    void request_toTheService_namesTheClientAndItsVersion() throws Exception {
        try (MockWebServer server = new MockWebServer();
                SecretsClient client = SecretsClient.builder()
                        .endpoint(server.url("/").uri())
                        .credentials(CredentialsProvider.of("ak", "sk"))
                        .build()) {
            server.enqueue(KmsStub.ok("{\"RandomPassword\":\"x\",\"RequestId\":\"r\"}"));
            client.getRandomPassword();
            assertThat(server.takeRequest(20, TimeUnit.SECONDS).getHeader("User-Agent"))
                    .matches("Tumbler/\\S+ Java/\\d+");
        }
    }

    /** Takes one connection and refuses to make a tunnel; returns the first line. */
    private static String refuse(ServerSocket proxy) {
        try (Socket socket = proxy.accept()) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String first = reader.readLine();
            String line = first;
            while (line != null && !line.isEmpty()) {
                line = reader.readLine();
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return first;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
