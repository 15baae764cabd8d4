package dev.tumbler.client.internal.http;

import dev.tumbler.client.internal.http.ExchangeException.Reason;
import dev.tumbler.client.internal.signing.SignedRequest;
import dev.tumbler.client.internal.time.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Sends signed requests to one endpoint and reads the answers. Thread-safe; starts no thread before the first request.
 *
 * <p>Uses only what OkHttp 3.12 and 4.12 have in common, because the official SDK brings 3.12 on the same coordinate.
 */
public final class HttpGateway implements Transport {
    /** The greatest answer that is read; a secret has at most 30,720 bytes. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    private static final int MAX_CONCURRENT_REQUESTS = 64;

    private final ExecutorService threads = DaemonThreads.elastic("tumbler-kms-http");
    private final OkHttpClient http;
    private final HttpUrl url;

    /**
     * Prepares the way to the endpoint; connects to nothing.
     *
     * @throws IllegalArgumentException if the CA certificate cannot be read
     */
    public HttpGateway(HttpSettings settings) {
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(MAX_CONCURRENT_REQUESTS);
        dispatcher.setMaxRequestsPerHost(MAX_CONCURRENT_REQUESTS);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectTimeout(millis(settings.connectTimeout()), TimeUnit.MILLISECONDS)
                .readTimeout(millis(settings.readTimeout()), TimeUnit.MILLISECONDS)
                .writeTimeout(millis(settings.readTimeout()), TimeUnit.MILLISECONDS)
                .proxySelector(settings.proxy())
                // A signature holds for one host only, and a redirect could carry it elsewhere.
                .followRedirects(false)
                .followSslRedirects(false)
                .eventListenerFactory(call -> new SendMark(call.request().tag(Progress.class)));
        if (settings.caCertificate() != null) {
            PemTrust trust = PemTrust.of(settings.caCertificate());
            builder.sslSocketFactory(trust.socketFactory(), trust.trustManager());
        }
        this.url = HttpUrl.get(settings.endpoint());
        if (!url.isHttps() && settings.caCertificate() == null) {
            // OkHttp would read and index the JDK's trust store at once, which is most of what a client costs.
            builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
        }
        this.http = builder.build();
    }

    /** Returns the host header that requests to this endpoint carry. */
    public static String hostHeader(URI endpoint) {
        HttpUrl url = HttpUrl.get(endpoint);
        String host = url.host().indexOf(':') >= 0 ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
    }

    /** Sends a request; the answer or failure comes on a thread of this gateway. */
    @Override
    public Exchange send(SignedRequest signed, Duration timeout) {
        Progress progress = new Progress();
        Request.Builder request = new Request.Builder()
                .url(
                        signed.query().isEmpty()
                                ? url
                                : url.newBuilder().encodedQuery(signed.query()).build())
                .tag(Progress.class, progress)
                .header("User-Agent", UserAgent.TEXT)
                .post(new FormBody(signed.form()));
        for (Map.Entry<String, String> header : signed.headers().entrySet()) {
            request.header(header.getKey(), header.getValue());
        }
        Call call = http.newCall(request.build());
        call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                try {
                    answer.complete(read(response));
                } catch (IOException e) {
                    answer.completeExceptionally(failure(e, progress));
                } catch (RuntimeException | Error e) {
                    // OkHttp would tell nobody.
                    answer.completeExceptionally(e);
                    throw e;
                }
            }

            @Override
            public void onFailure(Call call, IOException e) {
                answer.completeExceptionally(failure(e, progress));
            }
        });
        return new Exchange(answer, call::cancel);
    }

    private static HttpAnswer read(Response response) throws IOException {
        try (ResponseBody body = response.body()) {
            byte[] bytes = new byte[0];
            if (body != null) {
                InputStream stream = body.byteStream();
                bytes = stream.readNBytes(MAX_BODY_BYTES + 1);
            }
            if (bytes.length > MAX_BODY_BYTES) {
                throw new AnswerTooLargeException();
            }
            return new HttpAnswer(
                    response.code(),
                    response.header("Content-Type"),
                    response.header("Date"),
                    response.header("Retry-After"),
                    bytes);
        }
    }

    private static ExchangeException failure(IOException e, Progress progress) {
        Reason reason = isFinal(e) ? Reason.REFUSED_ANSWER : progress.sent ? Reason.NO_ANSWER : Reason.NOT_SENT;
        return new ExchangeException(reason, SafeCause.of(e));
    }

    private static boolean isFinal(IOException e) {
        return e instanceof AnswerTooLargeException
                || e instanceof SSLPeerUnverifiedException
                || (e instanceof SSLHandshakeException && e.getCause() instanceof CertificateException);
    }

    private static long millis(Duration timeout) {
        return Math.max(1, timeout.toMillis());
    }

    /** Gives up all requests and closes all connections; idempotent. */
    @Override
    public void close() {
        http.dispatcher().cancelAll();
        threads.shutdown();
        http.connectionPool().evictAll();
    }

    /** Whether a request has begun to leave; written and read by different threads. */
    private static final class Progress {
        private volatile boolean sent;
    }

    private static final class SendMark extends EventListener {
        private final Progress progress;

        SendMark(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void requestHeadersStart(Call call) {
            progress.sent = true;
        }
    }

    private static final class AnswerTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        AnswerTooLargeException() {
            super("The answer has more than " + MAX_BODY_BYTES + " bytes");
        }
    }
}
