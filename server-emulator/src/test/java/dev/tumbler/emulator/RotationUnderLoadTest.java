package dev.tumbler.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.GetSecretValueResponseBody;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.KmsSdk;
import dev.tumbler.emulator.testing.RealMariaDb;
import dev.tumbler.emulator.testing.RealPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Threads read a dual-account secret through the official SDK and log in with what they read, on a real PostgreSQL or
 * MariaDB, while it rotates. The next rotation waits until each thread has logged in with a value that it read after the last.
 */
class RotationUnderLoadTest {
    /** A slow machine rotates for so long, if it has rotated so often: what it has done is printed. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final int FEWEST = 100;

    /** How many threads go on while the secret rotates; the others wait for the next value. */
    private static final int RESTLESS = 1;

    @Test
    @Timeout(600)
    void logins_16Threads100Rotations_noneIsRefused() throws Exception {
        rotateOnPostgresUnder(16, 100);
    }

    @Test
    @Tag("soak")
    @Timeout(1_800)
    void logins_64Threads1000Rotations_noneIsRefused() throws Exception {
        rotateOnPostgresUnder(64, 1_000);
    }

    @Test
    @Tag("soak")
    @Timeout(1_800)
    void logins_8Threads1000Rotations_noneIsRefused() throws Exception {
        rotateOnPostgresUnder(8, 1_000);
    }

    @Test
    @Timeout(180)
    void loginsToMariaDb_8Threads10Rotations_noneIsRefused() throws Exception {
        rotateOnMariaDbUnder(8, 10);
    }

    @Test
    @Tag("soak")
    @Timeout(1_800)
    void loginsToMariaDb_8Threads1000Rotations_noneIsRefused() throws Exception {
        rotateOnMariaDbUnder(8, 1_000);
    }

    private static void rotateOnPostgresUnder(int threads, int rotations) throws Exception {
        try (RealPostgres postgres = RealPostgres.start()) {
            RdsInstance rds = RdsInstance.jdbc(
                    RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
            rds.createAccount("orders", "First-pass-1");
            rotateUnder(rds, postgres::connect, threads, rotations);
        }
    }

    private static void rotateOnMariaDbUnder(int threads, int rotations) throws Exception {
        try (RealMariaDb mariaDb = RealMariaDb.start()) {
            RdsInstance rds =
                    RdsInstance.jdbc(RdsEngine.MARIADB, mariaDb.url(), RealMariaDb.ADMIN, RealMariaDb.ADMIN_PASSWORD);
            rds.createAccount("orders", "First-pass-1", AccountPrivilege.READ_WRITE.on("shop"));
            rotateUnder(rds, mariaDb::connect, threads, rotations);
            assertThat(rds.permissions("orders_clone")).isEqualTo(rds.permissions("orders"));
        }
    }

    private static void rotateUnder(RdsInstance rds, Database database, int threads, int rotations) throws Exception {
        try (KmsEmulator kms = KmsEmulator.start()) {
            kms.rds().attach("rm-orders", rds);
            Client sdk = KmsSdk.connect(kms);
            sdk.createSecret(new CreateSecretRequest()
                    .setSecretName("orders/db")
                    .setVersionId("v0")
                    .setSecretType("Rds")
                    .setSecretData("{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}]}")
                    .setExtendedConfig(Map.of("SecretSubType", "DoubleUsers", "DBInstanceId", "rm-orders")));

            AtomicLong goal = new AtomicLong(rotations);
            AtomicLong rotated = new AtomicLong();
            Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
            Map<String, LongAdder> logins = new ConcurrentHashMap<>();
            Phaser rounds = new Phaser(threads + 1);
            // Its n-th phase ends with the n-th rotation.
            Phaser rotation = new Phaser(1);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                for (int i = 0; i < threads; i++) {
                    // One logs in while the secret rotates. More would take the processors from the rotation.
                    boolean rests = i >= RESTLESS;
                    pool.execute(() -> {
                        for (long after = 0; after <= goal.get(); ) {
                            // Whether the value was read after the last rotation, is known before it is read.
                            boolean fresh = rotated.get() >= after;
                            logIn(sdk, database, failures, logins);
                            if (fresh) {
                                int round = rounds.arrive();
                                if (rests) {
                                    rotation.awaitAdvance(round);
                                } else {
                                    rounds.awaitAdvance(round);
                                }
                                after++;
                            }
                        }
                    });
                }
                long start = System.nanoTime();
                for (long round = 1; ; round++) {
                    rounds.awaitAdvanceInterruptibly(rounds.arrive(), 240, TimeUnit.SECONDS);
                    long done = round - 1;
                    if (done == rotations || (done >= FEWEST && System.nanoTime() - start > LONGEST.toNanos())) {
                        goal.set(done);
                        break;
                    }
                    sdk.rotateSecret(
                            new RotateSecretRequest().setSecretName("orders/db").setVersionId("v" + round));
                    rotated.set(round);
                    rotation.arrive();
                }
                rotation.forceTermination();
            } finally {
                pool.shutdownNow();
                assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            }

            assertThat(failures).isEmpty();
            assertThat(logins).containsOnlyKeys("orders", "orders_clone");
            assertThat(logins.values().stream().mapToLong(LongAdder::sum).sum())
                    .isGreaterThanOrEqualTo(threads * (goal.get() + 1));
            System.out.printf("%s: %d threads, %d rotations, logins %s, 0 refused%n", rds, threads, goal.get(), logins);
        }
    }

    private static void logIn(Client sdk, Database database, Queue<Throwable> failures, Map<String, LongAdder> logins) {
        try {
            GetSecretValueResponseBody value = sdk.getSecretValue(
                            new GetSecretValueRequest().setSecretName("orders/db"))
                    .getBody();
            JsonObject account = JsonParser.parseString(value.getSecretData()).getAsJsonObject();
            String name = account.get("AccountName").getAsString();
            try (Connection connection =
                    database.connect(name, account.get("AccountPassword").getAsString())) {
                logins.computeIfAbsent(name, any -> new LongAdder()).increment();
                assertThat(connection.isClosed()).isFalse();
            } catch (SQLException e) {
                failures.add(new AssertionError(value.getVersionId() + " as " + name + " was refused", e));
            }
        } catch (Exception e) {
            failures.add(e);
        }
    }

    /** Where to log in. */
    private interface Database {
        Connection connect(String user, String password) throws SQLException;
    }
}
