package dev.tumbler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.model.CreateSecretRequest;
import dev.tumbler.client.model.CreateSecretResult;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.client.model.SecretType;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.client.testing.LossyGateway;
import dev.tumbler.client.testing.VirtualTime;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A CreateSecret that the service performs and whose answer does not arrive. */
@Timeout(60)
class LostAnswerTest {
    private static final CreateSecretRequest MAIL = CreateSecretRequest.builder()
            .secretName("mail")
            .versionId("v1")
            .secretData("p<w")
            .build();

    private final VirtualTime time = new VirtualTime();
    private final ScheduledExecutorService scheduler = time.skippingScheduler();

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Nested
    class BeforeARealService {
        private final KmsEmulator emulator = KmsEmulator.start();
        private final LossyGateway gateway = new LossyGateway(emulator.endpoint());

        @AfterEach
        void stop() {
            gateway.close();
            emulator.close();
        }

        @Test
        void createSecret_thatWasPerformed_succeeds() {
            gateway.loseFirst("CreateSecret");
            try (SecretsClient client = client(gateway.endpoint())) {
                CreateSecretResult result = client.createSecret(MAIL);

                assertThat(result.arn()).isEqualTo(client.describeSecret("mail").arn());
                assertThat(result.versionId()).isEqualTo("v1");
                assertThat(result.secretType()).isEqualTo(SecretType.GENERIC);
            }
            assertThat(gateway.actions())
                    .containsExactly(
                            "CreateSecret", "CreateSecret", "GetSecretValue", "DescribeSecret", "DescribeSecret");
        }

        @Test
        void createSecret_withoutWaiting_succeedsToo() {
            gateway.loseFirst("CreateSecret");
            try (SecretsClient client = client(gateway.endpoint())) {
                assertThat(client.async().createSecret(MAIL).thenApply(CreateSecretResult::versionId))
                        .succeedsWithin(Duration.ofSeconds(30))
                        .isEqualTo("v1");
            }
        }

        @Test
        void createSecret_ofTwoAccounts_knowsTheOneThatComesBack() {
            RdsInstance instance = emulator.rds().add("rm-1", RdsEngine.POSTGRESQL);
            instance.createAccount("orders", "Passw0rd!one");
            instance.createAccount("orders_clone", "Passw0rd!two");
            gateway.loseFirst("CreateSecret");
            try (SecretsClient client = client(gateway.endpoint())) {
                CreateSecretResult result = client.createSecret(r -> r.secretName("orders")
                        .versionId("v1")
                        .rdsDualAccount(
                                "rm-1",
                                new RdsCredentials("orders", "Passw0rd!one"),
                                new RdsCredentials("orders_clone", "Passw0rd!two"))
                        .enableAutomaticRotation(true)
                        .rotationInterval(Duration.ofDays(7)));

                assertThat(result.secretType()).isEqualTo(SecretType.RDS);
                assertThat(result.rotation().rotationInterval()).contains(Duration.ofDays(7));
            }
        }

        @ParameterizedTest
        @CsvSource({"v1, other", "v0, p<w"})
        void createSecret_whoseNameSomebodyElseHas_isToldThatItExists(String versionId, String secretData) {
            try (SecretsClient other = SecretsClient.builder()
                    .endpoint(emulator.endpoint())
                    .credentials(CredentialsProvider.of("other-ak", "other-sk"))
                    .build()) {
                other.createSecret(
                        r -> r.secretName("mail").versionId(versionId).secretData(secretData));
            }
            gateway.loseFirst("CreateSecret");
            try (SecretsClient client = client(gateway.endpoint())) {
                assertThatThrownBy(() -> client.createSecret(MAIL)).isInstanceOf(SecretExistsException.class);
            }
            assertThat(gateway.actions()).containsExactly("CreateSecret", "CreateSecret", "GetSecretValue");
        }

        @Test
        void createSecret_ofATakenNameAtOnce_readsNothing() {
            try (SecretsClient client = client(gateway.endpoint())) {
                client.createSecret(MAIL);
                assertThatThrownBy(() -> client.createSecret(MAIL)).isInstanceOf(SecretExistsException.class);
            }
            assertThat(gateway.actions()).containsExactly("CreateSecret", "CreateSecret");
        }
    }

    @Nested
    class BeforeAStub {
        private final KmsStub kms = new KmsStub();

        @AfterEach
        void stop() {
            kms.close();
        }

        @Test
        void createSecret_thatWasNotPerformed_isPerformedByTheRepeat() {
            answers(
                    lost(),
                    KmsStub.ok("{\"Arn\":\"acs\",\"SecretName\":\"mail\",\"VersionId\":\"v1\",\"RequestId\":\"r\"}"));
            try (SecretsClient client = client(kms.endpoint())) {
                assertThat(client.createSecret(MAIL).arn()).isEqualTo("acs");
            }
        }

