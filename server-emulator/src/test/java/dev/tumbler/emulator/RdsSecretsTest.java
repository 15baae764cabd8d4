package dev.tumbler.emulator;

import static dev.tumbler.emulator.rds.AccountPrivilege.DB_OWNER;
import static dev.tumbler.emulator.rds.AccountPrivilege.DDL_ONLY;
import static dev.tumbler.emulator.rds.AccountPrivilege.READ_ONLY;
import static dev.tumbler.emulator.rds.AccountPrivilege.READ_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretResponseBody;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.GetSecretValueResponseBody;
import com.aliyun.kms20160120.models.ListSecretsRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.tea.TeaException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rds.AccountCheck;
import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.AccountType;
import dev.tumbler.emulator.rds.DatabasePrivilege;
import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.RdsEdition;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsException;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.secret.NewRdsSecret;
import dev.tumbler.emulator.testing.ForwardingRdsInstance;
import dev.tumbler.emulator.testing.KmsSdk;
import dev.tumbler.emulator.testing.RealMariaDb;
import dev.tumbler.emulator.testing.RealPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console does and the API does not: accounts created with their secret, and Check Account. */
@Timeout(120)
class RdsSecretsTest {
    private final KmsEmulator kms = KmsEmulator.builder()
            .clockFrozenAt(Instant.parse("2026-01-01T00:00:00Z"))
            .regions("cn-hangzhou", "cn-shanghai")
            .start();
    private final InMemoryRdsInstance mySql = kms.rds().add("rm-mysql", RdsEngine.MYSQL);
    private Client sdk;

