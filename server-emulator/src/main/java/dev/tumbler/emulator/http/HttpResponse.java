package dev.tumbler.emulator.http;

import java.util.Map;

/** One answer; the engine adds {@code Content-Length} and {@code Connection}. */
public record HttpResponse(int status, Map<String, String> headers, byte[] body) {
    public HttpResponse {
        headers = Map.copyOf(headers);
    }

    /** The status alone: the body may hold secrets. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
