package dev.tumbler.client.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.ThrottledException;
import dev.tumbler.client.testing.CallerThread;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.client.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five secrets that are due at the same moment, of a service that is busy or away. */
@Timeout(60)
class RefreshPaceTest {
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final KmsStub kms = new KmsStub();
    private final SecretsClient client = kms.client()
            .retry(new RetryPolicy(5, Duration.ofMillis(1), Duration.ofMillis(1)))
            // What asks for a longer pause is left to the cache.
            .callTimeout(Duration.ofSeconds(10))
            .build();
    private final VirtualTime time = new VirtualTime();
    private final SecretCache cache = SecretCache.builder(client)
            .refreshInterval(INTERVAL)
            .clock(time)
            .scheduler(time.scheduler())
            .executor(new CallerThread())
            .ticker(time::nanoTime)
            .chance(() -> 1.0)
            .build();
    private final List<CachedSecret<String>> secrets =
            IntStream.range(0, 5).mapToObj(i -> cache.text("s" + i)).toList();

    @BeforeEach
    void load() {
        give("v1");
        secrets.forEach(CachedSecret::get);
        give("v2");
        kms.requests().clear();
    }

    @AfterEach
    void close() {
        cache.close();
        client.close();
        kms.close();
    }

    @Test
    void refresh_whenThrottled_asksOnceForAllAndPausesLongerEachTime() {
        throttle();

        assertThat(requestsAfter(INTERVAL)).containsExactly("s0");
        assertThat(secrets).allMatch(CachedSecret::isStale).allMatch(secret -> "v1".equals(secret.get()));

        // After 1, 3, 7, 15, 31 and 63 seconds in all; then the pause is a tenth of the interval.
        assertThat(requestsAfter(Duration.ofSeconds(1))).containsExactly("s1");
        assertThat(requestsAfter(Duration.ofSeconds(2))).containsExactly("s2");
        assertThat(requestsAfter(Duration.ofSeconds(4))).containsExactly("s3");
        assertThat(requestsAfter(Duration.ofSeconds(8))).containsExactly("s4");
        assertThat(requestsAfter(Duration.ofSeconds(16))).containsExactly("s0");
        assertThat(requestsAfter(Duration.ofSeconds(32))).containsExactly("s1");
        assertThat(requestsAfter(Duration.ofMinutes(10))).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({"429, Rejected.Throttling", "503, ServiceUnavailableTemporary", "503, no code"})
    void refresh_whenAskedForALongerPause_keepsItButNoLongerThanTheInterval(int status, String code) {
        kms.answerWith(parameters -> KmsStub.error(status, code, "").setHeader("Retry-After", "20"));
        assertThat(requestsAfter(INTERVAL)).hasSize(1);
        assertThat(requestsAfter(Duration.ofSeconds(19))).isEmpty();
        kms.answerWith(parameters -> KmsStub.error(status, code, "").setHeader("Retry-After", "86400"));
        assertThat(requestsAfter(Duration.ofSeconds(1))).hasSize(1);

        assertThat(requestsAfter(INTERVAL.minusSeconds(1))).isEmpty();
        assertThat(requestsAfter(Duration.ofSeconds(1))).hasSize(1);
    }

    @Test
    void refresh_afterThrottling_halvesThePauseWithEachSuccess() {
        throttle();
        time.advance(INTERVAL.plusSeconds(7));
        kms.answerWith(null);
        kms.requests().clear();

        assertThat(requestsAfter(Duration.ofSeconds(8))).hasSize(1);
        assertThat(requestsAfter(Duration.ofSeconds(4))).hasSize(1);
        assertThat(requestsAfter(Duration.ofSeconds(2))).hasSize(1);
        assertThat(secrets).anyMatch(CachedSecret::isStale);
        assertThat(requestsAfter(Duration.ofSeconds(1))).hasSize(2);
        assertThat(secrets).noneMatch(CachedSecret::isStale).allMatch(secret -> "v2".equals(secret.get()));
        assertThat(requestsAfter(INTERVAL.minusSeconds(8))).isEmpty();
    }

    @Test
    void refresh_afterAnOutage_bringsAllWithTheFirstSuccess() {
        kms.answerWith(parameters -> KmsStub.error(503, "ServiceUnavailableTemporary", ""));
        time.advance(INTERVAL.plusSeconds(7));
        kms.answerWith(null);
        kms.requests().clear();

        assertThat(requestsAfter(Duration.ofSeconds(8).minusMillis(1))).isEmpty();
        assertThat(requestsAfter(Duration.ofMillis(1))).containsExactlyInAnyOrder("s0", "s1", "s2", "s3", "s4");
        assertThat(secrets).noneMatch(CachedSecret::isStale);
    }

    @Test
    void refresh_refusedForOneSecret_doesNotHoldBackTheOthers() {
        kms.answerWith(parameters ->
                "s0".equals(parameters.get("SecretName")) ? KmsStub.error(403, "Forbidden.NoPermission", "") : null);

        assertThat(requestsAfter(INTERVAL)).containsExactly("s0", "s1", "s2", "s3", "s4");
        assertThat(secrets).extracting(CachedSecret::isStale).containsExactly(true, false, false, false, false);
    }

    @Test
    void refreshNow_whileOthersWait_asksAtOnceAndGivesUpItsTurn() {
        throttle();
        time.advance(INTERVAL);
        assertThatThrownBy(secrets.get(4)::refreshNow).isInstanceOf(ThrottledException.class);
        kms.answerWith(null);
        kms.requests().clear();
        time.advance(Duration.ofMillis(999));

        assertThatThrownBy(secrets.get(4)::refreshNow)
                .as("within a second of the last")
                .isInstanceOf(ThrottledException.class);
        assertThat(secrets.get(3).refreshNow()).isEqualTo("v2");
        assertThat(kms.requests()).hasSize(1);
        assertThat(requestsAfter(Duration.ofSeconds(2))).containsExactly("s1", "s2", "s0", "s4");
    }

    @Test
    void close_whileSecretsWait_leavesNoTimer() {
        throttle();
        time.advance(INTERVAL);

        cache.close();

        assertThat(time.scheduledTasks()).isZero();
        assertThat(requestsAfter(INTERVAL)).isEmpty();
    }

    @Test
    void refresh_ofManySecretsOnRealThreads_bringsAllThoughEveryThirdReadIsThrottled() {
        AtomicInteger reads = new AtomicInteger();
        try (SecretCache busy = SecretCache.builder(client)
                .refreshInterval(Duration.ofMillis(100))
                .build()) {
            List<CachedSecret<String>> handles =
                    IntStream.range(0, 20).mapToObj(i -> busy.text("n" + i)).toList();
            handles.forEach(handle -> kms.value(handle.secretName(), "ACSCurrent", "v1", "v1"));
            handles.forEach(CachedSecret::get);
            kms.answerWith(parameters ->
                    reads.incrementAndGet() % 3 == 0 ? KmsStub.error(429, "Rejected.Throttling", "") : null);
            handles.forEach(handle -> kms.value(handle.secretName(), "ACSCurrent", "v2", "v2"));

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> handles.stream().allMatch(handle -> "v2".equals(handle.get())));
        }
    }

    private void throttle() {
        kms.answerWith(parameters -> KmsStub.error(429, "Rejected.Throttling", "QPS Limit Exceeded"));
    }

    private void give(String version) {
        secrets.forEach(secret -> kms.value(secret.secretName(), "ACSCurrent", version, version));
    }

    /** Lets time pass; returns the names of the secrets that were asked for. */
    private List<String> requestsAfter(Duration span) {
        kms.requests().clear();
        time.advance(span);
        return kms.requests().stream().map(sent -> sent.get("SecretName")).toList();
    }
}
