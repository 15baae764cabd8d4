package dev.tumbler.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.client.CallObserver;
import dev.tumbler.client.KmsServiceException;
import dev.tumbler.client.KmsTransportException;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.cache.SecretStore;
import dev.tumbler.client.micrometer.KmsMetrics;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.fault.Fault;
import dev.tumbler.emulator.journal.KmsAction;
import dev.tumbler.emulator.ram.AccessKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                        .extracting(Throwables::getStackTrace, STRING)
                        .doesNotContain(VALUE));
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
    }

    @Test
    void callTimeout_isTaken() {
        createSecret();
        application.withPropertyValues("tumbler.call-timeout=300ms").run(context -> {
            kms.faults().on(KmsAction.GET_SECRET_VALUE).respond(Fault.noAnswer());
            assertThatThrownBy(() -> context.getBean(SecretsClient.class).getSecretValue("mail"))
                    .isInstanceOfSatisfying(
                            KmsTransportException.class,
                            e -> assertThat(e.elapsed()).isLessThan(Duration.ofSeconds(20)));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "tumbler.vpc=true, kms-vpc.cn-hangzhou.aliyuncs.com",
        "tumbler.instance=kst-1, kst-1.cryptoservice.kms.aliyuncs.com"
    })
    void place_otherThanTheRegionsOwn_isAsked(String property, String host) throws IOException {
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> firstLine(proxy));
            unconfigured
                    .withPropertyValues("tumbler.region=cn-hangzhou", property)
                    .withBean(CredentialsProvider.class, () -> CredentialsProvider.of("ak", "sk"))
                    .withBean(
                            SecretsClientCustomizer.class,
                            () -> client -> client.proxy("127.0.0.1", proxy.getLocalPort())
                                    .retry(RetryPolicy.none()))
                    .run(context -> assertThatThrownBy(
                                    () -> context.getBean(SecretsClient.class).getSecretValue("mail"))
                            .isInstanceOf(KmsTransportException.class));

            assertThat(asked).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("CONNECT " + host + ":443 HTTP/1.1");
        }
    }

    private static String firstLine(ServerSocket server) {
        try (Socket socket = server.accept()) {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void caCertificate_isTheOneThatIsTrusted(@TempDir Path files) throws IOException {
        Path file = Files.writeString(files.resolve("ca.pem"), kms.caCertificate());
        createSecret();
        ApplicationContextRunner overTls =
                application.withPropertyValues("tumbler.endpoint=https://" + kms.hostAndPort());

        overTls.run(context -> assertThatThrownBy(
                        () -> context.getBean(SecretsClient.class).getSecretValue("mail"))
                .isInstanceOf(KmsTransportException.class));
        for (String given : List.of(kms.caCertificate(), file.toString())) {
            overTls.withPropertyValues("tumbler.ca-certificate=" + given)
                    .run(context -> assertThat(context.getBean(SecretsClient.class)
                                    .getSecretValue("mail")
                                    .versionId())
                            .isEqualTo("v1"));
        }
        overTls.withPropertyValues("tumbler.ca-certificate=" + files.resolve("none.pem"))
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("neither PEM nor a file"));
    }

    @Test
    void securityToken_isSent() {
        application
                .withPropertyValues("tumbler.security-token=" + VALUE)
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(SecretsClient.class).getSecretValue("mail"))
                        .isInstanceOf(KmsServiceException.class)
                        .hasMessageContaining("SecurityToken")
                        .hasMessageNotContaining(VALUE));
    }

    @Test
    void store_ofTheApplication_servesWhileTheServiceIsAway(@TempDir Path files) {
        createSecret();
        ApplicationContextRunner stored =
                application.withBean(SecretStore.class, () -> SecretStore.encryptedFiles(files, new byte[32]));
        stored.run(context -> context.getBean(SecretCache.class).text("mail").get());
        kms.faults().on(KmsAction.GET_SECRET_VALUE).respond(Fault.unavailable());

        stored.withBean(SecretsClientCustomizer.class, () -> client -> client.retry(RetryPolicy.none()))
                .run(context -> assertThat(
                                context.getBean(SecretCache.class).text("mail").get())
                        .isEqualTo(VALUE));
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

            assertThat(context.getBean(SecretCache.class).text("other").refreshAsync())
                    .failsWithin(Duration.ofSeconds(30));
            assertThat(Objects.requireNonNull(indicator.health()).getStatus().getCode())
                    .isEqualTo("MISSING");
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
