package dev.tumbler.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.RestoreSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.event.SecretEvent;
import dev.tumbler.emulator.event.SecretEvents.Subscription;
import dev.tumbler.emulator.gateway.webhook.WebhookFormat;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.AllLogs;
import dev.tumbler.emulator.testing.KmsSdk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners and webhooks are told, when secrets are used through the official SDK. */
@Timeout(60)
class EventsTest {
    private static final Instant START = Instant.parse("2026-03-12T05:55:36.125Z");
    private static final String PASSWORD = "C4nary-pass-1";

    private final KmsEmulator kms = KmsEmulator.builder().clockFrozenAt(START).start();
    private final RdsInstance rds = kms.rds().add("rm-1", RdsEngine.MYSQL);
    private final Queue<SecretEvent> events = new ConcurrentLinkedQueue<>();
    private Client sdk;

    @BeforeEach
    void connect() throws Exception {
        sdk = KmsSdk.connect(kms);
        rds.createAccount("orders", PASSWORD);
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    @Test
    @Proves(value = "RdsSecrets/R60/gone", by = "SDK V2, ACS3")
    void life_ofASecret_isToldInOrder() throws Exception {
        try (Subscription listening = kms.events().listen(events::add)) {
            createSecret("orders/db", true);
            kms.clock().advance(Duration.ofDays(7));
            rds.deleteAccount("orders");
            kms.clock().advance(Duration.ofDays(7));
            sdk.deleteSecret(
                    new DeleteSecretRequest().setSecretName("orders/db").setRecoveryWindowInDays("7"));
            sdk.restoreSecret(new RestoreSecretRequest().setSecretName("orders/db"));
            sdk.deleteSecret(
                    new DeleteSecretRequest().setSecretName("orders/db").setRecoveryWindowInDays("7"));
            kms.clock().advance(Duration.ofDays(7));
        }

        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName(), SecretEvent::time)
                .containsExactly(
                        tuple("Created", START),
                        tuple("RotationStarted", day(7)),
                        tuple("RotationSucceeded", day(7)),
                        tuple("RotationStarted", day(14)),
                        tuple("RotationFailed", day(14)),
                        tuple("DeletionScheduled", day(14)),
                        tuple("Restored", day(14)),
                        tuple("DeletionScheduled", day(14)),
                        tuple("Deleted", day(21)));
        assertThat(events).extracting(SecretEvent::id).doesNotHaveDuplicates();
        assertThat(events)
                .allSatisfy(event -> assertThat(event.secret().arn())
                        .isEqualTo("acs:kms:cn-hangzhou:1234567890123456:secret/orders/db"));
        SecretEvent.RotationFailed failed = events.stream()
                .filter(SecretEvent.RotationFailed.class::isInstance)
                .map(SecretEvent.RotationFailed.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(failed.secret().automaticRotation()).isEqualTo("Invalid");
        assertThat(failed.errorCode()).isEqualTo("InternalFailure");
        assertThat(failed.errorMessage()).contains("orders");
        assertThat(events.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void listener_mayCallTheEmulator_andMoveItsTime() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        createSecret("orders/db", true);
        kms.events().listen(event -> {
            if (event instanceof SecretEvent.RotationSucceeded) {
                try {
                    events.add(event);
                    sdk.getSecretValue(new GetSecretValueRequest().setSecretName("orders/db"));
                    kms.clock().advance(Duration.ofSeconds(1));
                    done.countDown();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        kms.clock().advance(Duration.ofDays(7));
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void listener_thatThrows_isLogged_andTheOthersAreTold() throws Exception {
        try (AllLogs logs = new AllLogs()) {
            kms.events().listen(event -> {
                throw new IllegalStateException("of the listener");
            });
            kms.events().listen(events::add);
            createSecret("orders/db", false);
            kms.clock().advance(Duration.ZERO);
            assertThat(events).hasSize(1);
            assertThat(logs.lines()).anyMatch(line -> line.contains("A listener failed at Created of \"orders/db\""));
        }
    }

    @Test
    void subscription_closed_isToldNoMore() throws Exception {
        Subscription listening = kms.events().listen(events::add);
        listening.close();
        createSecret("orders/db", false);
        kms.clock().advance(Duration.ZERO);
        assertThat(events).isEmpty();
    }

    @Test
    void close_listenerThatHangs_isInterrupted_andNoThreadIsLeft() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        kms.events().listen(event -> {
            hanging.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        createSecret("orders/db", false);
        assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
        kms.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("tumbler-events"));
    }

    @Test
    void webhook_cloudMonitor_getsTheBodiesOfTheService() throws Exception {
        try (Receiver receiver = new Receiver(200)) {
            kms.webhook(receiver.address(), WebhookFormat.CLOUD_MONITOR);
            succeedAndFail();

            JsonObject success = receiver.next();
            assertThat(success.keySet())
                    .containsExactly(
                            "product",
                            "instanceName",
                            "level",
                            "name",
                            "regionId",
                            "resourceId",
                            "status",
                            "content",
                            "ver");
            assertThat(success.get("name").getAsString()).isEqualTo("Secret:RotateSecret:Success");
            assertThat(success.get("level").getAsString()).isEqualTo("INFO");
            assertThat(success.get("status").getAsString()).isEqualTo("Normal");
            JsonObject rotated = success.getAsJsonObject("content");
            assertThat(rotated.keySet())
                    .containsExactly(
                            "eventId",
                            "secretName",
                            "secretType",
                            "RotationEntityArn",
                            "rotationStatus",
                            "secretSubType",
                            "successTime");
            assertThat(rotated.get("RotationEntityArn").getAsString())
                    .isEqualTo("acs:rds:cn-hangzhou:1234567890123456:dbinstance/rm-1");
            assertThat(rotated.get("rotationStatus").getAsString()).isEqualTo("Enabled");
            assertThat(rotated.get("successTime").getAsString()).isEqualTo("2026-03-12T05:55:36Z");

            JsonObject failure = receiver.next();
            assertThat(failure.keySet())
                    .containsExactly(
                            "product",
                            "eventTime",
                            "level",
                            "name",
                            "regionId",
                            "resourceId",
                            "status",
                            "content",
                            "ver");
            assertThat(failure.get("eventTime").getAsString()).isEqualTo("20260312T135536.125+0800");
            assertThat(failure.get("level").getAsString()).isEqualTo("CRITICAL");
            JsonObject failed = failure.getAsJsonObject("content");
            assertThat(failed.get("rotationStatus").getAsString()).isEqualTo("Invalid");
            assertThat(failed.get("rotationSubType").getAsString()).isEqualTo("DoubleUsers");
            assertThat(failed.getAsJsonObject("failureInfo").get("errorCode").getAsString())
                    .isEqualTo("InternalFailure");
            assertThat(failed.get("failureTime").getAsString()).isEqualTo("2026-03-12T05:55:36Z");
            assertThat(success.toString() + failure).doesNotContain(PASSWORD);
        }
    }

    @Test
    void webhook_eventBridge_wrapsThemInCloudEvents() throws Exception {
        try (Receiver receiver = new Receiver(200)) {
            kms.webhook(receiver.address(), WebhookFormat.EVENT_BRIDGE);
            succeedAndFail();

            JsonObject success = receiver.next();
            JsonObject failure = receiver.next();
            assertThat(success.get("type").getAsString()).isEqualTo("kms:CloudMonitor:Secret[RotateSecret:Success]");
            assertThat(failure.get("type").getAsString()).isEqualTo("kms:CloudMonitor:Secret[RotateSecret:Failure]");
            assertThat(failure.get("source").getAsString()).isEqualTo("acs.kms");
            assertThat(failure.get("specversion").getAsString()).isEqualTo("1.0");
            assertThat(failure.get("id").getAsString())
                    .isEqualTo(failure.getAsJsonObject("data")
                            .getAsJsonObject("content")
                            .get("eventId")
                            .getAsString());
        }
    }

    @Test
    void webhook_thatRefuses_isLogged_andRotationGoesOn() throws Exception {
        try (Receiver receiver = new Receiver(503);
                AllLogs logs = new AllLogs()) {
            kms.webhook(receiver.address(), WebhookFormat.CLOUD_MONITOR);
            createSecret("orders/db", true);
            kms.clock().advance(Duration.ofDays(7));
            assertThat(logs.lines()).anyMatch(line -> line.contains("answered 503"));
        }
        try (AllLogs logs = new AllLogs()) {
            kms.clock().advance(Duration.ofDays(7));
            assertThat(logs.lines()).anyMatch(line -> line.contains("did not take event"));
        }
        assertThat(kms.journal().entries()).hasSize(1);
        assertThat(sdk.getSecretValue(new GetSecretValueRequest().setSecretName("orders/db"))
                        .getBody()
                        .getSecretData())
                .contains("\"orders\"");
    }

    @Test
    void webhook_otherScheme_isRefused() {
        assertThatThrownBy(() -> kms.webhook(URI.create("ftp://127.0.0.1/"), WebhookFormat.CLOUD_MONITOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http or https");
    }

    private void succeedAndFail() throws Exception {
        createSecret("orders/db", true);
        sdk.rotateSecret(new RotateSecretRequest().setSecretName("orders/db").setVersionId("v2"));
        rds.deleteAccount("orders");
        assertThatThrownBy(() -> sdk.rotateSecret(
                        new RotateSecretRequest().setSecretName("orders/db").setVersionId("v3")))
                .hasMessageContaining("rotation of \"orders/db\" failed");
    }

    private void createSecret(String name, boolean automatic) throws Exception {
        CreateSecretRequest request = new CreateSecretRequest()
                .setSecretName(name)
                .setVersionId("v1")
                .setSecretType("Rds")
                .setSecretData("{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"" + PASSWORD + "\"}]}")
                .setExtendedConfig(Map.of("SecretSubType", "DoubleUsers", "DBInstanceId", "rm-1"));
        sdk.createSecret(automatic ? request.setEnableAutomaticRotation(true).setRotationInterval("7d") : request);
    }

    private static Instant day(int number) {
        return START.plus(Duration.ofDays(number));
    }

    /** Whoever listens at a webhook's address. */
    private static final class Receiver implements AutoCloseable {
        private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
        private final HttpServer server;

        Receiver(int status) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/alerts", exchange -> {
                String request = exchange.getRequestMethod() + " "
                        + exchange.getRequestHeaders().getFirst("Content-Type");
                bodies.add(request + "\n" + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            server.start();
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/alerts");
        }

        JsonObject next() throws InterruptedException {
            String request = bodies.poll(10, TimeUnit.SECONDS);
            assertThat(request).startsWith("POST application/json");
            return JsonParser.parseString(request.substring(request.indexOf('\n')))
                    .getAsJsonObject();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
