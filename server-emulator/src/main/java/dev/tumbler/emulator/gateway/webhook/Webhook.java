package dev.tumbler.emulator.gateway.webhook;

import dev.tumbler.emulator.event.SecretEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts each rotation's end to an address, once: what is not taken within 5 seconds, or not with a status below 300, is
 * logged and lost.
 */
public final class Webhook implements Consumer<SecretEvent> {
    private static final Logger log = LoggerFactory.getLogger(Webhook.class);

    private static final int TIMEOUT_MILLIS = 5_000;

    private final URI address;
    private final WebhookFormat format;

    /** @throws IllegalArgumentException if the address is neither http nor https */
    public Webhook(URI address, WebhookFormat format) {
        if (!"http".equalsIgnoreCase(address.getScheme()) && !"https".equalsIgnoreCase(address.getScheme())) {
            throw new IllegalArgumentException("A webhook's address is http or https: " + address);
        }
        this.address = address;
        this.format = format;
    }

    @Override
    public void accept(SecretEvent event) {
        RotationNotice.of(event).ifPresent(notice -> post(event, notice.in(format)));
    }

    private void post(SecretEvent event, String body) {
        try {
            int status = post(body);
            if (status >= 300) {
                log.warn("The webhook {} answered {} to event {}", address, status, event.id());
            }
        } catch (IOException e) {
            log.warn("The webhook {} did not take event {}: {}", address, event.id(), e.toString());
        }
    }

    private int post(String body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        try {
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json;charset=utf-8");
            // A kept connection would leave a thread of the JDK behind.
            connection.setRequestProperty("Connection", "close");
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
            int status = connection.getResponseCode();
            try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                if (answer != null) {
                    answer.readAllBytes();
                }
            }
            return status;
        } finally {
            connection.disconnect();
        }
    }
}
