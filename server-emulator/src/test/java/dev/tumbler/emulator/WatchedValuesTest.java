package dev.tumbler.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.event.SecretEvents.Subscription;
import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.secret.ConfidentialText;
import dev.tumbler.emulator.secret.NewRdsSecret;
import dev.tumbler.emulator.secret.SecretState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever looks for leaked values can know them all. */
@Timeout(60)
class WatchedValuesTest {
    @Test
    void watcher_isToldOfWhatIsThereAndOfWhatComes() {
        try (KmsEmulator kms = KmsEmulator.builder()
                .clockFrozenAt(Instant.parse("2026-01-01T00:00:00Z"))
                .start()) {
            kms.rds().add("rm-1", RdsEngine.MYSQL).createDatabase("shop");
            kms.rdsSecrets()
                    .create(
                            "orders/db",
                            NewRdsSecret.singleAccount("rm-1", "orders", AccountPrivilege.READ_WRITE.on("shop"))
                                    .versionId("v1")
                                    .rotateEvery(Duration.ofDays(7)));
            Set<ConfidentialText> told = ConcurrentHashMap.newKeySet();

            Subscription watching = kms.watchValues(told::add);
            Set<ConfidentialText> atFirst = new LinkedHashSet<>(told);
            kms.clock().advance(Duration.ofDays(14));
            watching.close();
            kms.clock().advance(Duration.ofDays(7));

            assertThat(atFirst).extracting(ConfidentialText::versionId).containsExactly("v1");
            assertThat(told).hasSize(3).allSatisfy(text -> {
                assertThat(text.secretName()).isEqualTo("orders/db");
                assertThat(text.field()).isEqualTo("AccountPassword");
                assertThat(text.toString()).doesNotContain(text.text());
            });
            assertThat(told)
                    .extracting(ConfidentialText::versionId)
                    .containsExactlyInAnyOrderElementsOf(kms.secret("orders/db").versions().stream()
                            .limit(3)
                            .map(SecretState.Version::versionId)
                            .toList());
        }
    }
}
