package dev.tumbler.client.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.client.CallObserver;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.micrometer.KmsMetrics;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.fault.Fault;
import dev.tumbler.emulator.journal.KmsAction;
import dev.tumbler.emulator.ram.AccessKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@Timeout(60)
class AutoConfigurationTest {
    private static final String VALUE = "C4nary-of-Spring";

    private final KmsEmulator kms = KmsEmulator.builder().strictAuthentication().start();
    private final AccessKey key = kms.createAccessKey();
    private final ApplicationContextRunner unconfigured = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    TumblerAutoConfiguration.class,
                    TumblerHealthAutoConfiguration.class,
                    TumblerMetricsAutoConfiguration.class));
    private final ApplicationContextRunner application = unconfigured.withPropertyValues(
            "tumbler.region=" + kms.region(),
            "tumbler.endpoint=" + kms.endpoint(),
            "tumbler.access-key-id=" + key.id(),
            "tumbler.access-key-secret=" + key.secret());

    @AfterEach
    void stop() {
        kms.close();
    }

    private void createSecret() {
        try (SecretsClient client = SecretsClient.builder()
                .region(kms.region())
                .endpoint(kms.endpoint())
                .credentials(CredentialsProvider.of(key.id(), key.secret()))
                .build()) {
            client.createSecret(r -> r.secretName("mail").versionId("v1").secretData(VALUE));
        }
    }

    @Test
    void nothingSet_configuresNothing() {
        unconfigured.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(SecretsClient.class)
                .doesNotHaveBean(SecretCache.class)
                .doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void placeAndAccessKey_giveAClientAndACache() {
        createSecret();
        application.run(context -> {
            assertThat(context.getBean(SecretsClient.class)
                            .getSecretValue("mail")
                            .secretData()
                            .asString())
                    .isEqualTo(VALUE);
            assertThat(context.getBean(SecretCache.class).text("mail").get()).isEqualTo(VALUE);
        });
    }

    @Test
    void halfAnAccessKey_isRefusedInWords() {
        unconfigured
                .withPropertyValues("tumbler.region=cn-hangzhou", "tumbler.access-key-secret=" + VALUE)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("Give both tumbler.access-key-id and tumbler.access-key-secret")
                        .satisfies(failure -> assertThat(failure).doesNotHaveToString(VALUE)));
    }

    @Test
    void beansOfTheApplication_win() {
        AtomicInteger calls = new AtomicInteger();
        createSecret();
        unconfigured
                .withPropertyValues("tumbler.region=" + kms.region(), "tumbler.endpoint=" + kms.endpoint())
                .withBean(
                        CredentialsProvider.class, () -> CredentialsProvider.of(Credentials.of(key.id(), key.secret())))
                .withBean(CallObserver.class, () -> (action, name) -> {
                    calls.incrementAndGet();
                    return new CallObserver.Observation() {};
                })
                .run(context -> {
                    context.getBean(SecretsClient.class).getSecretValue("mail");
                    assertThat(calls).hasValue(1);
                });
        SecretsClient own = SecretsClient.builder()
                .region("cn-hangzhou")
                .endpoint(URI.create("http://127.0.0.1:1"))
                .build();
        application
                .withBean(SecretsClient.class, () -> own)
                .run(context -> assertThat(context.getBean(SecretsClient.class)).isSameAs(own));
    }

    @Test
    void customizers_setWhatHasNoProperty() {
        createSecret();
        AtomicInteger elsewhere = new AtomicInteger();
        try (SecretsClient other = SecretsClient.builder()
                .endpoint(kms.endpoint())
                .credentials(CredentialsProvider.of(key.id(), key.secret()))
                .observer((action, name) -> {
                    elsewhere.incrementAndGet();
                    return new CallObserver.Observation() {};
                })
                .build()) {
            application
                    .withBean(SecretsClientCustomizer.class, () -> client -> client.retry(RetryPolicy.none()))
                    .withBean(SecretCacheCustomizer.class, () -> cache -> cache.fallback(other))
                    .run(context -> {
                        kms.faults().on(KmsAction.GET_SECRET_VALUE).times(1).respond(Fault.unavailable());
                        assertThat(context.getBean(SecretCache.class)
                                        .text("mail")
                                        .get())
                                .isEqualTo(VALUE);
                        assertThat(elsewhere).hasValue(1);
                    });
        }
    }

    @Test
    void cacheSettings_areTaken() {
        application
                .withPropertyValues("tumbler.refresh-interval=2h", "tumbler.expire-after=1h")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("expireAfter (PT1H) must be greater than refreshInterval (PT2H)"));
        application
                .withPropertyValues("tumbler.call-timeout=5s", "tumbler.refresh-interval=1h")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void health_isUpUntilARefreshFails() {
        createSecret();
        application.run(context -> {
            CachedSecret<String> mail = context.getBean(SecretCache.class).text("mail");
            mail.get();
            HealthIndicator indicator = context.getBean(HealthIndicator.class);
            Health up = Objects.requireNonNull(indicator.health());
            assertThat(up.getStatus().getCode()).isEqualTo("UP");
            assertThat(up.getDetails()).containsEntry("secrets", 1).containsEntry("staleSecrets", 0);

            kms.faults().on(KmsAction.GET_SECRET_VALUE).respond(Fault.accessDenied());
            assertThat(mail.refreshAsync()).failsWithin(Duration.ofSeconds(30));

            Health stale = Objects.requireNonNull(indicator.health());
            assertThat(stale.getStatus().getCode()).isEqualTo("STALE");
            assertThat(stale.getDetails()).containsEntry("staleSecrets", 1).containsKey("oldestAge");
            assertThat(stale.toString()).doesNotContain(VALUE);
        });
    }

    @Test
    void health_turnedOff_isNotThere() {
        application
                .withPropertyValues("management.health.tumbler-secrets.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void metrics_withARegistry_areRecorded() {
        createSecret();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        application.withBean(MeterRegistry.class, () -> registry).run(context -> {
            assertThat(context).hasSingleBean(KmsMetrics.class);
            context.getBean(SecretsClient.class).getSecretValue("mail");
            assertThat(registry.get("tumbler.kms.calls")
                            .tag("action", "GetSecretValue")
                            .timer()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void properties_showNothingSecret_andAreAllDescribed() throws Exception {
        TumblerProperties properties = new TumblerProperties(
                "cn-hangzhou", null, false, null, "LTAI", VALUE, VALUE, null, null, null, null, null);
        assertThat(properties.toString()).doesNotContain(VALUE).contains("cn-hangzhou");

        try (Reader metadata = new InputStreamReader(
                Objects.requireNonNull(
                        TumblerProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")),
                StandardCharsets.UTF_8)) {
            JsonObject json = JsonParser.parseReader(metadata).getAsJsonObject();
            assertThat(StreamSupport.stream(json.getAsJsonArray("properties").spliterator(), false)
                            .map(property ->
                                    property.getAsJsonObject().get("name").getAsString())
                            .filter(name -> name.startsWith("tumbler.")))
                    .containsExactlyElementsOf(Arrays.stream(TumblerProperties.class.getRecordComponents())
                            .map(RecordComponent::getName)
                            .map(name -> "tumbler."
                                    + name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT))
                            .toList());
        }
    }
}
