package dev.tumbler.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.GetSecretValueResponseBody;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.teaopenapi.models.Config;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.RealMariaDb;
import dev.tumbler.emulator.testing.RealPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Threads read a single-account secret through the official SDK and log in with what they read, on a real PostgreSQL or
 * MariaDB, while it rotates with a window. Each window stays open until somebody was refused, and the next rotation waits
 * until each thread has logged in with the new version.
 */
class SingleAccountUnderLoadTest {
    private static final int THREADS = 4;
    private static final Duration WINDOW = Duration.ofSeconds(30);

    @Test
    @Timeout(300)
    void postgres_3Rotations_refusesInsideTheWindowsOnly() throws Exception {
        rotateOnPostgres(3);
    }

    @Test
    @Timeout(300)
    void mariaDb_3Rotations_refusesInsideTheWindowsOnly() throws Exception {
        rotateOnMariaDb(3);
    }

    @Test
    @Tag("soak")
    @Timeout(1_200)
    void postgres_200Rotations_refusesInsideTheWindowsOnly() throws Exception {
        rotateOnPostgres(200);
    }

    @Test
    @Tag("soak")
    @Timeout(1_200)
    void mariaDb_200Rotations_refusesInsideTheWindowsOnly() throws Exception {
        rotateOnMariaDb(200);
    }

    private static void rotateOnPostgres(int rotations) throws Exception {
        try (RealPostgres postgres = RealPostgres.start()) {
            RdsInstance rds = RdsInstance.jdbc(
                    RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
            rds.createAccount("ops", "First-pass-1");
            new Run(rds, postgres::connect).rotate(rotations);
        }
    }

    private static void rotateOnMariaDb(int rotations) throws Exception {
        try (RealMariaDb mariaDb = RealMariaDb.start()) {
            RdsInstance rds =
                    RdsInstance.jdbc(RdsEngine.MARIADB, mariaDb.url(), RealMariaDb.ADMIN, RealMariaDb.ADMIN_PASSWORD);
            rds.createAccount("ops", "First-pass-1", AccountPrivilege.READ_WRITE.on("shop"));
            new Run(rds, mariaDb::connect).rotate(rotations);
        }
    }

    /** A login that was refused: the version, and which windows had been open when it began and when it ended. */
    private record Refusal(String versionId, long opened, long closed) {}

    private static final class Run {
        private final RdsInstance rds;
        private final Database database;
        private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
        private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

        /** The newest version that each thread has logged in with. */
        private final AtomicIntegerArray reached = new AtomicIntegerArray(THREADS);

        private final AtomicLong logins = new AtomicLong();

        /** Counts up before a rotation is asked for, so before the database has the password. */
        private final AtomicLong opened = new AtomicLong();

        /** Counts up after the new version is current. */
        private final AtomicLong closed = new AtomicLong();

        private volatile boolean stopped;

        Run(RdsInstance rds, Database database) {
            this.rds = rds;
            this.database = database;
        }

        void rotate(int rotations) throws Exception {
            try (KmsEmulator kms = KmsEmulator.builder()
                    .clockFrozenAt(Instant.parse("2026-01-01T00:00:00Z"))
                    .singleAccountWindow(WINDOW)
                    .start()) {
                kms.rds().attach("rm-ops", rds);
                Client sdk = sdk(kms);
                sdk.createSecret(new CreateSecretRequest()
                        .setSecretName("ops/db")
                        .setVersionId("0")
                        .setSecretType("Rds")
                        .setSecretData(
                                "{\"Accounts\":[{\"AccountName\":\"ops\",\"AccountPassword\":\"First-pass-1\"}]}")
                        .setExtendedConfig(Map.of("SecretSubType", "SingleUser", "DBInstanceId", "rm-ops")));
                ExecutorService threads = Executors.newFixedThreadPool(THREADS);
                try {
                    IntStream.range(0, THREADS)
                            .forEach(thread -> threads.execute(() -> {
                                while (!stopped) {
                                    logIn(sdk, thread);
                                }
                            }));
                    for (int rotation = 1; rotation <= rotations; rotation++) {
                        rotateOnce(kms, sdk, rotation);
                    }
                } finally {
                    stopped = true;
                    threads.shutdown();
                    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
                }
            }
            assertThat(failures).isEmpty();
            assertThat(List.copyOf(refusals))
                    .as("refused with the version that was current before a window that was open meanwhile")
                    .hasSizeGreaterThanOrEqualTo(rotations)
                    .allSatisfy(refusal -> {
                        long version = Long.parseLong(refusal.versionId());
                        assertThat(refusal.opened()).isGreaterThan(version);
                        assertThat(refusal.closed()).isLessThanOrEqualTo(version);
                    });
            System.out.printf(
                    "%s: single account, %d threads, %d rotations with a window, %d logins, %d refused, all inside%n",
                    rds, THREADS, rotations, logins.get(), refusals.size());
        }

        private void rotateOnce(KmsEmulator kms, Client sdk, int version) throws Exception {
            int refusedBefore = refusals.size();
            opened.incrementAndGet();
            sdk.rotateSecret(new RotateSecretRequest().setSecretName("ops/db").setVersionId(String.valueOf(version)));
            await().atMost(60, TimeUnit.SECONDS).until(() -> refusals.size() > refusedBefore);
            kms.clock().advance(WINDOW);
            closed.incrementAndGet();
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> IntStream.range(0, THREADS).allMatch(i -> reached.get(i) == version));
        }

        private void logIn(Client sdk, int thread) {
            try {
                // Only what is read before a window ends may be refused.
                long closedBefore = closed.get();
                GetSecretValueResponseBody value = sdk.getSecretValue(
                                new GetSecretValueRequest().setSecretName("ops/db"))
                        .getBody();
                JsonObject account =
                        JsonParser.parseString(value.getSecretData()).getAsJsonObject();
                try (Connection connection = database.connect(
                        account.get("AccountName").getAsString(),
                        account.get("AccountPassword").getAsString())) {
                    assertThat(connection.isClosed()).isFalse();
                    logins.incrementAndGet();
                    reached.set(thread, Integer.parseInt(value.getVersionId()));
                } catch (SQLException e) {
                    refusals.add(new Refusal(value.getVersionId(), opened.get(), closedBefore));
                }
            } catch (Exception e) {
                failures.add(e);
            }
        }

        private static Client sdk(KmsEmulator kms) throws Exception {
            AccessKey key = kms.createAccessKey();
            return new Client(new Config()
                    .setEndpoint(kms.hostAndPort())
                    .setProtocol("HTTP")
                    .setAccessKeyId(key.id())
                    .setAccessKeySecret(key.secret()));
        }
    }

    /** Where to log in. */
    private interface Database {
        Connection connect(String user, String password) throws SQLException;
    }
}
