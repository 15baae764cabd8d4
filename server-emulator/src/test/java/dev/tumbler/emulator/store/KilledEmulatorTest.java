package dev.tumbler.emulator.store;

import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.store.RotatingProgram.Step;
import dev.tumbler.emulator.testing.RealPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An emulator is killed at each step of a rotation on a real PostgreSQL, with either strategy. */
@Timeout(120)
class KilledEmulatorTest {
    private static RealPostgres postgres;

    @TempDir
    private Path directory;

    private KilledEmulator emulator;

    @BeforeAll
    static void startDatabase() {
        postgres = RealPostgres.start();
    }

    @AfterAll
    static void stopDatabase() {
        postgres.close();
    }

    @BeforeEach
    void createAccount() {
        RdsInstance rds =
                RdsInstance.jdbc(RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
        rds.createAccount("orders", RotatingProgram.FIRST_PASSWORD);
        emulator = new KilledEmulator(directory, rds, postgres.url(), postgres::connect);
    }

    @AfterEach
    void deleteAccounts() {
        emulator.deleteAccounts();
    }

    /** The secret holds a password that no longer logs in, and only the pending record has the other. */
    @Test
    void killed_withTheOnlyPasswordChanged_theNextEmulatorFinishesTheRotation() throws Exception {
        emulator.killAt("SingleUser", Step.AFTER_APPLY);
    }

    @ParameterizedTest
    @MethodSource("dev.tumbler.emulator.store.KilledEmulator#all")
    @Tag("soak")
    void killed_atAnyStep_theNextEmulatorFinishesTheRotation(String strategy, Step step) throws Exception {
        emulator.killAt(strategy, step);
    }
}
