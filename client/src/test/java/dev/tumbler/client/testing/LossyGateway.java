package dev.tumbler.client.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import okio.Buffer;

/** Stands before a real service, has it perform every request, and loses the answers that a test chooses. */
public final class LossyGateway implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final List<String> actions = new CopyOnWriteArrayList<>();
    private final URI service;
    private volatile Predicate<String> lost = action -> false;

    public LossyGateway(URI service) {
        this.service = service;
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String action = Objects.requireNonNull(request.getHeader("x-acs-action"));
                actions.add(action);
                MockResponse answer = forward(request);
                return lost.test(action)
                        ? new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST)
                        : answer;
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** Returns the actions of all requests, in order. */
    public List<String> actions() {
        return actions;
    }

    /** Loses the answer to the first request of this action. */
    public void loseFirst(String action) {
        lost = sent ->
                sent.equals(action) && actions.stream().filter(action::equals).count() == 1;
    }

    private MockResponse forward(RecordedRequest request) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    service.resolve(request.getPath()).toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            request.getHeaders()
                    .forEach(header -> connection.setRequestProperty(header.getFirst(), header.getSecond()));
            connection.getOutputStream().write(request.getBody().readByteArray());
            int status = connection.getResponseCode();
            try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new MockResponse()
                        .setResponseCode(status)
                        .setHeader("Content-Type", connection.getContentType())
                        .setBody(new Buffer().readFrom(body));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
