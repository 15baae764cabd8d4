package dev.tumbler.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.ForwardingRdsInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an emulator with a seed takes and refuses; {@link VirtualYearTest} has what follows from it. */
@Timeout(60)
class SeedTest {
    @Test
    void attach_realDatabase_isRefusedBeforeItIsAsked() {
        // Nobody listens there; a probe would say so.
        RdsInstance real = RdsInstance.jdbc(RdsEngine.POSTGRESQL, "jdbc:postgresql://127.0.0.1:1/shop", "admin", "x");
        try (KmsEmulator kms = KmsEmulator.builder().seed(42).start()) {
            assertRefused(kms, real, "PostgreSQL at 127.0.0.1:1");
        }
    }

    @Test
    void attach_instanceOfAnotherMaking_isRefused_sinceItMayBeReal() {
        RdsInstance other = new ForwardingRdsInstance(RdsInstance.inMemory(RdsEngine.MYSQL)) {};
        try (KmsEmulator kms = KmsEmulator.builder().seed(42).start()) {
            assertRefused(kms, other, "MySQL in memory");
        }
        try (KmsEmulator kms = KmsEmulator.start()) {
            assertThat(kms.rds().attach("rm-1", other)).isSameAs(other);
        }
    }

    @Test
    void attach_instanceInMemory_isTaken() {
        RdsInstance memory = RdsInstance.inMemory(RdsEngine.MYSQL);
        try (KmsEmulator kms = KmsEmulator.builder().seed(42).start()) {
            assertThat(kms.rds().attach("rm-1", memory)).isSameAs(memory);
        }
    }

    private static void assertRefused(KmsEmulator kms, RdsInstance instance, String location) {
        String message =
                "The emulator was started with a seed, so its passwords can be guessed: it takes instances in memory"
                        + " only, and not \"rm-1\", " + location;
        assertThatThrownBy(() -> kms.rds().attach("rm-1", instance))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> kms.rds().attachWithoutProbe("rm-1", instance))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThat(kms.rds().ids()).isEmpty();
    }
}
