package dev.tumbler.testkit.assertj;

import static dev.tumbler.emulator.fault.Fault.throttled;
import static dev.tumbler.emulator.journal.KmsAction.CREATE_SECRET;
import static dev.tumbler.emulator.journal.KmsAction.DELETE_SECRET;
import static dev.tumbler.emulator.journal.KmsAction.GET_SECRET_VALUE;
import static dev.tumbler.testkit.assertj.KmsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.testkit.KmsEmulatorExtension;
import java.time.Instant;
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
}
