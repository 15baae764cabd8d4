package dev.tumbler.emulator.gateway.openapi.rds;

import static dev.tumbler.emulator.gateway.openapi.rds.RdsSdk.assertRefused;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.AllLogs;
import dev.tumbler.emulator.testing.ForwardingRdsInstance;
import dev.tumbler.emulator.testing.KmsSdk;
import dev.tumbler.emulator.testing.RealPostgres;
import dev.tumbler.emulator.testing.SecretForms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done to accounts by the RDS API, and what becomes of the secrets that manage them, by both official SDKs. */
@Timeout(120)
class RdsApiAndSecretsTest {
    private static final String PASSWORD = "First-pass-1";
    private static final String FROM_OUTSIDE = "From_0utside_2";

    private final KmsEmulator kms =
            KmsEmulator.builder().clockFrozenAt(Instant.EPOCH).start();
    private Client sdk;
    private RdsSdk rds;

    @BeforeEach
    void connect() throws Exception {
        sdk = KmsSdk.connect(kms);
        rds = RdsSdk.of(kms.hostAndPort(), kms.createAccessKey());
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    @Test
    @Proves(
            value = {"ResetAccountPassword/secret", "RdsSecrets/R3/outside"},
            by = "RDS SDK")
    void resetAccountPassword_ofTheCurrentAccount_breaksTheLoginUntilTheNextRotation() throws Exception {
        InMemoryRdsInstance orders = kms.rds().add("rm-orders", RdsEngine.MYSQL);
        rds.create("rm-orders", "orders", PASSWORD);
        createSecret("SingleUser");
        assertThat(currentLogsIn(orders)).isTrue();

        rds.reset("rm-orders", "orders", FROM_OUTSIDE);
        assertThat(currentLogsIn(orders)).isFalse();
        assertThat(kms.rds().checkAccounts("rm-orders", List.of("orders")).passed())
                .as("Check Account tries no password")
                .isTrue();

        rotate("v2");
        assertThat(currentLogsIn(orders)).isTrue();
        assertThat(orders.acceptsLogin("orders", FROM_OUTSIDE)).isFalse();
    }

    @Test
    void resetAccountPassword_ofTheOneOfTwoInUse_isMendedByTheSecondRotation() throws Exception {
        InMemoryRdsInstance orders = kms.rds().add("rm-orders", RdsEngine.MYSQL);
        rds.create("rm-orders", "orders", PASSWORD);
        createSecret("DoubleUsers");

        rds.reset("rm-orders", "orders", FROM_OUTSIDE);
        rotate("v2");
        assertThat(current().get("AccountName").getAsString()).isEqualTo("orders_clone");
        assertThat(currentLogsIn(orders)).isTrue();
        assertThat(orders.acceptsLogin("orders", FROM_OUTSIDE)).isTrue();

        rotate("v3");
        assertThat(current().get("AccountName").getAsString()).isEqualTo("orders");
        assertThat(currentLogsIn(orders)).isTrue();
    }

    @Test
    @Proves(
            value = {"DeleteAccount/secret", "RdsSecrets/R3/outside"},
            by = "RDS SDK")
    void deleteAccount_ofAManagedAccount_failsTheRotationAndTheCheckUntilItIsBack() throws Exception {
        kms.rds().add("rm-orders", RdsEngine.MYSQL);
        rds.create("rm-orders", "orders", PASSWORD);
        createSecret("SingleUser");

        rds.delete("rm-orders", "orders");

        assertThat(kms.rds().checkAccounts("rm-orders", List.of("orders")).missingAccounts())
                .containsExactly("orders");
        assertRefused(500, "InternalFailure", () -> rotate("v2"));
        kms.clock().advance(Duration.ofDays(8));
        assertThat(automaticRotation()).isEqualTo("Invalid");
        assertThat(current().get("AccountPassword").getAsString()).isEqualTo(PASSWORD);

        rds.create("rm-orders", "orders", FROM_OUTSIDE);
        assertThat(kms.rds().checkAccounts("rm-orders", List.of("orders")).passed())
                .isTrue();
        rotate("v3");
        assertThat(automaticRotation()).isEqualTo("Enabled");
    }

    @Test
    @Proves(
            value = {"DescribeAccounts/clone", "RdsSecrets/R9/same-permissions"},
            by = "RDS SDK")
    void firstRotation_ofTwoAccounts_isSeenInDescribeAccounts() throws Exception {
        InMemoryRdsInstance orders = kms.rds().add("rm-orders", RdsEngine.MYSQL);
        orders.createDatabase("shop");
        orders.createDatabase("archive");
        rds.create("rm-orders", "orders", PASSWORD);
        rds.grant("rm-orders", "orders", "shop,archive", "ReadWrite,ReadOnly");
        createSecret("DoubleUsers");

        rotate("v2");

        assertThat(rds.privileges("rm-orders"))
                .containsExactly(
                        "orders: ReadOnly on archive",
                        "orders: ReadWrite on shop",
                        "orders_clone: ReadOnly on archive",
                        "orders_clone: ReadWrite on shop");
        assertThat(rds.accounts("rm-orders"))
                .extracting(account -> account.getAccountName() + " " + account.getAccountType())
                .containsExactly("orders Normal", "orders_clone Normal");

        rds.grant("rm-orders", "orders_clone", "archive", "DMLOnly");
        assertThat(kms.rds()
                        .checkAccounts("rm-orders", List.of("orders", "orders_clone"))
                        .drift())
                .hasSize(2);
    }

    /** Calls wait for what the instance does, and for nothing else. */
    @Test
    void hangingInstance_delaysItsOwnCallsOnly() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        InMemoryRdsInstance real = RdsInstance.inMemory(RdsEngine.MYSQL);
        real.createAccount("orders", PASSWORD);
        kms.rds().attachWithoutProbe("rm-hanging", new Hanging(real, hangs, released));
        kms.rds().add("rm-orders", RdsEngine.MYSQL);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> reset = threads.submit(() -> {
                rds.reset("rm-hanging", "orders", FROM_OUTSIDE);
                return null;
            });
            assertThat(hangs.await(30, SECONDS)).isTrue();
            Future<?> behind = threads.submit(() -> {
                rds.delete("rm-hanging", "orders");
                return null;
            });

            rds.create("rm-orders", "orders", PASSWORD);
            createSecret("SingleUser");
            rotate("v2");

            assertThat(reset.isDone()).isFalse();
            assertThat(behind.isDone()).isFalse();
            assertThat(real.hasAccount("orders")).isTrue();
            released.countDown();
            reset.get(30, SECONDS);
            behind.get(30, SECONDS);
            assertThat(real.hasAccount("orders")).isFalse();
        } finally {
            released.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void realPostgres_itsAccounts_areManagedAndRotated() throws Exception {
        try (RealPostgres postgres = RealPostgres.start()) {
            RdsInstance orders = kms.rds()
                    .attach(
                            "rm-orders",
                            RdsInstance.jdbc(
                                    RdsEngine.POSTGRESQL,
                                    postgres.url(),
                                    RealPostgres.ADMIN,
                                    RealPostgres.ADMIN_PASSWORD));
            assertThat(rds.accounts("rm-orders"))
                    .as("the administrator is not shown")
                    .isEmpty();
            assertThat(rds.databases("rm-orders"))
                    .extracting(database -> database.getDBName())
                    .containsExactly("shop");

            rds.create("rm-orders", "orders", PASSWORD);
            postgres.connect("orders", PASSWORD).close();
            assertRefused(400, "InvalidAccountName.Duplicate", () -> rds.create("rm-orders", "orders", FROM_OUTSIDE));
            assertRefused(400, "InvalidDBName.NotFound", () -> rds.grant("rm-orders", "orders", "missing", "DBOwner"));
            assertRefused(
                    400,
                    "InvalidAccountPrivilege.Malformed",
                    () -> rds.grant("rm-orders", "orders", "shop", "ReadWrite"));
            assertRefused(
                    400,
                    "Account.AddError",
                    () -> rds.client.createAccount(
                            RdsSdk.newAccount("rm-orders", "chief", PASSWORD).setAccountType("Super")));
            assertRefused(400, "Account.UpdateError", () -> rds.reset("rm-orders", RealPostgres.ADMIN, FROM_OUTSIDE));
            assertRefused(400, "Account.DeleteError", () -> rds.delete("rm-orders", RealPostgres.ADMIN));
            rds.grant("rm-orders", "orders", "shop", "DBOwner");

            createSecret("DoubleUsers");
            rotate("v2");
            assertThat(currentLogsIn(orders)).isTrue();
            assertThat(rds.privileges("rm-orders"))
                    .containsExactly("orders: DBOwner on shop", "orders_clone: DBOwner on shop");

            rds.reset("rm-orders", "orders_clone", FROM_OUTSIDE);
            assertThat(currentLogsIn(orders)).isFalse();
            postgres.connect("orders_clone", FROM_OUTSIDE).close();
            rotate("v3");
            rotate("v4");
            assertThat(current().get("AccountName").getAsString()).isEqualTo("orders_clone");
            assertThat(currentLogsIn(orders)).isTrue();

            assertRefused(400, "Account.DeleteError", () -> rds.delete("rm-orders", "orders"));
            rds.delete("rm-orders", "orders_clone");
            assertThat(kms.rds()
                            .checkAccounts("rm-orders", List.of("orders", "orders_clone"))
                            .missingAccounts())
                    .containsExactly("orders_clone");
        }
    }

    @Test
    @Proves(
            value = {"CreateAccount/error/Database.ConnectError"},
            by = "RDS SDK")
    void realPostgres_gone_isAConnectErrorAndStillDescribed() throws Exception {
        try (RealPostgres postgres = RealPostgres.start()) {
            kms.rds()
                    .attach(
                            "rm-orders",
                            RdsInstance.jdbc(
                                    RdsEngine.POSTGRESQL,
                                    postgres.url(),
                                    RealPostgres.ADMIN,
                                    RealPostgres.ADMIN_PASSWORD));
        }

        assertRefused(400, "Database.ConnectError", () -> rds.create("rm-orders", "orders", PASSWORD));
        assertRefused(400, "Database.ConnectError", () -> rds.delete("rm-orders", "orders"));
        assertRefused(400, "Database.ConnectError", () -> rds.accounts("rm-orders"));
        var attribute = rds.client
                .describeDBInstanceAttribute(new com.aliyun.rds20140815.models.DescribeDBInstanceAttributeRequest()
                        .setDBInstanceId("rm-orders"))
                .getBody()
                .getItems()
                .getDBInstanceAttribute()
                .get(0);
        assertThat(attribute.getEngineVersion()).startsWith("18.");
    }

    @Test
    void everyCall_everythingLoggedAtTheFinestLevel_showsNoPassword() throws Exception {
        List<String> lines = new ArrayList<>();
        String weak = "weak*but*secret*canary";
        try (AllLogs logs = new AllLogs()) {
            // The SDKs' own HTTP client, which is not the emulator's.
            logs.silence("okhttp3");
            kms.rds().add("rm-orders", RdsEngine.MYSQL).createDatabase("shop");
            rds.create("rm-orders", "orders", PASSWORD);
            rds.grant("rm-orders", "orders", "shop", "ReadWrite");
            rds.reset("rm-orders", "orders", FROM_OUTSIDE);
            for (Refusal refusal : new Refusal[] {
                () -> rds.create("rm-orders", "orders", PASSWORD),
                () -> rds.create("rm-unknown", "orders", PASSWORD),
                () -> rds.reset("rm-orders", "orders", weak),
                () -> rds.reset("rm-orders", "nobody", PASSWORD)
            }) {
                lines.add(String.valueOf(org.assertj.core.api.Assertions.catchThrowable(refusal::run)));
            }
            assertThat(kms.journal().entries()).isEmpty();
            rds.accounts("rm-orders");
            rds.delete("rm-orders", "orders");
            lines.addAll(logs.lines());
        }

        assertThat(lines).anySatisfy(line -> assertThat(line).contains("ResetAccountPassword succeeded"));
        assertThat(SecretForms.leaks(lines, List.of(PASSWORD, FROM_OUTSIDE, weak)))
                .isEmpty();
    }

    private interface Refusal {
        void run() throws Exception;
    }

    private void createSecret(String subType) throws Exception {
        sdk.createSecret(new CreateSecretRequest()
                .setSecretName("orders/db")
                .setVersionId("v1")
                .setSecretType("Rds")
                .setSecretData("{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"" + PASSWORD + "\"}]}")
                .setExtendedConfig(Map.of("SecretSubType", subType, "DBInstanceId", "rm-orders"))
                .setEnableAutomaticRotation(true)
                .setRotationInterval("7d"));
    }

    private void rotate(String versionId) throws Exception {
        sdk.rotateSecret(new RotateSecretRequest().setSecretName("orders/db").setVersionId(versionId));
    }

    private String automaticRotation() throws Exception {
        return sdk.describeSecret(new DescribeSecretRequest().setSecretName("orders/db"))
                .getBody()
                .getAutomaticRotation();
    }

    private JsonObject current() throws Exception {
        return JsonParser.parseString(sdk.getSecretValue(new GetSecretValueRequest().setSecretName("orders/db"))
                        .getBody()
                        .getSecretData())
                .getAsJsonObject();
    }

    private boolean currentLogsIn(RdsInstance instance) throws Exception {
        JsonObject current = current();
        return instance.acceptsLogin(
                current.get("AccountName").getAsString(),
                current.get("AccountPassword").getAsString());
    }

    /** Hangs when a password is reset, until it is released. */
    private static final class Hanging extends ForwardingRdsInstance {
        private final CountDownLatch hangs;
        private final CountDownLatch released;

        Hanging(RdsInstance real, CountDownLatch hangs, CountDownLatch released) {
            super(real);
            this.hangs = hangs;
            this.released = released;
        }

        @Override
        public void resetPassword(String accountName, String newPassword) {
            hangs.countDown();
            try {
                assertThat(released.await(30, SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            super.resetPassword(accountName, newPassword);
        }
    }
}
