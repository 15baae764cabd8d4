package dev.tumbler.emulator.http;

import java.util.concurrent.CompletionStage;

/** What the engine hands requests to. Called on the engine's threads: it must not block. */
public interface HttpHandler {
    /** Answers one request; a stage that fails closes the connection. */
    CompletionStage<HttpResponse> handle(HttpRequest request);

    /** Answers bytes that are no acceptable request; the engine then closes the connection. */
    HttpResponse refuse(Refusal refusal);

    /** Why bytes were refused before they became a request. */
    enum Refusal {
        /** Not HTTP, or broken HTTP. */
        MALFORMED,
        /** The request line or the headers are larger than the limit. */
        HEAD_TOO_LARGE,
        /** The body is larger than the limit. */
        BODY_TOO_LARGE
    }
}
