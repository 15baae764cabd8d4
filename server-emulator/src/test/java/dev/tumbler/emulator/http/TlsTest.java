package dev.tumbler.emulator.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsTest {
    private final CertificateAuthority ca = CertificateAuthority.create(InstantSource.system());
    private final EchoHandler handler = new EchoHandler();
    private final HttpEngine engine = HttpEngine.start(InetAddress.getLoopbackAddress(), 0, ca, handler);

    @AfterEach
    void stop() {
        engine.close();
    }

    private static X509Certificate parse(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    }

    private static SSLContext trusting(CertificateAuthority ca) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", parse(ca.caCertificatePem()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** The chain that the server of this authority presents. */
    private static List<X509Certificate> chain(CertificateAuthority ca, int port) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) trusting(ca).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            return Arrays.stream(socket.getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void httpClient_withTheCa_speaksTlsAndPlainToTheSamePort(String host) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting(ca))
                .version(HttpClient.Version.HTTP_2)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        for (String scheme : List.of("http", "https", "http", "https")) {
            URI uri = URI.create(scheme + "://" + host + ":" + engine.port() + "/" + scheme);

            var response = client.send(
                    java.net.http.HttpRequest.newBuilder(uri)
                            .timeout(Duration.ofSeconds(10))
                            .POST(BodyPublishers.ofString("x".repeat(100_000)))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("/" + scheme);
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
        assertThat(handler.requests).extracting(HttpRequest::secure).containsExactly(false, true, false, true);
        assertThat(handler.requests)
                .allSatisfy(request -> assertThat(request.body()).hasSize(100_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void tlsSocket_ofEitherVersion_isServed(String version) throws Exception {
        try (SSLSocket socket = (SSLSocket)
                trusting(ca).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), engine.port())) {
            socket.setEnabledProtocols(new String[] {version});
            RawClient client = new RawClient(socket);

            assertThat(client.send("GET /a HTTP/1.1\r\n\r\n").read().body()).isEqualTo("/a");
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void httpClient_withAnotherCa_refusesTheServer() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting(CertificateAuthority.create(InstantSource.system())))
                .build();
        URI uri = URI.create("https://localhost:" + engine.port() + "/");

        assertThatThrownBy(() -> client.send(
                        java.net.http.HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        BodyHandlers.discarding()))
                .isInstanceOf(SSLHandshakeException.class);
        assertThat(handler.requests).isEmpty();
    }

    @Test
    void tlsSocket_inManyConnections_isServedByOneCertificate() throws Exception {
        SSLContext context = trusting(ca);
        Set<List<X509Certificate>> chains = new java.util.HashSet<>();
        for (int i = 0; i < 5; i++) {
            chains.add(chain(ca, engine.port()));
            try (RawClient client = new RawClient(
                    context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), engine.port()))) {
                client.send("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n");
                assertThat(client.read().body()).isEqualTo("/a");
                assertThat(client.read().body()).isEqualTo("/b");
                client.send("rubbish\r\n\r\n");
                assertThat(client.read().body()).isEqualTo("MALFORMED");
                assertThat(client.isAtEnd()).isTrue();
            }
        }
        assertThat(chains).hasSize(1);
    }

    @Test
    void tlsGarbage_endsTheConnectionQuietly() throws Exception {
        try (LogCapture ours = new LogCapture("dev.tumbler.emulator");
                LogCapture netty = new LogCapture("io.netty")) {
            for (String garbage : List.of("\u0016rubbish rubbish", "\u0016\u0003\u0001\u0000\u0005canary", "\u0016")) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), engine.port())) {
                    socket.setSoTimeout(10_000);
                    socket.getOutputStream().write(garbage.getBytes(UTF_8));
                    socket.shutdownOutput();
                    // An alert, perhaps, and the end.
                    socket.getInputStream().readAllBytes();
                }
            }
            try (RawClient client = new RawClient(engine.port())) {
                assertThat(client.send("GET /alive HTTP/1.1\r\n\r\n").read().body())
                        .isEqualTo("/alive");
            }

            assertThat(ours.aboveDebug()).isEmpty();
            assertThat(netty.aboveDebug()).isEmpty();
            assertThat(ours.text()).doesNotContain("canary");
        }
        assertThat(handler.requests).hasSize(1);
    }

    @Test
    void certificates_validateByPkixAndHoldWhatTheyShould() throws Exception {
        Instant now = Instant.parse("2030-06-15T12:00:00Z");
        CertificateAuthority then = CertificateAuthority.create(() -> now);
        InetAddress bound = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        SSLContext untrusting = SSLContext.getInstance("TLS");
        untrusting.init(null, new javax.net.ssl.TrustManager[] {new AcceptAll()}, null);
        List<X509Certificate> chain;
        try (HttpEngine future = HttpEngine.start(bound, 0, then, handler);
                SSLSocket socket = (SSLSocket) untrusting.getSocketFactory().createSocket(bound, future.port())) {
            socket.startHandshake();
            chain = Arrays.stream(socket.getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        }
        X509Certificate root = parse(then.caCertificatePem());
        X509Certificate server = chain.get(0);

        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(server)), parameters);

        assertThat(chain).containsExactly(server, root);
        for (X509Certificate each : chain) {
            assertThat(each.getVersion()).isEqualTo(3);
            assertThat(each.getSigAlgName()).isEqualTo("SHA256withECDSA");
            assertThat(each.getSerialNumber()).isPositive();
            assertThat(each.getNotBefore().toInstant()).isEqualTo(now.minus(Duration.ofDays(1)));
            assertThat(each.getNotAfter().toInstant()).isEqualTo(now.plus(Duration.ofDays(730)));
            assertThat(each.getNonCriticalExtensionOIDs()).contains("2.5.29.14", "2.5.29.35");
            assertThat(each.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
        }
        assertThat(root.getBasicConstraints()).isZero();
        assertThat(root.getKeyUsage()).containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getKeyUsage()).containsExactly(true, false, false, false, false, false, false, false, false);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(server.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "localhost"),
                        List.of(7, "127.0.0.1"),
                        List.of(7, "0:0:0:0:0:0:0:1"),
                        List.of(7, "127.0.0.2"));
        assertThat(server.getSerialNumber()).isNotEqualTo(root.getSerialNumber());
    }

    @Test
    void certificates_madeAfterTheYear2049_areReadable() throws Exception {
        Instant now = Instant.parse("2049-06-15T12:00:00Z");
        X509Certificate root = parse(CertificateAuthority.create(() -> now).caCertificatePem());

        assertThat(root.getNotBefore().toInstant()).isEqualTo(now.minus(Duration.ofDays(1)));
        assertThat(root.getNotAfter().toInstant()).isEqualTo(now.plus(Duration.ofDays(730)));
    }

    @Test
    void caCertificatePem_isTheSameAtEachCallAndDiffersBetweenAuthorities() {
        assertThat(ca.caCertificatePem())
                .startsWith("-----BEGIN CERTIFICATE-----\n")
                .endsWith("\n-----END CERTIFICATE-----\n")
                .isEqualTo(ca.caCertificatePem())
                .isNotEqualTo(
                        CertificateAuthority.create(InstantSource.system()).caCertificatePem());
    }

    @Test
    void certificates_passOpensslsStrictVerification(@TempDir Path directory) throws Exception {
        assumeTrue(opensslExists(), "openssl is not on the PATH");
        Path root = Files.writeString(directory.resolve("ca.pem"), ca.caCertificatePem());
        Path server = Files.writeString(
                directory.resolve("server.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(chain(ca, engine.port()).get(0).getEncoded())
                        + "\n-----END CERTIFICATE-----\n");

        for (String[] name :
                new String[][] {{"-verify_hostname", "localhost"}, {"-verify_ip", "127.0.0.1"}, {"-verify_ip", "::1"}
                }) {
            Process openssl = new ProcessBuilder(
                            "openssl",
                            "verify",
                            "-x509_strict",
                            "-purpose",
                            "sslserver",
                            name[0],
                            name[1],
                            "-CAfile",
                            root.toString(),
                            server.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(openssl.getInputStream().readAllBytes(), UTF_8);
            assertThat(openssl.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(output.strip()).isEqualTo(server + ": OK");
        }
    }

    private static boolean opensslExists() throws InterruptedException {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void certificate_isForLocalhostAndItsAddressesAndNoOtherName() throws Exception {
        for (String name : List.of("localhost", "127.0.0.1", "::1")) {
            assertThatCode(() -> verifyName(name)).doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> verifyName("kms.example.com")).isInstanceOf(SSLException.class);
    }

    private void verifyName(String name) throws Exception {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), engine.port());
        plain.setSoTimeout(10_000);
        try (SSLSocket socket =
                (SSLSocket) trusting(ca).getSocketFactory().createSocket(plain, name, engine.port(), true)) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        }
    }

    /** For certificates of another time, which the test then validates at that time. */
    private static final class AcceptAll extends javax.net.ssl.X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
