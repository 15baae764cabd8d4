package dev.tumbler.client.internal.http;

import dev.tumbler.client.internal.signing.SignedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * A body that leaves at most once: OkHttp sends requests again by itself when a connection breaks, which would perform a
 * write twice. Whether to repeat is for our own retry to say.
 */
final class FormBody extends RequestBody {
    private final byte[] bytes;
    private final AtomicBoolean written = new AtomicBoolean();

    FormBody(String form) {
        this.bytes = form.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable MediaType contentType() {
        return bytes.length == 0 ? null : MediaType.parse(SignedRequest.FORM_TYPE);
    }

    @Override
    public long contentLength() {
        return bytes.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        // OkHttp 3.12, which a classpath may mediate to, does not ask isOneShot.
        if (!written.compareAndSet(false, true)) {
            throw new IOException("The connection broke while the request was under way");
        }
        sink.write(bytes);
    }
}
