package dev.tumbler.emulator.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers with the path, and remembers what it was handed. {@code /later/…} is answered when the test says so. */
final class EchoHandler implements HttpHandler {
    final List<HttpRequest> requests = new CopyOnWriteArrayList<>();
    final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<HttpResponse>> later = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        requests.add(request);
        if (request.path().startsWith("/later/")) {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            later.add(answer);
            return answer;
        }
        return switch (request.path()) {
            case "/throws" -> throw new IllegalStateException("canary " + request.rawQuery());
            case "/fails" -> CompletableFuture.failedFuture(new IllegalStateException("canary " + request.rawQuery()));
            case "/null" -> CompletableFuture.completedFuture(null);
            case "/badheader" ->
                CompletableFuture.completedFuture(
                        new HttpResponse(200, Map.of("x", "canary\r\n\r\ninjected"), new byte[0]));
            case "/goodbye" ->
                CompletableFuture.completedFuture(new HttpResponse(200, Map.of("Connection", "close"), new byte[0]));
            default -> CompletableFuture.completedFuture(ok(request.path()));
        };
    }

    @Override
    public HttpResponse refuse(Refusal refusal) {
        refusals.add(refusal);
        int status = switch (refusal) {
            case MALFORMED -> 400;
            case HEAD_TOO_LARGE -> 431;
            case BODY_TOO_LARGE -> 413;
        };
        return new HttpResponse(status, Map.of(), refusal.name().getBytes(StandardCharsets.UTF_8));
    }

    static HttpResponse ok(String text) {
        return new HttpResponse(200, Map.of("Content-Type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
    }
}
