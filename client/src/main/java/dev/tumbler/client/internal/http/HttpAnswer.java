package dev.tumbler.client.internal.http;

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
    @Override
    public String toString() {
        return "HttpAnswer[status=" + status + ", contentType=" + contentType + "]";
    }
}
