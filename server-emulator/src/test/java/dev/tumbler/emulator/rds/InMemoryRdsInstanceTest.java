package dev.tumbler.emulator.rds;

import static dev.tumbler.emulator.rds.AccountPrivilege.DB_OWNER;
import static dev.tumbler.emulator.rds.AccountPrivilege.DDL_ONLY;
import static dev.tumbler.emulator.rds.AccountPrivilege.DML_ONLY;
import static dev.tumbler.emulator.rds.AccountPrivilege.READ_ONLY;
import static dev.tumbler.emulator.rds.AccountPrivilege.READ_WRITE;
import static dev.tumbler.emulator.rds.RdsAssertions.assertRdsException;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InMemoryRdsInstanceTest implements RdsInstanceContract {
    private final RdsInstance instance = RdsInstance.inMemory(RdsEngine.MYSQL);

    @Override
    public RdsInstance instance() {
        return instance;
    }

    @Test
    void inMemory_anyEngine_namesIt() {
        assertThat(instance.engine()).isEqualTo(RdsEngine.MYSQL);
        assertThat(instance.location()).isEqualTo("MySQL in memory");
    }

    @Test
    void cloneAccount_nameTooLongForTheEngine_isRefused() {
        RdsInstance mariaDb = RdsInstance.inMemory(RdsEngine.MARIADB);
        mariaDb.createAccount("eleven_char", PASSWORD);

        assertRdsException(
                        () -> mariaDb.cloneAccount("eleven_char", "eleven_char_clone", PASSWORD),
                        RdsException.Reason.INVALID_ACCOUNT_NAME)
                .hasMessage(
                        "\"eleven_char_clone\" is no name for an account on MariaDB: it takes 2 to 16 characters out of lower-case letters, digits and underscores; the first is a letter, the last a letter or a digit");
    }

    @Test
    void createAccount_privileges_areListedAndCloned() {
        InMemoryRdsInstance mySql = RdsInstance.inMemory(RdsEngine.MYSQL);
        mySql.createAccount("orders", PASSWORD, READ_WRITE.on("shop"), READ_ONLY.on("stock"));
        mySql.createAccount("orders_clone", PASSWORD, DDL_ONLY.on("left_over"));

        mySql.cloneAccount("orders", "orders_clone", OTHER_PASSWORD);

        assertThat(mySql.privileges("orders_clone"))
                .isEqualTo(mySql.privileges("orders"))
                .containsExactly(READ_WRITE.on("shop"), READ_ONLY.on("stock"));
        assertThat(mySql.accountType("orders_clone")).isEqualTo(AccountType.NORMAL);
        assertThat(mySql.permissions("orders"))
                .containsExactly("Normal account", "ReadOnly on stock", "ReadWrite on shop");
        assertThat(mySql.accountNames()).containsExactly("orders", "orders_clone");
    }

    @Test
    void grant_sameDatabaseAgain_replacesThePrivilege() {
        InMemoryRdsInstance mySql = RdsInstance.inMemory(RdsEngine.MYSQL);
        mySql.createAccount("orders", PASSWORD, READ_WRITE.on("shop"));

        mySql.grant("orders", READ_ONLY.on("shop"));

        assertThat(mySql.privileges("orders")).containsExactly(READ_ONLY.on("shop"));
    }

    @ParameterizedTest
    @EnumSource
    void grant_eachPrivilege_isAcceptedByItsEnginesOnly(RdsEngine engine) {
        Map<RdsEngine, Set<AccountPrivilege>> documented = Map.of(
                RdsEngine.MYSQL, EnumSet.of(READ_WRITE, READ_ONLY, DDL_ONLY, DML_ONLY),
                RdsEngine.MARIADB, EnumSet.of(READ_WRITE, READ_ONLY, DDL_ONLY, DML_ONLY),
                RdsEngine.SQL_SERVER, EnumSet.of(READ_WRITE, READ_ONLY, DB_OWNER),
                RdsEngine.POSTGRESQL, EnumSet.of(DB_OWNER));
        InMemoryRdsInstance any = RdsInstance.inMemory(engine);
        any.createAccount("orders", PASSWORD);

        for (AccountPrivilege privilege : AccountPrivilege.values()) {
            if (documented.get(engine).contains(privilege)) {
                any.grant("orders", privilege.on("db_" + privilege));
            } else {
                assertRdsException(
                                () -> any.grant("orders", privilege.on("shop")), RdsException.Reason.INVALID_PRIVILEGE)
                        .hasMessageContaining(engine.displayName() + " knows no privilege " + privilege.wireName());
            }
        }

        assertThat(any.privileges("orders")).hasSize(documented.get(engine).size());
    }

    @Test
    void on_blankDatabase_isRefused() {
        assertRdsException(() -> READ_ONLY.on(" "), RdsException.Reason.INVALID_PRIVILEGE);
    }

    @ParameterizedTest
    @EnumSource
    void createPrivilegedAccount_secondOne_isRefusedOnMySqlAndMariaDb(RdsEngine engine) {
        InMemoryRdsInstance any = RdsInstance.inMemory(engine);
        any.createPrivilegedAccount("root_one", PASSWORD);

        if (engine == RdsEngine.MYSQL || engine == RdsEngine.MARIADB) {
            assertRdsException(
                            () -> any.createPrivilegedAccount("root_two", PASSWORD),
                            RdsException.Reason.ACCOUNT_LIMIT_EXCEEDED)
                    .hasMessage(any.location() + " takes one privileged account, and has \"root_one\"");
            assertRdsException(
                    () -> any.cloneAccount("root_one", "root_clone", PASSWORD),
                    RdsException.Reason.ACCOUNT_LIMIT_EXCEEDED);
            assertThat(any.accountNames()).containsExactly("root_one");
        } else {
            any.createPrivilegedAccount("root_two", PASSWORD);
            any.cloneAccount("root_one", "root_clone", OTHER_PASSWORD);
            assertThat(any.accountType("root_clone")).isEqualTo(AccountType.SUPER);
        }
    }

    @Test
    void createPrivilegedAccount_nameOfAStandardOne_replacesItOnMariaDbOnly() {
        InMemoryRdsInstance mariaDb = RdsInstance.inMemory(RdsEngine.MARIADB);
        mariaDb.createAccount("orders", PASSWORD, READ_ONLY.on("shop"));

        mariaDb.createPrivilegedAccount("orders", OTHER_PASSWORD);

        assertThat(mariaDb.accountType("orders")).isEqualTo(AccountType.SUPER);
        assertThat(mariaDb.acceptsLogin("orders", PASSWORD)).isFalse();
        InMemoryRdsInstance postgres = RdsInstance.inMemory(RdsEngine.POSTGRESQL);
        postgres.createAccount("orders", PASSWORD);
        assertRdsException(
                () -> postgres.createPrivilegedAccount("orders", OTHER_PASSWORD), RdsException.Reason.ACCOUNT_EXISTS);
        assertThat(postgres.acceptsLogin("orders", PASSWORD)).isTrue();
    }

    @Test
    void createAccount_nameThatDiffersInCaseFromAPrivilegedOne_isRefusedOnMySql() {
        InMemoryRdsInstance mySql = RdsInstance.inMemory(RdsEngine.MYSQL);
        mySql.createPrivilegedAccount("Test1", PASSWORD);
        mySql.createAccount("other", PASSWORD);
        mySql.createAccount("Other", PASSWORD);

        assertRdsException(() -> mySql.createAccount("test1", PASSWORD), RdsException.Reason.INVALID_ACCOUNT_NAME)
                .hasMessageContaining("\"Test1\"");
        mySql.deleteAccount("Test1");
        mySql.createAccount("test1", PASSWORD);
        assertRdsException(
                () -> mySql.createPrivilegedAccount("TEST1", PASSWORD), RdsException.Reason.INVALID_ACCOUNT_NAME);
    }

    @Test
    void grant_privilegedAccount_isRefused() {
        InMemoryRdsInstance mySql = RdsInstance.inMemory(RdsEngine.MYSQL);
        mySql.createPrivilegedAccount("root_one", PASSWORD);

        assertRdsException(() -> mySql.grant("root_one", READ_ONLY.on("shop")), RdsException.Reason.INVALID_PRIVILEGE);
    }

    @Test
    void deleteAccount_privilegedOnSqlServer_isRefused() {
        InMemoryRdsInstance sqlServer = RdsInstance.inMemory(RdsEngine.SQL_SERVER);
        sqlServer.createPrivilegedAccount("root_one", PASSWORD);

        assertRdsException(() -> sqlServer.deleteAccount("root_one"), RdsException.Reason.PERMISSION_DENIED);

        assertThat(sqlServer.acceptsLogin("root_one", PASSWORD)).isTrue();
    }

    @Test
    void stop_everyOperation_isUnavailableUntilStarted() {
        InMemoryRdsInstance mySql = RdsInstance.inMemory(RdsEngine.MYSQL);
        mySql.createAccount("orders", PASSWORD);

        mySql.stop();

        assertThat(mySql.state()).isEqualTo(InMemoryRdsInstance.State.STOPPED);
        for (ThrowingCallable operation : operationsOn(mySql)) {
            assertRdsException(operation, RdsException.Reason.UNAVAILABLE).hasMessage("MySQL in memory is stopped");
        }
        mySql.start();
        assertThat(mySql.acceptsLogin("orders", PASSWORD)).isTrue();
    }

    @Test
    void remove_instanceInMemory_isReleasedForGood() {
        RdsInstances instances = new RdsInstances();
        InMemoryRdsInstance mySql = instances.add("rm-orders", RdsEngine.MYSQL);
        mySql.createAccount("orders", PASSWORD);

        instances.remove("rm-orders");

        for (ThrowingCallable operation : operationsOn(mySql)) {
            assertRdsException(operation, RdsException.Reason.UNAVAILABLE)
                    .hasMessage("MySQL in memory has been released");
        }
        assertThatThrownBy(mySql::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("MySQL in memory has been released");
        assertThatThrownBy(mySql::stop).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void inMemory_clusterEdition_createsNoAccountsAndIsOfSqlServerOnly() {
        InMemoryRdsInstance cluster = RdsInstance.inMemory(RdsEngine.SQL_SERVER, RdsEdition.SQL_SERVER_2017_CLUSTER);

        assertThat(cluster.edition()).isEqualTo(RdsEdition.SQL_SERVER_2017_CLUSTER);
        assertThat(RdsInstance.inMemory(RdsEngine.SQL_SERVER).edition()).isEqualTo(RdsEdition.STANDARD);
        assertRdsException(() -> cluster.createAccount("orders", PASSWORD), RdsException.Reason.PERMISSION_DENIED);
        assertThatThrownBy(() -> RdsInstance.inMemory(RdsEngine.MYSQL, RdsEdition.SQL_SERVER_2017_CLUSTER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MySQL has no edition SQL_SERVER_2017_CLUSTER");
    }

    @Test
    @Timeout(60)
    void createPrivilegedAccount_from200Threads_createsOne() throws Exception {
        InMemoryRdsInstance mySql = RdsInstance.inMemory(RdsEngine.MYSQL);
        ExecutorService threads = Executors.newFixedThreadPool(200);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String name = "root_" + i;
                results.add(threads.submit(() -> {
                    go.await();
                    try {
                        mySql.createPrivilegedAccount(name, PASSWORD);
                        return true;
                    } catch (RdsException e) {
                        return false;
                    }
                }));
            }
            go.countDown();
            int created = 0;
            for (Future<Boolean> result : results) {
                created += result.get(30, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(created).isEqualTo(1);
            assertThat(mySql.accountNames()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<ThrowingCallable> operationsOn(InMemoryRdsInstance instance) {
        return List.of(
                () -> instance.createAccount("other", PASSWORD),
                () -> instance.createPrivilegedAccount("other", PASSWORD),
                () -> instance.grant("orders", READ_ONLY.on("shop")),
                () -> instance.cloneAccount("orders", "orders_clone", PASSWORD),
                () -> instance.resetPassword("orders", OTHER_PASSWORD),
                () -> instance.deleteAccount("orders"),
                () -> instance.hasAccount("orders"),
                () -> instance.permissions("orders"),
                () -> instance.acceptsLogin("orders", PASSWORD));
    }
}
