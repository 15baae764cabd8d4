package dev.tumbler.emulator.gateway.openapi.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.ram.Caller;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Evidence: KMS, "Performance data". */
class KmsQuotasTest {
    private static final Call CALL = new Call(new Parameters(Map.of()), Caller.anonymous(), Map.of(), use -> {});

    private volatile Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private final KmsQuotas quotas = new KmsQuotas(() -> now);

    private void call(int times, String action) {
        for (int i = 0; i < times; i++) {
            quotas.admit(action, CALL);
        }
    }

    @Test
    void callsBeyondTheQuota_areThrottledUntilTheNextSecond() {
        call(10, "CreateSecret");

        assertThatThrownBy(() -> call(1, "CreateSecret")).isInstanceOfSatisfying(KmsError.class, error -> {
            assertThat(error.status()).isEqualTo(429);
            assertThat(error.code()).isEqualTo("Rejected.Throttling");
            assertThat(error.getMessage()).isEqualTo("QPS Limit Exceeded");
        });
        now = now.plusMillis(999);
        assertThatThrownBy(() -> call(1, "DeleteSecret")).isInstanceOf(KmsError.class);
        now = now.plusMillis(1);
        call(10, "DeleteSecret");
    }

    @Test
    void groups_haveQuotasOfTheirOwn() {
        call(10, "CreateSecret");
        call(450, "GetSecretValue");
        call(40, "ListSecrets");

        assertThatThrownBy(() -> call(1, "DescribeSecret")).isInstanceOf(KmsError.class);
        assertThatThrownBy(() -> call(1, "PutSecretValue")).isInstanceOf(KmsError.class);
    }

    @Test
    @Timeout(30)
    void manyThreads_together_getTheQuotaAndNotOneMore() throws InterruptedException {
        AtomicInteger admitted = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(200);
        threads.invokeAll(Collections.nCopies(2_000, () -> {
            quotas.admit("GetSecretValue", CALL);
            return admitted.incrementAndGet();
        }));
        threads.shutdown();

        assertThat(admitted).hasValue(450);
    }
}
