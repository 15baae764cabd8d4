package dev.tumbler.emulator.store;

import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.store.RotatingProgram.Step;
import dev.tumbler.emulator.testing.RealMariaDb;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link KilledEmulatorTest}, on a real MariaDB. */
@Timeout(120)
@Tag("soak")
class KilledEmulatorOnMariaDbTest {
    private static RealMariaDb mariaDb;

    @TempDir
    private Path directory;

    private KilledEmulator emulator;

    @BeforeAll
    static void startDatabase() {
        mariaDb = RealMariaDb.start();
    }

    @AfterAll
    static void stopDatabase() {
        mariaDb.close();
    }

    @BeforeEach
    void createAccount() {
        RdsInstance rds =
                RdsInstance.jdbc(RdsEngine.MARIADB, mariaDb.url(), RealMariaDb.ADMIN, RealMariaDb.ADMIN_PASSWORD);
        rds.createAccount("orders", RotatingProgram.FIRST_PASSWORD, AccountPrivilege.READ_WRITE.on("shop"));
        emulator = new KilledEmulator(directory, rds, mariaDb.url(), mariaDb::connect);
    }

    @AfterEach
    void deleteAccounts() {
        emulator.deleteAccounts();
    }

    @ParameterizedTest
    @MethodSource("dev.tumbler.emulator.store.KilledEmulator#all")
    void killed_atAnyStep_theNextEmulatorFinishesTheRotation(String strategy, Step step) throws Exception {
        emulator.killAt(strategy, step);
    }
}
