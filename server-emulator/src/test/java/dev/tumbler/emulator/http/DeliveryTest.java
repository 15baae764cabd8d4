package dev.tumbler.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What networks and broken servers do to an answer. */
@Timeout(30)
class DeliveryTest {
    private final AtomicInteger handled = new AtomicInteger();
    private volatile Delivery delivery = Delivery.NORMAL;

    private final HttpEngine engine = HttpEngine.start(
            InetAddress.getLoopbackAddress(),
            0,
            CertificateAuthority.create(InstantSource.system()),
            new HttpHandler() {
                @Override
                public CompletionStage<HttpResponse> handle(HttpRequest request) {
                    Delivery now = delivery;
                    handled.incrementAndGet();
                    return CompletableFuture.completedFuture(
                            new HttpResponse(200, Map.of(), "0123456789".getBytes(StandardCharsets.UTF_8))
                                    .deliveredBy(now));
                }

                @Override
                public HttpResponse refuse(Refusal refusal) {
                    return new HttpResponse(400, Map.of(), new byte[0]);
                }
            });

    @AfterEach
    void stop() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void torn_promisesTenBytesAndSendsFive(boolean tls) throws Exception {
        assertThat(answer(Delivery.Form.TORN, tls))
                .contains("content-length: 10\r\n")
                .endsWith("\r\n\r\n01234");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void garbage_isNoHttp(boolean tls) throws Exception {
        assertThat(answer(Delivery.Form.GARBAGE, tls)).startsWith("\0\1\2").doesNotContain("HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothing_endsTheConnection(boolean tls) throws Exception {
        assertThat(answer(Delivery.Form.NOTHING, tls)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reset_resetsTheConnection(boolean tls) {
        assertThatThrownBy(() -> answer(Delivery.Form.RESET, tls))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void delay_passes_thenTheAnswerArrives() throws Exception {
        delivery = new Delivery(Duration.ofMillis(20), Delivery.Form.WHOLE);
        try (Socket socket = connect(false)) {
            ask(socket);
            assertThat(read(socket)).endsWith("0123456789");
        }
    }

    @Test
    void delay_ofOneAnswer_holdsUpNeitherAnotherNorTheEnd() throws Exception {
        delivery = new Delivery(Duration.ofHours(1), Delivery.Form.WHOLE);
        try (Socket waiting = connect(false)) {
            ask(waiting);
            await().until(() -> handled.get() == 1);
            assertThat(answer(Delivery.Form.WHOLE, false)).endsWith("0123456789");
            engine.close();
            assertThat(read(waiting)).isEmpty();
        }
    }

    private String answer(Delivery.Form form, boolean tls) throws Exception {
        delivery = new Delivery(Duration.ZERO, form);
        try (Socket socket = connect(tls)) {
            ask(socket);
            return read(socket);
        }
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private Socket connect(boolean tls) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), engine.port());
        socket.setSoTimeout(10_000);
        if (!tls) {
            return socket;
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        SSLSocket secure =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", engine.port(), true);
        secure.startHandshake();
        return secure;
    }

    /** What the certificate is, other tests look at. */
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
