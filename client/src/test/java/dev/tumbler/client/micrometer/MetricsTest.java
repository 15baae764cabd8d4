package dev.tumbler.client.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.KmsTransportException;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretNotFoundException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.fault.Fault;
import dev.tumbler.emulator.journal.KmsAction;
import dev.tumbler.emulator.ram.AccessKey;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MetricsTest {
    private static final String VALUE = "C4nary-of-the-metrics";

    private final KmsEmulator kms = KmsEmulator.start();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SecretsClient client = newClient();

    @AfterEach
    void stop() {
        client.close();
        kms.close();
    }

    private SecretsClient newClient() {
        AccessKey key = kms.createAccessKey();
        return SecretsClient.builder()
                .region(kms.region())
                .endpoint(kms.endpoint())
                .credentials(CredentialsProvider.of(key.id(), key.secret()))
                .retry(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1)))
                .observer(new KmsMetrics(registry))
                .build();
    }

    @Test
    void calls_areTimedByActionAndOutcome_andRetriesCounted() {
        client.createSecret(r -> r.secretName("mail").versionId("v1").secretData(VALUE));
        kms.faults().on(KmsAction.GET_SECRET_VALUE).times(2).respond(Fault.throttled());
        client.getSecretValue("mail");
        assertThatThrownBy(() -> client.getSecretValue("nobody")).isInstanceOf(SecretNotFoundException.class);
        kms.faults().on(KmsAction.DESCRIBE_SECRET).respond(Fault.noAnswer());
        assertThatThrownBy(() -> client.describeSecret("mail")).isInstanceOf(KmsTransportException.class);

        assertThat(calls("CreateSecret", "success")).isEqualTo(1);
        assertThat(calls("GetSecretValue", "success")).isEqualTo(1);
        assertThat(calls("GetSecretValue", "Forbidden.ResourceNotFound")).isEqualTo(1);
        assertThat(calls("DescribeSecret", "no_answer")).isEqualTo(1);
        assertThat(registry.get("tumbler.kms.retries")
                        .tags("action", "GetSecretValue", "reason", "throttled")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("tumbler.kms.retries")
                        .tags("action", "DescribeSecret", "reason", "no_answer")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.getMeters())
                .flatExtracting(Meter::getId)
                .flatExtracting(id -> ((Meter.Id) id).getTags())
                .extracting(Tag::getValue)
                .doesNotContain("mail", "nobody")
                .noneMatch(value -> value.contains(VALUE));
    }

    @Test
    void cache_isMeasuredAsItStands() {
        client.createSecret(r -> r.secretName("mail").versionId("v1").secretData(VALUE));
        try (SecretCache secrets = SecretCache.builder(client).build()) {
            new SecretCacheMetrics(secrets).bindTo(registry);
            assertThat(value("cached")).isZero();
            assertThat(value("oldest.age")).isNaN();

            CachedSecret<String> mail = secrets.text("mail");
            mail.get();
            client.putSecretValue("mail", "v2", VALUE);
            mail.refreshNow();

            assertThat(value("cached")).isEqualTo(1);
            assertThat(value("stale")).isZero();
            assertThat(value("oldest.age")).isNotNegative();
            assertThat(registry.get("tumbler.secrets.loads").functionCounter().count())
                    .isEqualTo(1);
            assertThat(registry.get("tumbler.secrets.refreshes")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("tumbler.secrets.failures")
                            .functionCounter()
                            .count())
                    .isZero();
        }
    }

    private double value(String gauge) {
        return registry.get("tumbler.secrets." + gauge).gauge().value();
    }

    private long calls(String action, String outcome) {
        return registry.get("tumbler.kms.calls")
                .tags("action", action, "outcome", outcome)
                .timer()
                .count();
    }
}