    @BeforeEach
    void connect() throws Exception {
        sdk = KmsSdk.connect(kms);
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    @ParameterizedTest
    @EnumSource
    @Proves(
            value = {"RdsSecrets/R9/same-permissions", "RdsSecrets/R17/engines", "RdsSecrets/R30/create-two"},
            by = "SDK V2, ACS3")
    void create_dualAccounts_makesTwoWithTheSamePermissionsThatTakeTurns(RdsEngine engine) throws Exception {
        InMemoryRdsInstance rds = kms.rds().add("rm-1", engine);
        AccountPrivilege privilege = engine.privileges().iterator().next();

        kms.rdsSecrets().create("orders/db", NewRdsSecret.dualAccounts("rm-1", "orders", privilege.on("shop")));

        assertThat(rds.accountNames()).containsExactly("orders", "orders_clone");
        assertThat(rds.privileges("orders")).containsExactly(privilege.on("shop"));
        assertThat(rds.privileges("orders_clone")).containsExactly(privilege.on("shop"));
        assertThat(kms.rdsSecrets().checkAccounts("orders/db"))
                .isEqualTo(new AccountCheck("rm-1", true, List.of(), List.of()));
        JsonObject first = value();
        assertThat(first.get("AccountName").getAsString()).isEqualTo("orders");
        assertThat(logsIn(rds, first)).isTrue();
        assertThat(rds.acceptsLogin("orders_clone", first.get("AccountPassword").getAsString()))
                .as("the second has a password of its own")
                .isFalse();

        rotate("v2");

        assertThat(value().get("AccountName").getAsString()).isEqualTo("orders_clone");
        assertThat(logsIn(rds, value())).isTrue();
        assertThat(logsIn(rds, first)).isTrue();
        rotate("v3");
        assertThat(value().get("AccountName").getAsString()).isEqualTo("orders");
        assertThat(rds.accountNames()).containsExactly("orders", "orders_clone");
    }

    @Test
    @Proves(
            value = {"RdsSecrets/R34/account-types", "RdsSecrets/R35/standard-only"},
            by = "SDK V2, ACS3")
    void create_singleAccount_isStandardWithItsPrivilege() throws Exception {
        kms.rdsSecrets().create("orders/db", NewRdsSecret.singleAccount("rm-mysql", "orders", READ_ONLY.on("shop")));

        assertThat(mySql.accountNames()).containsExactly("orders");
        assertThat(mySql.accountType("orders")).isEqualTo(AccountType.NORMAL);
        assertThat(mySql.privileges("orders")).containsExactly(READ_ONLY.on("shop"));
        assertThat(describe().getExtendedConfig())
                .isEqualTo("{\"SecretSubType\":\"SingleUser\",\"DBInstanceId\":\"rm-mysql\",\"CustomData\":{}}");
        assertThat(logsIn(mySql, value())).isTrue();
    }

    @Test
    @Proves(
            value = {"RdsSecrets/R34/account-types", "RdsSecrets/R35/standard-only"},
            by = "SDK V2, ACS3")
    void create_privilegedAccount_isOfThatTypeAndTakesNoPrivilege() throws Exception {
        kms.rdsSecrets().create("ops/db", NewRdsSecret.privilegedAccount("rm-mysql", "ops"));

        assertThat(mySql.accountType("ops")).isEqualTo(AccountType.SUPER);
        assertThat(mySql.privileges("ops")).isEmpty();
        assertRefused(
                () -> kms.rdsSecrets().create("ops/second", NewRdsSecret.privilegedAccount("rm-mysql", "ops_two")),
                RdsException.Reason.ACCOUNT_LIMIT_EXCEEDED,
                "MySQL in memory takes one privileged account, and has \"ops\"");
        assertThat(secretNames()).containsExactly("ops/db");
        assertThat(mySql.accountNames()).containsExactly("ops");
    }

    @Test
    void create_everySetting_isTheSecrets() throws Exception {
        kms.rdsSecrets()
                .create(
                        "orders/db",
                        NewRdsSecret.dualAccounts("rm-mysql", "orders", READ_WRITE.on("shop"))
                                .versionId("first")
                                .rotateEvery(Duration.ofDays(7))
                                .description("the shop's")
                                .tag("team", "shop")
                                .tag("env", "test"));

        DescribeSecretResponseBody described = describe();
        assertThat(described.getDescription()).isEqualTo("the shop's");
        assertThat(described.getAutomaticRotation()).isEqualTo("Enabled");
        assertThat(described.getRotationInterval()).isEqualTo("604800s");
        assertThat(described.getNextRotationDate()).isEqualTo("2026-01-08T00:00:00Z");
        assertThat(described.getTags().getTag())
                .extracting(tag -> tag.getTagKey() + "=" + tag.getTagValue())
                .containsExactly("env=test", "team=shop");
        assertThat(read().getVersionId()).isEqualTo("first");
        kms.clock().advance(Duration.ofDays(7));
        assertThat(value().get("AccountName").getAsString()).isEqualTo("orders_clone");
    }

    @Test
    void create_inAnotherRegion_isThere() {
        kms.rdsSecrets("cn-shanghai")
                .create("orders/db", NewRdsSecret.singleAccount("rm-mysql", "orders", READ_ONLY.on("shop")));

        assertThat(kms.rdsSecrets("cn-shanghai").checkAccounts("orders/db").passed())
                .isTrue();
        assertKmsError(() -> kms.rdsSecrets().checkAccounts("orders/db"), "Forbidden.ResourceNotFound");
        assertThatThrownBy(() -> kms.rdsSecrets("cn-nowhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The emulator has no region \"cn-nowhere\"; it has cn-hangzhou, cn-shanghai");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "o", "1orders", "orders_", "or-ders", "Orders", "orders_shop"})
    void create_prefixThatMakesNoAccountNames_isRefusedBeforeAnythingIsCreated(String prefix) throws Exception {
        // Its names have at most 16 characters.
        InMemoryRdsInstance mariaDb = kms.rds().add("rm-mariadb", RdsEngine.MARIADB);

        assertKmsError(
                        () -> kms.rdsSecrets()
                                .create(
                                        "orders/db",
                                        NewRdsSecret.dualAccounts("rm-mariadb", prefix, READ_WRITE.on("shop"))),
                        "InvalidParameter")
                .hasMessageContainingAll("\"UserNamePrefix\"", "2 to 16 characters");

        assertThat(mariaDb.accountNames()).isEmpty();
        assertThat(secretNames()).isEmpty();
    }

    @Test
    @Proves(value = "RdsSecrets/R30/create-two", by = "SDK V2, ACS3")
    void create_whatTheSecretCannotBe_isRefusedBeforeAnythingIsCreated() throws Exception {
        kms.rds().attachWithoutProbe("rm-untouched", new ForwardingRdsInstance(RdsInstance.inMemory(RdsEngine.MYSQL)) {
            @Override
            public void createAccount(String accountName, String password) {
                throw new AssertionError("An account is created, and all is not accepted yet");
            }
        });
        NewRdsSecret good = NewRdsSecret.dualAccounts("rm-untouched", "orders", READ_WRITE.on("shop"));
        sdk.createSecret(new CreateSecretRequest()
                .setSecretName("taken")
                .setVersionId("v1")
                .setSecretData("x"));

        assertKmsError(() -> kms.rdsSecrets().create("taken", good), "Rejected.ResourceExist");
        assertKmsError(() -> kms.rdsSecrets().create("acs/db", good), "InvalidParameter");
        assertKmsError(() -> kms.rdsSecrets().create("db", good.versionId("")), "InvalidParameter");
        assertKmsError(() -> kms.rdsSecrets().create("db", good.encryptionKey("none")), "Forbidden.KeyNotFound");
        assertKmsError(
                () -> kms.rdsSecrets().create("db", good.kmsInstance("kst-none")), "Forbidden.DKMSInstanceNotFound");
        assertKmsError(() -> good.rotateEvery(Duration.ofHours(5)), "InvalidParameter");
        assertKmsError(() -> good.tag("acs:team", "x"), "InvalidParameter");
        assertKmsError(
                        () -> kms.rdsSecrets()
                                .create("db", NewRdsSecret.dualAccounts("rm-untouched", "orders", DB_OWNER.on("shop"))),
                        "InvalidParameter")
                .hasMessageContainingAll(
                        "\"AccountPrivilege\"",
                        "MySQL knows no DBOwner; it has ReadWrite, ReadOnly, DDLOnly, DMLOnly.");
        assertKmsError(
                        () -> kms.rdsSecrets()
                                .create("db", NewRdsSecret.singleAccount("rm-none", "orders", READ_ONLY.on("shop"))),
                        "InvalidParameter")
                .hasMessageContaining("\"rm-none\"");
        kms.rds()
                .attachWithoutProbe(
                        "rm-cluster", RdsInstance.inMemory(RdsEngine.SQL_SERVER, RdsEdition.SQL_SERVER_2017_CLUSTER));
        assertKmsError(
                        () -> kms.rdsSecrets()
                                .create("db", NewRdsSecret.singleAccount("rm-cluster", "orders", READ_ONLY.on("shop"))),
                        "InvalidParameter")
                .hasMessageContaining("SQL Server 2017 Cluster Edition");

        assertThat(secretNames()).containsExactly("taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "orders_clone"})
    void create_accountThatExists_isRefusedAndKeepsItsPassword(String existing) throws Exception {
        mySql.createAccount(existing, "First-pass-1");

        assertRefused(
                () -> kms.rdsSecrets()
                        .create("orders/db", NewRdsSecret.dualAccounts("rm-mysql", "orders", READ_WRITE.on("shop"))),
                RdsException.Reason.ACCOUNT_EXISTS,
                "Account \"" + existing + "\" exists on MySQL in memory already; to manage it, import it");

        assertThat(mySql.accountNames()).containsExactly(existing);
        assertThat(mySql.acceptsLogin(existing, "First-pass-1")).isTrue();
        assertThat(secretNames()).isEmpty();
    }

    @Test
    void create_from50ThreadsWithOneName_makesOneSecretAndItsAccountsOnly() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String prefix = "orders" + i;
                results.add(threads.submit(() -> {
                    go.await();
                    try {
                        kms.rdsSecrets()
                                .create(
                                        "orders/db",
                                        NewRdsSecret.dualAccounts("rm-mysql", prefix, READ_WRITE.on("shop")));
                        return true;
                    } catch (KmsError e) {
                        assertThat(e.code()).isEqualTo("Rejected.ResourceExist");
                        return false;
                    }
                }));
            }
            go.countDown();
            int created = 0;
            for (Future<Boolean> result : results) {
                created += result.get(60, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(created).isEqualTo(1);
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        String account = value().get("AccountName").getAsString();
        assertThat(mySql.accountNames()).containsExactlyInAnyOrder(account, account + "_clone");
        assertThat(logsIn(mySql, value())).isTrue();
    }

    @Test
    void createSecret_oneOfTwoAccounts_needsANameThatLeavesRoomForTheClone() throws Exception {
        String longest = "a".repeat(26);
        String tooLong = "a".repeat(27);

        importAccounts("long", "DoubleUsers", longest);
        importAccounts("single", "SingleUser", tooLong);
        importAccounts("both", "DoubleUsers", tooLong, "b".repeat(32));
        assertThatThrownBy(() -> importAccounts("refused", "DoubleUsers", tooLong))
                .isInstanceOfSatisfying(
                        TeaException.class, e -> assertThat(e.getCode()).isEqualTo("InvalidParameter"))
                .hasMessageContainingAll("\"SecretData\"", "\"" + tooLong + "_clone\"", "at most 32 characters");

        assertThat(secretNames()).containsExactly("both", "long", "single");
        mySql.createAccount(longest, "First-pass-1");
        sdk.rotateSecret(new RotateSecretRequest().setSecretName("long").setVersionId("v2"));
        assertThat(mySql.accountNames()).containsExactly(longest, longest + "_clone");
    }

    private void importAccounts(String secretName, String subType, String... accountNames) throws Exception {
        List<String> accounts = new ArrayList<>();
        for (String accountName : accountNames) {
            accounts.add("{\"AccountName\":\"" + accountName + "\",\"AccountPassword\":\"First-pass-1\"}");
        }
        sdk.createSecret(new CreateSecretRequest()
                .setSecretName(secretName)
                .setVersionId("v1")
                .setSecretType("Rds")
                .setSecretData("{\"Accounts\":[" + String.join(",", accounts) + "]}")
                .setExtendedConfig(Map.of("SecretSubType", subType, "DBInstanceId", "rm-mysql")));
    }

    @Test
    @Proves("RdsSecrets/R66/check-account")
    void checkAccounts_accountsThatWereChangedOrDeleted_saysSo() throws Exception {
        kms.rdsSecrets().create("orders/db", NewRdsSecret.dualAccounts("rm-mysql", "orders", READ_WRITE.on("shop")));
        mySql.grant("orders", DDL_ONLY.on("stock"));
        assertThat(kms.rdsSecrets().checkAccounts("orders/db"))
                .isEqualTo(new AccountCheck("rm-mysql", true, List.of(), List.of("only \"orders\": DDLOnly on stock")));

        mySql.deleteAccount("orders_clone");
        assertThat(kms.rdsSecrets().checkAccounts("orders/db"))
                .isEqualTo(new AccountCheck("rm-mysql", true, List.of("orders_clone"), List.of()));

        kms.rds().remove("rm-mysql");
        assertThat(kms.rdsSecrets().checkAccounts("orders/db"))
                .isEqualTo(new AccountCheck("rm-mysql", false, List.of("orders", "orders_clone"), List.of()));
    }

    @Test
    void checkAccounts_genericSecret_isUnsupported() throws Exception {
        sdk.createSecret(new CreateSecretRequest()
                .setSecretName("generic")
                .setVersionId("v1")
                .setSecretData("x"));

        assertKmsError(() -> kms.rdsSecrets().checkAccounts("generic"), "Rejected.UnsupportedOperation");
    }

    @Test
    void create_onPostgres_sharesWhatEitherMakes() throws Exception {
        try (RealPostgres postgres = RealPostgres.start()) {
            RdsInstance rds = RdsInstance.jdbc(
                    RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
            kms.rds().attach("rm-1", rds);
            assertCreatesNothing(rds, DB_OWNER.on("no_such_database"), "\"no_such_database\" does not exist");

            kms.rdsSecrets().create("orders/db", NewRdsSecret.dualAccounts("rm-1", "orders", DB_OWNER.on("shop")));

            assertSharedAcrossTwoRotations(rds, postgres::connect, "CREATE TABLE t (id int)", "DROP TABLE t");
        }
    }

    @Test
    void create_onMariaDb_sharesWhatEitherMakes() throws Exception {
        try (RealMariaDb mariaDb = RealMariaDb.start()) {
            RdsInstance rds =
                    RdsInstance.jdbc(RdsEngine.MARIADB, mariaDb.url(), RealMariaDb.ADMIN, RealMariaDb.ADMIN_PASSWORD);
            kms.rds().attach("rm-1", rds);
            assertCreatesNothing(rds, READ_WRITE.on("x".repeat(65)), "cuts the name of a database");

            kms.rdsSecrets().create("orders/db", NewRdsSecret.dualAccounts("rm-1", "orders", READ_WRITE.on("shop")));

            assertSharedAcrossTwoRotations(rds, mariaDb::connect, "CREATE TABLE t (id int)", "DROP TABLE t");
            assertRefused(
                    () -> kms.rdsSecrets().create("ops/db", NewRdsSecret.privilegedAccount("rm-1", "ops")),
                    RdsException.Reason.PERMISSION_DENIED,
                    rds.location() + " makes no privileged accounts");
            assertThat(rds.hasAccount("ops")).isFalse();
        }
    }

    /** The last step on the database fails. */
    private void assertCreatesNothing(RdsInstance rds, DatabasePrivilege privilege, String complaint) throws Exception {
        assertThatThrownBy(() ->
                        kms.rdsSecrets().create("orders/db", NewRdsSecret.dualAccounts("rm-1", "orders", privilege)))
                .isInstanceOf(RdsException.class)
                .hasMessageContaining(complaint)
                .hasNoSuppressedExceptions();
        assertThat(rds.hasAccount("orders")).isFalse();
        assertThat(rds.hasAccount("orders_clone")).isFalse();
        assertThat(secretNames()).isEmpty();
    }

    private void assertSharedAcrossTwoRotations(RdsInstance rds, Database database, String create, String drop)
            throws Exception {
        assertThat(kms.rdsSecrets().checkAccounts("orders/db"))
                .isEqualTo(new AccountCheck("rm-1", true, List.of(), List.of()));
        execute(database, value(), create);
        for (int rotation = 1; rotation <= 2; rotation++) {
            Set<String> permissions = rds.permissions("orders");
            rotate("r" + rotation);
            execute(database, value(), drop, create);
            assertThat(rds.permissions("orders_clone")).isEqualTo(permissions);
        }
        assertThat(value().get("AccountName").getAsString()).isEqualTo("orders");
    }

    private static void execute(Database database, JsonObject account, String... statements) throws SQLException {
        try (Connection connection = database.connect(
                        account.get("AccountName").getAsString(),
                        account.get("AccountPassword").getAsString());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static boolean logsIn(RdsInstance rds, JsonObject account) {
        return rds.acceptsLogin(
                account.get("AccountName").getAsString(),
                account.get("AccountPassword").getAsString());
    }

    private JsonObject value() throws Exception {
        return JsonParser.parseString(read().getSecretData()).getAsJsonObject();
    }

    private GetSecretValueResponseBody read() throws Exception {
        return sdk.getSecretValue(new GetSecretValueRequest().setSecretName("orders/db"))
                .getBody();
    }

    private DescribeSecretResponseBody describe() throws Exception {
        return sdk.describeSecret(
                        new DescribeSecretRequest().setSecretName("orders/db").setFetchTags("true"))
                .getBody();
    }

    private void rotate(String versionId) throws Exception {
        sdk.rotateSecret(new RotateSecretRequest().setSecretName("orders/db").setVersionId(versionId));
    }

    private List<String> secretNames() throws Exception {
        return sdk.listSecrets(new ListSecretsRequest()).getBody().getSecretList().getSecret().stream()
                .map(secret -> secret.getSecretName())
                .toList();
    }

    private static AbstractThrowableAssert<?, ?> assertKmsError(ThrowingCallable call, String code) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KmsError.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static void assertRefused(ThrowingCallable call, RdsException.Reason reason, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RdsException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessage(message);
    }

    /** Where to log in. */
    private interface Database {
        Connection connect(String user, String password) throws SQLException;
    }
}
