package dev.tumbler.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.secret.NewRdsSecret;
import dev.tumbler.emulator.secret.SecretState;
import dev.tumbler.emulator.secret.SecretType;
import dev.tumbler.emulator.secret.VersionStage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be told of a secret without a call. */
@Timeout(60)
class SecretStateTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void secret_thatRotates_tellsOfItsRotationsAndVersions() {
        try (KmsEmulator kms = KmsEmulator.builder().clockFrozenAt(START).start()) {
            kms.rds().add("rm-1", RdsEngine.MYSQL).createDatabase("shop");
            kms.rdsSecrets()
                    .create(
                            "orders/db",
                            NewRdsSecret.dualAccounts("rm-1", "orders", AccountPrivilege.READ_WRITE.on("shop"))
                                    .versionId("v1")
                                    .rotateEvery(Duration.ofDays(7)));

            SecretState before = kms.secret("orders/db");
            kms.clock().advance(Duration.ofDays(15));
            SecretState after = kms.secret("acs:kms:cn-hangzhou:" + KmsEmulator.ACCOUNT_ID + ":secret/orders/db");

            assertThat(before.type()).isEqualTo(SecretType.RDS);
            assertThat(before.dbInstanceId()).isEqualTo("rm-1");
            assertThat(before.rotations()).isZero();
            assertThat(before.lastRotation()).isNull();
            assertThat(before.currentVersionId()).contains("v1");
            assertThat(after.time()).isEqualTo(START.plus(Duration.ofDays(15)));
            assertThat(after.rotations()).isEqualTo(2);
            assertThat(after.lastRotation()).isEqualTo(START.plus(Duration.ofDays(14)));
            assertThat(after.nextRotation()).isEqualTo(START.plus(Duration.ofDays(21)));
            assertThat(after.versions())
                    .extracting(SecretState.Version::stages)
                    .endsWith(List.of(VersionStage.PREVIOUS), List.of(VersionStage.CURRENT));
            assertThat(kms.secrets()).containsExactly(after);
            assertThat(kms.journal().entries()).isEmpty();
        }
    }

    @Test
    void secret_thatIsNotThere_isRefusedWithSimilarNames() {
        try (KmsEmulator kms = KmsEmulator.start()) {
            assertThat(kms.secrets()).isEmpty();
            assertThatThrownBy(() -> kms.secret("orders/db"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Secret \"orders/db\" in cn-hangzhou: Resource not found");
        }
    }
}
