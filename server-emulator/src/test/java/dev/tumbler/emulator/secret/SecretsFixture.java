package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.event.EventBus;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.KmsInstances;
import dev.tumbler.emulator.rds.RdsInstances;
import dev.tumbler.emulator.rotation.RotationWorkers;
import dev.tumbler.emulator.rotation.Rotations;
import dev.tumbler.emulator.time.VirtualClock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** The secrets of one region, and what they need, on a clock that stands. */
final class SecretsFixture implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String REGION = "cn-hangzhou";
    private static final String ACCOUNT_ID = "1234567890123456";

    final VirtualClock clock = VirtualClock.frozenAt(START);
    final KmsInstances kmsInstances = new KmsInstances(clock, List.of(REGION));
    final Keys keys = new Keys(REGION, ACCOUNT_ID, clock, kmsInstances);
    final RdsInstances rdsInstances = new RdsInstances();
    final Secrets secrets;
    private final RotationWorkers workers = new RotationWorkers();

    SecretsFixture(Function<RotationWorkers, Rotations> rotations) {
        this.secrets = new Secrets(
                REGION,
                ACCOUNT_ID,
                clock,
                keys,
                rdsInstances,
                rotations.apply(workers),
                new EventBus(),
                SecretStore.NONE);
    }

    /** Each rotation makes this password. */
    static SecretsFixture rotatingTo(String password) {
        return new SecretsFixture(workers -> Rotations.by(workers, () -> password));
    }

    @Override
    public void close() {
        workers.close();
        clock.close();
    }
}