        @Test
        void createSecret_afterAnInternalError_asksToo() {
            answers(
                    KmsStub.error(500, "InternalFailure", ""),
                    KmsStub.error(409, "Rejected.ResourceExist", ""),
                    value("v1", "p<w"),
                    KmsStub.ok("{\"Arn\":\"acs\",\"SecretName\":\"mail\"}"));
            try (SecretsClient client = client(kms.endpoint())) {
                assertThat(client.createSecret(MAIL).arn()).isEqualTo("acs");
            }
        }

        @Test
        void createSecret_thatMayNotRead_doesNotClaimToKnow() {
            answers(
                    lost(),
                    KmsStub.error(409, "Rejected.ResourceExist", ""),
                    KmsStub.error(403, "Forbidden.NoPermission", ""));
            try (SecretsClient client = client(kms.endpoint())) {
                assertThatThrownBy(() -> client.createSecret(MAIL))
                        .isInstanceOfSatisfying(KmsTransportException.class, e -> {
                            assertThat(e.kind().isPossiblyPerformed()).isTrue();
                            assertThat(e)
                                    .hasMessageContaining(
                                            "an answer was lost, and the secret exists now; whether this call"
                                                    + " created it could not be read: Forbidden.NoPermission");
                        });
            }
        }

        @Test
        void createSecret_thatMayNotDescribe_saysThatItWasCreated() {
            answers(
                    lost(),
                    KmsStub.error(409, "Rejected.ResourceExist", ""),
                    value("v1", "p<w"),
                    KmsStub.error(403, "Forbidden.NoPermission", ""));
            try (SecretsClient client = client(kms.endpoint())) {
                assertThatThrownBy(() -> client.createSecret(MAIL))
                        .isInstanceOf(KmsTransportException.class)
                        .hasMessageContaining("the secret was created");
            }
        }

        @Test
        void createSecret_rotatedInBetween_isFoundInThePreviousVersion() {
            CreateSecretRequest orders = CreateSecretRequest.builder()
                    .secretName("orders")
                    .versionId("v1")
                    .rdsSingleAccount("rm-1", new RdsCredentials("orders", "p"))
                    .build();
            answers(
                    lost(),
                    KmsStub.error(409, "Rejected.ResourceExist", ""),
                    value("v2", "{\"AccountName\":\"orders\",\"AccountPassword\":\"new\"}"),
                    value("v1", "{\"AccountPassword\":\"p\",\"AccountName\":\"orders\"}"),
                    KmsStub.ok("{\"Arn\":\"acs\",\"SecretName\":\"orders\",\"SecretType\":\"Rds\"}"));
            try (SecretsClient client = client(kms.endpoint())) {
                assertThat(client.createSecret(orders).secretType()).isEqualTo(SecretType.RDS);
            }
            assertThat(kms.requests().get(3)).containsEntry("VersionStage", "ACSPrevious");
        }

        @Test
        void createSecret_whoseValueTheServiceChooses_doesNotClaimToKnow() {
            answers(
                    lost(),
                    KmsStub.error(409, "Rejected.ResourceExist", ""),
                    value("v1", "{\"AccountName\":\"a\",\"AccountPassword\":\"b\"}"));
            try (SecretsClient client = client(kms.endpoint())) {
                assertThatThrownBy(() -> client.createSecret(r -> r.secretName("cache")
                                .versionId("v1")
                                .secretType(SecretType.REDIS)
                                .secretData("$Auto")))
                        .isInstanceOf(KmsTransportException.class)
                        .hasMessageContaining("the service has changed its value");
            }
        }

        @Test
        void createSecret_whoseEveryAnswerIsLost_saysSo() {
            kms.answerWith(sent -> lost());
            try (SecretsClient client = client(kms.endpoint())) {
                assertThatThrownBy(() -> client.createSecret(MAIL))
                        .isInstanceOfSatisfying(KmsTransportException.class, e -> {
                            assertThat(e.kind()).isEqualTo(FailureKind.NO_ANSWER);
                            assertThat(e.attempts()).isEqualTo(5);
                        });
            }
        }

        private void answers(MockResponse... answers) {
            AtomicInteger next = new AtomicInteger();
            Function<Map<String, String>, MockResponse> inOrder = sent -> answers[next.getAndIncrement()];
            kms.answerWith(inOrder);
        }

        private static MockResponse lost() {
            return new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST);
        }

        private static MockResponse value(String versionId, String secretData) {
            JsonObject value = new JsonObject();
            value.addProperty("SecretName", "mail");
            value.addProperty("VersionId", versionId);
            value.addProperty("SecretData", secretData);
            return KmsStub.ok(value.toString());
        }
    }

    private SecretsClient client(URI endpoint) {
        return SecretsClient.builder()
                .endpoint(endpoint)
                .credentials(CredentialsProvider.of("test-ak", "test-sk"))
                .timing(time, scheduler, () -> 1.0)
                .build();
    }
}
