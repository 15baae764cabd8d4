package dev.tumbler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.client.testing.Latches;
import dev.tumbler.client.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that nobody waits for. */
@Timeout(30)
class AsyncSecretsClientTest {
    private final KmsStub kms = new KmsStub();
    private final VirtualTime time = new VirtualTime();
    private final ScheduledExecutorService scheduler = time.scheduler();

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        kms.close();
    }

    @Test
    void call_answered_completesWithTheResult() {
        kms.value("mail", "ACSCurrent", "v1", "x");
        try (SecretsClient client = kms.client().build()) {
            assertThat(client.async().getSecretValue("mail").thenApply(GetSecretValueResult::versionId))
                    .succeedsWithin(Duration.ofSeconds(20))
                    .isEqualTo("v1");
        }
    }

    @Test
    void call_refused_failsWithWhatTheBlockingFormThrows() {
        try (SecretsClient client = kms.client().build()) {
            assertThatThrownBy(() -> client.async().getSecretValue("none").join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            SecretNotFoundException.class,
                            e -> assertThat(e)
                                    .hasMessageStartingWith("GetSecretValue \"none\" at 127.0.0.1:")
                                    .hasMessageContaining("request req-1"));
        }
    }

    @Test
    void call_throttledOnce_succeedsAfterThePause() {
        kms.value("mail", "ACSCurrent", "v1", "x");
        kms.answerWith(parameters -> kms.requests().size() == 1 ? KmsStub.error(429, "Rejected.Throttling", "") : null);
        try (SecretsClient client = timed().build()) {
            CompletableFuture<GetSecretValueResult> result = client.async().getSecretValue("mail");
            await().until(() -> time.scheduledTasks() == 1);
            assertThat(result).isNotDone();

            time.advance(Duration.ofSeconds(1));
            assertThat(result).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void call_cancelledInAPause_sendsNothingMore() {
        kms.answerWith(parameters -> KmsStub.error(429, "Rejected.Throttling", ""));
        try (SecretsClient client = timed().build()) {
            CompletableFuture<GetSecretValueResult> result = client.async().getSecretValue("mail");
            await().until(() -> time.scheduledTasks() == 1);

            result.cancel(false);
            time.advance(Duration.ofMinutes(1));
            // What comes after it shows that nothing is on its way any more.
            kms.value("other", "ACSCurrent", "v1", "x");
            kms.answerWith(null);
            client.getSecretValue("other");
        }
        assertThat(kms.requests()).extracting(sent -> sent.get("SecretName")).containsExactly("mail", "other");
    }

    @Test
    void call_whoseTimeIsUp_completesOnAThreadOfTheClient() throws Exception {
        kms.value("mail", "ACSCurrent", "v1", "x");
        CountDownLatch release = kms.hold();
        try (SecretsClient client =
                kms.client().callTimeout(Duration.ofMillis(300)).build()) {
            CompletableFuture<String> thread = client.async()
                    .getSecretValue("mail")
                    .handle((value, failure) -> Thread.currentThread().getName());

            assertThat(thread).succeedsWithin(Duration.ofSeconds(20)).asString().startsWith("tumbler-kms");
        } finally {
            release.countDown();
        }
    }

    @Test
    void call_cancelledWhileUnderWay_isBrokenOff() {
        kms.answerWith(parameters -> new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        try (SecretsClient client = kms.client().build()) {
            CompletableFuture<GetSecretValueResult> result = client.async().getSecretValue("mail");
            await().until(() -> kms.requests().size() == 1);

            assertThat(requestThreads()).isEqualTo(1);
            result.cancel(false);
            await().until(() -> requestThreads() == 0);
        }
        assertThat(kms.requests()).hasSize(1);
    }

    @Test
    void call_ofAServerThatNeverAnswers_failsAtTheDeadline() {
        kms.answerWith(parameters -> new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        try (SecretsClient client =
                kms.client().callTimeout(Duration.ofMillis(200)).build()) {
            assertThat(client.async().getSecretValue("mail"))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(KmsTransportException.class);
        }
    }

    @Test
    void calls_beyondTheGreatestNumberOfRequests_waitWithoutAThread() {
        kms.value("mail", "ACSCurrent", "v1", "x");
        CountDownLatch answer = kms.hold();
        try (SecretsClient client = kms.client().build()) {
            List<CompletableFuture<GetSecretValueResult>> results = new ArrayList<>();
            IntStream.range(0, 200).forEach(i -> results.add(client.async().getSecretValue("mail")));
            await().until(() -> kms.requests().size() == 64);
            assertThat(requestThreads()).isEqualTo(64);

            answer.countDown();
            assertThat(CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)))
                    .succeedsWithin(Duration.ofSeconds(20));
        } finally {
            answer.countDown();
        }
        assertThat(kms.requests()).hasSize(200);
    }

    @Test
    void credentials_thatAreSlow_doNotHoldTheCaller() {
        CountDownLatch slow = new CountDownLatch(1);
        AtomicReference<Thread> asked = new AtomicReference<>();
        kms.value("mail", "ACSCurrent", "v1", "x");
        CredentialsProvider provider = () -> {
            asked.set(Thread.currentThread());
            Latches.await(slow);
            return Credentials.of("ak", "sk");
        };
        try (SecretsClient client = kms.client().credentials(provider).build()) {
            CompletableFuture<GetSecretValueResult> result = client.async().getSecretValue("mail");
            assertThat(result).isNotDone();
            slow.countDown();
            assertThat(result).succeedsWithin(Duration.ofSeconds(20));
        }
        assertThat(asked.get()).isNotEqualTo(Thread.currentThread());
    }

    @Test
    void credentials_thatAreNotThere_failTheFutureAsTheyAre() {
        IllegalStateException none = new IllegalStateException("none");
        try (SecretsClient client = kms.client()
                .credentials(() -> {
                    throw none;
                })
                .build()) {
            assertThat(client.async().getSecretValue("mail"))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCause(none);
        }
    }

    @Test
    void close_whileCallsAreUnderWay_failsThem() {
        kms.answerWith(parameters -> new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        SecretsClient client = kms.client().build();
        CompletableFuture<GetSecretValueResult> result = client.async().getSecretValue("mail");
        await().until(() -> kms.requests().size() == 1);

        client.close();

        assertThat(result)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(KmsTransportException.class)
                .withMessageContaining("closed");
        assertThatThrownBy(() -> client.async().getSecretValue("mail"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This SecretsClient is closed");
    }

    private SecretsClientBuilder timed() {
        return kms.client().timing(time, scheduler, () -> 1.0);
    }

    /** Returns the number of threads that OkHttp has named after a request to the stub. */
    private long requestThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("OkHttp " + kms.endpoint()))
                .count();
    }
}
