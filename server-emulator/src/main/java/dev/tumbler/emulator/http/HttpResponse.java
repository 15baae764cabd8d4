package dev.tumbler.emulator.http;

import java.util.Map;

/** One answer; the engine adds {@code Content-Length} and {@code Connection}. */
public record HttpResponse(int status, Map<String, String> headers, byte[] body, Delivery delivery) {
    public HttpResponse {
        headers = Map.copyOf(headers);
    }

    /** An answer that goes out as it should. */
    public HttpResponse(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, Delivery.NORMAL);
    }

    /** The same answer, going out in another way. */
    public HttpResponse deliveredBy(Delivery other) {
        return new HttpResponse(status, headers, body, other);
    }

    /** The status alone: the body may hold secrets. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
