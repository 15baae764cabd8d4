package dev.tumbler.client.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Small requests to the services that give credentials. Blocks; follows no redirect, and keeps no connection for the next
 * request, which is an hour away. Thread-safe.
 *
 * <p>Uses only what OkHttp 3.12 and 4.12 have in common, because the official SDK brings 3.12 on the same coordinate.
 */
public final class PlainHttp {
    private static final int MAX_BODY_BYTES = 1 << 16;

    private final OkHttpClient http;

    private PlainHttp(Duration connectTimeout, Duration readTimeout, @Nullable Proxy proxy) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(readTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .writeTimeout(readTimeout.toMillis(), TimeUnit.MILLISECONDS)
                // Whatever a server does: drip, or many addresses that do not answer.
                .callTimeout(connectTimeout.plus(readTimeout).toMillis(), TimeUnit.MILLISECONDS)
                .followRedirects(false)
                .followSslRedirects(false);
        if (proxy == null) {
            builder.proxySelector(new EnvironmentProxySelector(System::getenv));
        } else {
            builder.proxy(proxy);
        }
        this.http = builder.build();
    }

    /** Returns a way to services on the network, through the proxy of the environment if there is one. */
    public static PlainHttp ofNetwork() {
        return new PlainHttp(Duration.ofSeconds(5), Duration.ofSeconds(10), null);
    }

    /** Returns a way to a service of this machine, which answers at once or is not there. */
    public static PlainHttp ofMachine() {
        return new PlainHttp(Duration.ofSeconds(1), Duration.ofSeconds(1), Proxy.NO_PROXY);
    }

    /** Sends a request without a body. */
    public HttpAnswer get(URI url, Map<String, String> headers) throws IOException {
        return send(new Request.Builder().url(url.toString()), headers);
    }

    /** Sends an empty body. */
    public HttpAnswer put(URI url, Map<String, String> headers) throws IOException {
        return send(new Request.Builder().url(url.toString()).put(new FormBody("")), headers);
    }

    /** Sends an encoded form. */
    public HttpAnswer post(URI url, Map<String, String> headers, String form) throws IOException {
        return send(new Request.Builder().url(url.toString()).post(new FormBody(form)), headers);
    }

    private HttpAnswer send(Request.Builder request, Map<String, String> headers) throws IOException {
        headers.forEach(request::header);
        Call call = http.newCall(request.header("Connection", "close")
                .header("User-Agent", UserAgent.TEXT)
                .build());
        try (Response response = call.execute();
                ResponseBody body = response.body()) {
            byte[] bytes = new byte[0];
            if (body != null) {
                InputStream stream = body.byteStream();
                bytes = stream.readNBytes(MAX_BODY_BYTES + 1);
            }
            if (bytes.length > MAX_BODY_BYTES) {
                throw new IOException("the answer has more than " + MAX_BODY_BYTES + " bytes");
            }
            return new HttpAnswer(
                    response.code(), response.header("Content-Type"), response.header("Date"), null, bytes);
        } catch (IOException e) {
            // A credentials URI can hold a token.
            throw SafeCause.of(e);
        }
    }
}
