package dev.tumbler.emulator.gateway.openapi.kms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.event.EventBus;
import dev.tumbler.emulator.gateway.openapi.Action;
import dev.tumbler.emulator.journal.KmsAction;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.KmsInstances;
import dev.tumbler.emulator.rds.RdsInstances;
import dev.tumbler.emulator.rotation.RotationWorkers;
import dev.tumbler.emulator.rotation.Rotations;
import dev.tumbler.emulator.secret.SecretStore;
import dev.tumbler.emulator.secret.Secrets;
import dev.tumbler.emulator.time.VirtualClock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

public class KmsApiTest {
    /** The names of all actions. */
    public static List<String> actions() {
        VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);
        try (RotationWorkers workers = new RotationWorkers()) {
            List<String> regions = List.of("cn-hangzhou");
            KmsInstances instances = new KmsInstances(clock, regions);
            Keys keys = new Keys("cn-hangzhou", "1", clock, instances);
            Secrets secrets = new Secrets(
                    "cn-hangzhou",
                    "1",
                    clock,
                    keys,
                    new RdsInstances(),
                    Rotations.by(workers, () -> "unused"),
                    new EventBus(),
                    SecretStore.NONE);
            KmsRegion region = new KmsRegion("cn-hangzhou", regions, "1", () -> "", secrets, keys, instances);
            return KmsApi.on(region, null).actions().stream().map(Action::name).toList();
        } finally {
            clock.close();
        }
    }

    @Test
    void actions_areThoseThatFaultsAndJournalKnow() {
        assertThat(actions())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(KmsAction.values())
                        .map(KmsAction::wireName)
                        .toList());
    }
}
