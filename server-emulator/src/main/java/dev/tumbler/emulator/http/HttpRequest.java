package dev.tumbler.emulator.http;

import java.util.Map;

/**
 * One request as it arrived.
 *
 * @param method upper case
 * @param path the path, still percent-encoded; at least {@code /}
 * @param rawQuery what follows the {@code ?}, still encoded; empty without one
 * @param headers by lower-case name; repeated headers are joined by a comma
 * @param body the decoded (de-chunked) body; empty without one
 * @param secure whether it came over TLS
 * @param remoteAddress the IP address that it came from
 */
public record HttpRequest(
        String method,
        String path,
        String rawQuery,
        Map<String, String> headers,
        byte[] body,
        boolean secure,
        String remoteAddress) {
    public HttpRequest {
        headers = Map.copyOf(headers);
    }

    /** The method and path alone: the query, the headers and the body hold secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
