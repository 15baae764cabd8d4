package dev.tumbler.testkit.assertj;

import static dev.tumbler.emulator.fault.Fault.throttled;
import static dev.tumbler.emulator.journal.KmsAction.CREATE_SECRET;
import static dev.tumbler.emulator.journal.KmsAction.DELETE_SECRET;
import static dev.tumbler.emulator.journal.KmsAction.GET_SECRET_VALUE;
import static dev.tumbler.testkit.assertj.KmsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.testkit.KmsEmulatorExtension;
import dev.tumbler.testkit.RdsSecret;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class KmsAssertionsTest {
    @RegisterExtension
    static final KmsEmulatorExtension EMULATOR =
            KmsEmulatorExtension.with(settings -> settings.clockFrozenAt(Instant.parse("2026-01-01T00:00:00Z")));

    @BeforeEach
    void call(KmsEmulator kms, SecretsClient client) {
        client.createSecret(r -> r.secretName("orders/db").versionId("v1").secretData("value"));
        kms.faults().on(GET_SECRET_VALUE).times(2).respond(throttled());
        client.getSecretValue("orders/db");
    }

    @Test
    void received_asItWas_passes(KmsEmulator kms) {
        assertThat(kms)
                .received(GET_SECRET_VALUE)
                .forSecret("orders/*")
                .times(3)
                .atLeast(3)
                .atMost(3)
                .withoutErrorsAfter(2);
        assertThat(kms).received(CREATE_SECRET).times(1).withoutErrors();
        assertThat(kms).received(DELETE_SECRET).never();
        assertThat(kms).received().times(4);
        assertThat(kms).hasNoUnusedFaults();
    }

    @Test
    void received_otherwise_failsWithATableOfWhatWasCalled(KmsEmulator kms) {
        assertThatThrownBy(() -> assertThat(kms)
                        .as("the cache")
                        .received(GET_SECRET_VALUE)
                        .forSecret("orders/db")
                        .times(1))
                .isInstanceOf(AssertionError.class)
                .message()
                .isEqualToNormalizingNewlines("""
                        [the cache] Expected 1 call of GetSecretValue on "orders/db", but there were 3.
                        What was called:
                             1  2026-01-01T00:00:00Z  CreateSecret    orders/db  200
                             2  2026-01-01T00:00:00Z  GetSecretValue  orders/db  429 Rejected.Throttling  (fault)
                             3  2026-01-01T00:00:00Z  GetSecretValue  orders/db  429 Rejected.Throttling  (fault)
                             4  2026-01-01T00:00:00Z  GetSecretValue  orders/db  200""");
    }

    @Test
    void errors_whereNoneMayBe_failWithTheCalls(KmsEmulator kms) {
        assertThatThrownBy(() -> assertThat(kms).received(GET_SECRET_VALUE).withoutErrorsAfter(1))
                .message()
                .startsWith("Expected GetSecretValue to succeed after the first 1.")
                .contains("429 Rejected.Throttling");
    }

    @Test
    void unusedFault_isNamed(KmsEmulator kms) {
        kms.faults().on(DELETE_SECRET).forSecret("order/db").respond(throttled());

        assertThatThrownBy(() -> assertThat(kms).hasNoUnusedFaults())
                .message()
                .contains("  fault on DeleteSecret on \"order/db\", met 0 calls");
    }

    @Test
    void manyCalls_areShownInPart(KmsEmulator kms, SecretsClient client) {
        for (int i = 0; i < 60; i++) {
            client.getSecretValue("orders/db");
        }

        assertThatThrownBy(() -> assertThat(kms).received().never())
                .message()
                .contains("  … 24 more …")
                .satisfies(message -> assertThat(message.lines()).hasSize(43));
    }

    @Test
    void receivedOnly_anotherAction_isNamed(KmsEmulator kms) {
        assertThat(kms).receivedOnly(CREATE_SECRET, GET_SECRET_VALUE);
        assertThatThrownBy(() -> assertThat(kms).receivedOnly(GET_SECRET_VALUE))
                .isInstanceOf(AssertionError.class)
                .message()
                .isEqualToNormalizingNewlines("""
                        Expected only calls of GetSecretValue.
                        These were called too:
                             1  2026-01-01T00:00:00Z  CreateSecret  orders/db  200""");
        assertThatThrownBy(() -> assertThat(kms).receivedOnly()).message().startsWith("Expected only no calls.");
    }

    @Test
    void inRegion_another_hasNone(KmsEmulator kms) {
        assertThat(kms).received(GET_SECRET_VALUE).inRegion("cn-hangzhou").times(3);
        assertThat(kms).received().inRegion("cn-shanghai").never();
    }

    @Test
    @RdsSecret(name = "shop/db", account = "shop", rotateEvery = "P7D")
    void secretAndDatabase_acrossARotation_areAsTheyShouldBe(KmsEmulator kms, SecretsClient client, RdsInstance rds) {
        RdsCredentials before = client.getSecretValue("shop/db").asRdsCredentials();
        assertThat(kms.secret("shop/db")).wasRotated(0).hasCurrentVersion("v1").hasNextRotationIn(Duration.ofDays(7));
        assertThat(kms.secret("orders/db")).hasNoNextRotation();

        kms.clock().advance(Duration.ofDays(8));

        RdsCredentials after = client.getSecretValue("shop/db").asRdsCredentials();
        assertThat(rds)
                .acceptsLogin(after)
                .acceptsLogin(before)
                .refusesLogin(new RdsCredentials(after.accountName(), before.accountPassword()))
                .refusesLogin(new RdsCredentials("nobody", before.accountPassword()));
        assertThat(kms.secret("shop/db"))
                .wasRotated(1)
                .rotatedWithin(Duration.ofDays(1))
                .hasNextRotationIn(Duration.ofDays(6));
    }

    @Test
    @RdsSecret(name = "shop/db", account = "shop", rotateEvery = "P7D")
    void secretAndDatabase_otherwise_failInWords(KmsEmulator kms, SecretsClient client, RdsInstance rds) {
        RdsCredentials now = client.getSecretValue("shop/db").asRdsCredentials();
        RdsCredentials wrong = new RdsCredentials("shop", "Wr0ng-password");

        assertFails(() -> assertThat(kms.secret("shop/db")).wasRotated(1))
                .isEqualTo(
                        "Expected \"shop/db\" to have been rotated once, but it was 0 times. Its last rotation: none;"
                                + " its versions: [v1[ACSCurrent]]");
        assertFails(() -> assertThat(kms.secret("shop/db")).hasCurrentVersion("v2"))
                .startsWith("Expected version \"v2\" of \"shop/db\" to be current, but \"v1\" is.");
        assertFails(() -> assertThat(kms.secret("shop/db")).rotatedWithin(Duration.ofDays(1)))
                .endsWith("its last rotation is none");
        assertFails(() -> assertThat(kms.secret("shop/db")).hasNextRotationIn(Duration.ofDays(1)))
                .isEqualTo("Expected the next rotation of \"shop/db\" in PT24H, but it is due in PT168H, at"
                        + " 2026-01-08T00:00:00Z");
        assertFails(() -> assertThat(kms.secret("shop/db")).hasNoNextRotation()).contains("does at 2026-01-08");
        assertFails(() -> assertThat(kms.secret("orders/db")).hasNextRotationIn(Duration.ofDays(1)))
                .endsWith("it does not rotate by itself");
        assertFails(() -> assertThat(rds).acceptsLogin(wrong))
                .isEqualTo("Expected PostgreSQL in memory to accept account \"shop\" with this password, but it has"
                        + " another password for it");
        assertFails(() -> assertThat(rds).acceptsLogin(new RdsCredentials("nobody", "Wr0ng-password")))
                .endsWith("has no such account");
        assertFails(() -> assertThat(rds).refusesLogin(now)).endsWith("but it accepts it");
        kms.clock().advance(Duration.ofDays(9));
        assertFails(() -> assertThat(kms.secret("shop/db")).rotatedWithin(Duration.ofDays(1)))
                .endsWith("its last rotation is PT48H ago, at 2026-01-08T00:00:00Z");
    }

    private static AbstractStringAssert<?> assertFails(ThrowingCallable assertion) {
        return assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).message();
    }
}
