package dev.tumbler.client.testing;

import com.google.gson.JsonObject;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.SecretsClientBuilder;
import dev.tumbler.client.auth.CredentialsProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** A server that knows GetSecretValue and what a test tells it. */
public final class KmsStub implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final Map<String, MockResponse> values = new ConcurrentHashMap<>();
    private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
    private volatile @Nullable Function<Map<String, String>, @Nullable MockResponse> override;

    public KmsStub() {
        server.setServerSocketFactory(new PromptServerSockets());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                Map<String, String> parameters =
                        SignatureCheck.parameters(request, request.getBody().readUtf8());
                requests.add(parameters);
                Function<Map<String, String>, @Nullable MockResponse> first = override;
                MockResponse special = first == null ? null : first.apply(parameters);
                if (special != null) {
                    return special;
                }
                MockResponse value = values.get(
                        parameters.get("SecretName") + " " + parameters.getOrDefault("VersionStage", "ACSCurrent"));
                return value == null ? error(404, "Forbidden.ResourceNotFound", "Resource not found") : value;
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

    public SecretsClientBuilder client() {
        return SecretsClient.builder().endpoint(endpoint()).credentials(CredentialsProvider.of("test-ak", "test-sk"));
    }

    /** Sets what a stage of a secret holds. */
    public void value(String secretName, String stage, String versionId, String secretData) {
        values.put(secretName + " " + stage, json(secretName, versionId, secretData, new JsonObject()));
    }

    /** Sets what the current version holds, with more fields in the answer. */
    public void value(String secretName, String versionId, String secretData, JsonObject more) {
        values.put(secretName + " ACSCurrent", json(secretName, versionId, secretData, more));
    }

    /** Sets the database account that a stage of a secret holds. */
    public void account(String secretName, String stage, String versionId, String name, String password) {
        JsonObject account = new JsonObject();
        account.addProperty("AccountName", name);
        account.addProperty("AccountPassword", password);
        value(secretName, stage, versionId, account.toString());
    }

    /** Lets answers wait until the latch is released. */
    public CountDownLatch hold() {
        CountDownLatch released = new CountDownLatch(1);
        answerWith(parameters -> {
            Latches.await(released);
            return null;
        });
        return released;
    }

    /** Answers with what the function returns, unless that is null. */
    public void answerWith(@Nullable Function<Map<String, String>, @Nullable MockResponse> answer) {
        override = answer;
    }

    /** Returns the parameters of all requests, in order. */
    public List<Map<String, String>> requests() {
        return requests;
    }

    private static MockResponse json(String secretName, String versionId, String secretData, JsonObject answer) {
        answer.addProperty("RequestId", "req-1");
        answer.addProperty("SecretName", secretName);
        answer.addProperty("VersionId", versionId);
        answer.addProperty("SecretData", secretData);
        return ok(answer.toString());
    }

    public static MockResponse ok(String json) {
        return new MockResponse().setHeader("Content-Type", "application/json").setBody(json);
    }

    public static MockResponse error(int status, String code, String message) {
        JsonObject error = new JsonObject();
        error.addProperty("RequestId", "req-1");
        error.addProperty("Code", code);
        error.addProperty("Message", message);
        return ok(error.toString()).setResponseCode(status);
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
