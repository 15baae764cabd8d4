package dev.tumbler.client.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.KmsServiceException;
import dev.tumbler.client.KmsTransportException;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretNotFoundException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.ThrottledException;
import dev.tumbler.client.auth.CredentialsException;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.testing.CallerThread;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.client.testing.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cache over two regions. */
@Timeout(60)
class SecretSourceTest {
    private final CredentialsException noCredentials = new CredentialsException("STS is away", true, null);
    private final CredentialsProvider away = () -> {
        throw noCredentials;
    };

    private final KmsStub hangzhou = new KmsStub();
    private final KmsStub shanghai = new KmsStub();
    private final SecretsClient first =
            hangzhou.client().retry(RetryPolicy.none()).build();
    private final SecretsClient second =
            shanghai.client().retry(RetryPolicy.none()).build();
    private final VirtualTime time = new VirtualTime();
    private final SecretCache cache = SecretCache.builder(first)
            .fallback(second)
            .clock(time)
            .scheduler(time.scheduler())
            .executor(new CallerThread())
            .build();
    private final CachedSecret<String> mail = cache.text("mail");

    @BeforeEach
    void give() {
        hangzhou.value("mail", "ACSCurrent", "v1", "of Hangzhou");
        shanghai.value("mail", "ACSCurrent", "v1", "of Shanghai");
    }

    @AfterEach
    void close() {
        cache.close();
        first.close();
        second.close();
        hangzhou.close();
        shanghai.close();
    }

    @Test
    void read_whileTheFirstAnswers_leavesTheOtherAlone() {
        assertThat(mail.get()).isEqualTo("of Hangzhou");
        assertThat(shanghai.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"503, ServiceUnavailableTemporary", "500, InternalFailure", "429, Rejected.Throttling"})
    void read_whileTheFirstHasNoAnswer_comesFromTheOther(int status, String code) {
        hangzhou.answerWith(parameters -> KmsStub.error(status, code, ""));
        assertThat(mail.get()).isEqualTo("of Shanghai");
        assertThat(mail.isStale()).isFalse();

        hangzhou.answerWith(null);
        time.advance(Duration.ofMinutes(10));
        assertThat(mail.get()).isEqualTo("of Hangzhou");
    }

    @Test
    void read_whileTheFirstCannotBeReached_comesFromTheOther() {
        hangzhou.close();

        assertThat(mail.get()).isEqualTo("of Shanghai");
    }

    @Test
    void read_whileTheFirstHasNoCredentialsForTheMoment_comesFromTheOther() {
        try (SecretsClient unsigned = hangzhou.client().credentials(away).build();
                SecretCache ofBoth =
                        SecretCache.builder(unsigned).fallback(second).build()) {
            assertThat(ofBoth.text("mail").get()).isEqualTo("of Shanghai");
        }
    }

    @Test
    void read_forWhichNobodyHasCredentials_failsByTheOneReason() {
        try (SecretsClient unsigned = hangzhou.client().credentials(away).build();
                SecretsClient unsignedToo = shanghai.client().credentials(away).build();
                SecretCache ofBoth =
                        SecretCache.builder(unsigned).fallback(unsignedToo).build()) {
            assertThatThrownBy(() -> ofBoth.text("mail").get())
                    .isSameAs(noCredentials)
                    .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
        }
    }

    @Test
    void read_whenTheFirstIsThrottled_doesNotWaitForItsRetries() {
        hangzhou.answerWith(parameters -> KmsStub.error(429, "Rejected.Throttling", ""));
        try (SecretsClient patient = hangzhou.client().build();
                SecretCache ofBoth =
                        SecretCache.builder(patient).fallback(second).build()) {
            assertThat(ofBoth.text("mail").get()).isEqualTo("of Shanghai");
        }

        assertThat(hangzhou.requests()).hasSize(1);
    }

    @Test
    void read_thatTheFirstRefuses_isNotTriedElsewhere() {
        hangzhou.answerWith(parameters -> KmsStub.error(404, "Forbidden.ResourceNotFound", ""));

        assertThatThrownBy(mail::get).isInstanceOf(SecretNotFoundException.class);
        assertThat(shanghai.requests()).isEmpty();
    }

    @Test
    void read_thatNobodyAnswers_failsAsWithTheFirstAndTellsOfTheOther() {
        hangzhou.answerWith(parameters -> KmsStub.error(429, "Rejected.Throttling", ""));
        shanghai.answerWith(parameters -> KmsStub.error(403, "Forbidden.NoPermission", ""));

        assertThatThrownBy(mail::get)
                .isInstanceOf(ThrottledException.class)
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                KmsServiceException.class,
                                other -> assertThat(other.code()).isEqualTo("Forbidden.NoPermission")));

        shanghai.close();
        assertThatThrownBy(mail::get)
                .isInstanceOf(ThrottledException.class)
                .satisfies(
                        e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(KmsTransportException.class));
    }
}
