package dev.tumbler.samples.benchmarks;

import dev.tumbler.client.internal.http.Exchange;
import dev.tumbler.client.internal.http.HttpAnswer;
import dev.tumbler.client.internal.http.Transport;
import dev.tumbler.client.internal.signing.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A service that answers at once: so many reads in each second, {@code Rejected.Throttling} beyond, and nothing but errors
 * while it is out. All its secrets have the same version and rotate together.
 */
final class SimulatedService implements Transport {
    private final VirtualWorld world;
    private final int readsPerSecond;
    private final int[] requests;
    private int answered;
    private int second = -1;
    private int version = 1;
    private boolean out;
    private @Nullable Instant nextRotation;
    private HttpAnswer secret;

    /** @param span how long the run will be */
    SimulatedService(VirtualWorld world, int readsPerSecond, Duration span) {
        this.world = world;
        this.readsPerSecond = readsPerSecond;
        this.requests = new int[(int) span.toSeconds() + 1];
        this.secret = current();
    }

    /** Announces the next rotation, in the answers from now on. */
    void announce(@Nullable Instant rotation) {
        nextRotation = rotation;
        secret = current();
    }

    /** Gives all secrets a new version. */
    void rotate() {
        version++;
        announce(null);
    }

    /** Begins or ends an outage. */
    void out(boolean isOut) {
        out = isOut;
    }

    /** Returns the current version of each secret. */
    String version() {
        return "v" + version;
    }

    /** Returns how many requests came in each second. */
    int[] requests() {
        return requests.clone();
    }

    /** Counts a read; returns its HTTP status. */
    int read() {
        int now = (int) (world.nanoTime() / 1_000_000_000L);
        if (now != second) {
            second = now;
            answered = 0;
        }
        requests[now]++;
        if (out) {
            return 503;
        }
        if (answered == readsPerSecond) {
            return 429;
        }
        answered++;
        return 200;
    }

    @Override
    public Exchange send(SignedRequest signed, Duration timeout) {
        HttpAnswer answer = switch (read()) {
            case 200 -> secret;
            case 429 -> json(429, "{\"Code\":\"Rejected.Throttling\",\"Message\":\"QPS Limit Exceeded\"}");
            default -> json(503, "{\"Code\":\"ServiceUnavailableTemporary\",\"Message\":\"Out\"}");
        };
        return new Exchange(CompletableFuture.completedFuture(answer), () -> {});
    }

    @Override
    public void close() {}

    private HttpAnswer current() {
        String announced = nextRotation == null
                ? ""
                : ",\"AutomaticRotation\":\"Enabled\",\"NextRotationDate\":\""
                        + nextRotation.truncatedTo(ChronoUnit.SECONDS) + "\"";
        return json(
                200,
                "{\"RequestId\":\"r\",\"SecretName\":\"s\",\"SecretType\":\"Generic\",\"SecretDataType\":\"text\","
                        + "\"SecretData\":\"" + version() + "\",\"VersionId\":\"" + version()
                        + "\",\"VersionStages\":{\"VersionStage\":[\"ACSCurrent\"]},"
                        + "\"CreateTime\":\"2026-01-01T00:00:00Z\"" + announced + "}");
    }

    private static HttpAnswer json(int status, String text) {
        return new HttpAnswer(status, "application/json", null, null, text.getBytes(StandardCharsets.UTF_8));
    }
}
