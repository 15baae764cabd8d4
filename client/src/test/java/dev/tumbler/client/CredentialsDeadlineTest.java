package dev.tumbler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.auth.SignatureMethod;
import dev.tumbler.client.testing.KmsStub;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Blocking calls whose provider of credentials takes its time. */
@Timeout(30)
class CredentialsDeadlineTest {
    private final KmsStub kms = new KmsStub();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Does not even end when it is interrupted. */
    private final CredentialsProvider hanging = () -> {
        asked.countDown();
        boolean waiting = true;
        while (waiting) {
            try {
                released.await();
                waiting = false;
            } catch (InterruptedException e) {
                // Goes on.
            }
        }
        return Credentials.of("ak", "sk");
    };

    @BeforeEach
    void start() {
        kms.value("mail", "ACSCurrent", "v1", "x");
    }

    @AfterEach
    void stop() {
        released.countDown();
        kms.close();
    }

    @Test
    void call_whoseCredentialsHang_endsAtTheDeadline() {
        try (SecretsClient client = kms.client()
                .credentials(hanging)
                .callTimeout(Duration.ofMillis(300))
                .build()) {
            CompletableFuture<?> call = CompletableFuture.supplyAsync(() -> client.getSecretValue("mail"));
            assertThat(call)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(KmsTransportException.class, e -> {
                        assertThat(e.kind()).isEqualTo(FailureKind.UNREACHABLE);
                        assertThat(e.attempts()).isZero();
                    })
                    .withMessageContaining("no credentials in time")
                    .withMessageContaining("provider of credentials");
        }
        assertThat(kms.requests()).isEmpty();
    }

    @Test
    void close_whileCredentialsHang_endsTheCall() throws Exception {
        SecretsClient client = kms.client().credentials(hanging).build();
        CompletableFuture<?> call = CompletableFuture.supplyAsync(() -> client.getSecretValue("mail"));
        asked.await();

        client.close();

        assertThat(call)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(KmsTransportException.class)
                .withMessageContaining("closed");
    }

    @Test
    void interrupt_whileCredentialsHang_endsTheCall() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (SecretsClient client = kms.client().credentials(hanging).build()) {
            Thread caller = new Thread(() -> {
                try {
                    client.getSecretValue("mail");
                } catch (RuntimeException e) {
                    failure.set(e);
                }
            });
            caller.setDaemon(true);
            caller.start();
            asked.await();
            caller.interrupt();
            caller.join(10_000);
        }
        assertThat(failure.get()).isInstanceOf(KmsTransportException.class).hasMessageContaining("interrupted");
    }

    @Test
    void call_thatIsOver_interruptsItsProvider() {
        AtomicReference<Thread> interrupted = new AtomicReference<>();
        CredentialsProvider provider = () -> {
            try {
                released.await();
                throw new IllegalStateException("Released");
            } catch (InterruptedException e) {
                interrupted.set(Thread.currentThread());
                throw new IllegalStateException("Interrupted", e);
            }
        };
        try (SecretsClient client = kms.client()
                .credentials(provider)
                .callTimeout(Duration.ofMillis(200))
                .build()) {
            assertThatThrownBy(() -> client.getSecretValue("mail")).isInstanceOf(KmsTransportException.class);
            await().until(() -> interrupted.get() != null);
        }
    }

    @Test
    void provider_withCredentialsAtHand_isAskedOnTheCallersThread() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        CredentialsProvider provider = new CredentialsProvider() {
            @Override
            public Credentials credentials() {
                throw new IllegalStateException("Not needed");
            }

            @Override
            public Optional<Credentials> atHand() {
                thread.set(Thread.currentThread());
                return Optional.of(Credentials.of("ak", "sk"));
            }
        };
        try (SecretsClient client = kms.client().credentials(provider).build()) {
            assertThat(client.getSecretValue("mail").versionId()).isEqualTo("v1");
        }
        assertThat(thread.get()).isEqualTo(Thread.currentThread());
    }

    @Test
    void session_thatTheServiceRefuses_isRenewedOnce() {
        AtomicInteger renewed = new AtomicInteger();
        CredentialsProvider sessions = new CredentialsProvider() {
            @Override
            public Credentials credentials() {
                return Credentials.of("ak", "sk", "token-" + renewed);
            }

            @Override
            public void invalidate(Credentials refused) {
                renewed.incrementAndGet();
            }
        };
        kms.answerWith(sent -> "token-1".equals(sent.get("SecurityToken"))
                ? null
                : KmsStub.error(400, "InvalidSecurityToken.Expired", ""));
        try (SecretsClient client = kms.client()
                .credentials(sessions)
                .signatureMethod(SignatureMethod.HMAC_SHA1)
                .build()) {
            assertThat(client.getSecretValue("mail").versionId()).isEqualTo("v1");
            assertThat(renewed).hasValue(1);

            renewed.set(5);
            kms.requests().clear();
            assertThatThrownBy(() -> client.getSecretValue("mail")).isInstanceOf(AccessDeniedException.class);
            assertThat(renewed).hasValue(6);
            assertThat(kms.requests()).hasSize(2);
        }
    }

    @Test
    void credentials_thatAreNotThere_failTheCallAsTheyAre() {
        IllegalStateException none = new IllegalStateException("none");
        CredentialsProvider provider = () -> {
            throw none;
        };
        try (SecretsClient client = kms.client().credentials(provider).build()) {
            assertThatThrownBy(() -> client.getSecretValue("mail")).isSameAs(none);
        }
    }
}
