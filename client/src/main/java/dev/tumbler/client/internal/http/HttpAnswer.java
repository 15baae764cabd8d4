package dev.tumbler.client.internal.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered, read to its end.
 *
 * @param status the HTTP status
 * @param contentType the content type, if there was one
 * @param date the {@code Date} header, if there was one
 * @param retryAfter the {@code Retry-After} header, if there was one
 * @param body the body, at most {@link HttpGateway#MAX_BODY_BYTES}; {@link #toString()} leaves it out
 */
public record HttpAnswer(
        int status,
        @Nullable String contentType,
        @Nullable String date,
        @Nullable String retryAfter,
        byte[] body) {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    /** Returns when the server answered, by its own clock, if it says so. */
    public Optional<Instant> serverTime() {
        return parsed(date);
    }

    /**
     * Returns how long the server asks to wait, in seconds or until a date; zero if it asks for nothing that can be read, or
     * that lies ahead.
     *
     * @param now the time by the server's clock
     */
    public Duration retryAfter(Instant now) {
        String text = retryAfter == null ? "" : retryAfter.strip();
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        return parsed(text)
                .map(then -> Duration.between(now, then))
                .filter(pause -> !pause.isNegative())
                .orElse(Duration.ZERO);
    }

    private static Optional<Instant> parsed(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "HttpAnswer[status=" + status + ", contentType=" + contentType + "]";
    }
}
