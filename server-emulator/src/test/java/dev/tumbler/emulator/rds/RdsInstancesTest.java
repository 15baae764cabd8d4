package dev.tumbler.emulator.rds;

import static dev.tumbler.emulator.rds.RdsAssertions.assertRdsException;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.testing.RealPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class RdsInstancesTest {
    private final RdsInstances instances = new RdsInstances();

    @ParameterizedTest
    @EnumSource
    void add_anyEngine_isFoundUntilRemoved(RdsEngine engine) {
        RdsInstance instance = instances.add("rm-orders", engine);

        assertThat(instance.engine()).isEqualTo(engine);
        assertThat(instances.find("rm-orders")).containsSame(instance);
        assertThat(instances.find("rm-other")).isEmpty();

        instances.remove("rm-orders");
        instances.remove("rm-orders");

        assertThat(instances.find("rm-orders")).isEmpty();
    }

    @Test
    void add_idInUse_isRefusedAndKeepsTheFirst() {
        RdsInstance first = instances.add("rm-orders", RdsEngine.MYSQL);

        assertThatThrownBy(() -> instances.add("rm-orders", RdsEngine.POSTGRESQL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is an RDS instance \"rm-orders\" already; remove it first, or take another id");
        assertThatThrownBy(() -> instances.attach("rm-orders", RdsInstance.inMemory(RdsEngine.POSTGRESQL)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(instances.find("rm-orders")).containsSame(first);
    }

    @Test
    void add_blankId_isRefused() {
        assertThatThrownBy(() -> instances.add(" ", RdsEngine.MYSQL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A dbInstanceId must not be blank");
    }

    @ParameterizedTest
    @EnumSource
    void attach_inMemory_passesTheProbe(RdsEngine engine) {
        RdsInstance instance = RdsInstance.inMemory(engine);

        assertThat(instances.attach("rm-orders", instance)).isSameAs(instance);

        assertThat(instances.find("rm-orders")).containsSame(instance);
    }

    @Nested
    class CheckAccounts {
        private final InMemoryRdsInstance instance = instances.add("rm-orders", RdsEngine.MYSQL);

        @Test
        void checkAccounts_accountsThatExist_pass() {
            instance.createAccount("orders", "Contract-passw0rd", AccountPrivilege.READ_WRITE.on("shop"));
            instance.cloneAccount("orders", "orders_clone", "Contract-passw0rd");

            AccountCheck check = instances.checkAccounts("rm-orders", List.of("orders", "orders_clone"));

            assertThat(check).isEqualTo(new AccountCheck("rm-orders", true, List.of(), List.of()));
            assertThat(check.passed()).isTrue();
        }

        @Test
        void checkAccounts_missingAccount_fails() {
            instance.createAccount("orders", "Contract-passw0rd");

            AccountCheck check = instances.checkAccounts("rm-orders", List.of("orders", "orders_clone"));

            assertThat(check).isEqualTo(new AccountCheck("rm-orders", true, List.of("orders_clone"), List.of()));
            assertThat(check.passed()).isFalse();
        }

        @Test
        void checkAccounts_missingInstance_fails() {
            AccountCheck check = instances.checkAccounts("rm-gone", List.of("orders"));

            assertThat(check).isEqualTo(new AccountCheck("rm-gone", false, List.of("orders"), List.of()));
            assertThat(check.passed()).isFalse();
        }

        @Test
        void checkAccounts_privilegesThatDrifted_passesAndSaysSo() {
            instance.createAccount("orders", "Contract-passw0rd", AccountPrivilege.READ_WRITE.on("shop"));
            instance.cloneAccount("orders", "orders_clone", "Contract-passw0rd");
            instance.grant("orders", AccountPrivilege.READ_ONLY.on("stock"));
            instance.grant("orders_clone", AccountPrivilege.DML_ONLY.on("shop"));

            AccountCheck check = instances.checkAccounts("rm-orders", List.of("orders", "orders_clone"));

            assertThat(check.passed()).isTrue();
            assertThat(check.drift())
                    .containsExactly(
                            "only \"orders\": ReadOnly on stock",
                            "only \"orders\": ReadWrite on shop",
                            "only \"orders_clone\": DMLOnly on shop");
        }

        @Test
        void checkAccounts_stoppedInstance_cannotTell() {
            instance.stop();

            assertRdsException(
                    () -> instances.checkAccounts("rm-orders", List.of("orders")), RdsException.Reason.UNAVAILABLE);
        }
    }

    @Nested
    class Checked {
        private static RealPostgres postgres;

        @BeforeAll
        static void start() {
            postgres = RealPostgres.start();
        }

        @AfterAll
        static void stop() {
            postgres.close();
        }

        @Test
        void attach_serverThatChecksPasswords_passesAndLeavesNoAccount() throws Exception {
            RdsInstance instance = RdsInstance.jdbc(
                    RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);

            assertThat(instances.attach("rm-orders", instance)).isSameAs(instance);

            assertThat(instances.find("rm-orders")).containsSame(instance);
            assertThat(temporaryRoles(postgres)).isEmpty();
        }

        @Test
        void attach_administratorWithoutCreateRole_isRefused() throws Exception {
            postgres.execute("CREATE ROLE weak_admin LOGIN PASSWORD 'Weak-adm1n'");
            RdsInstance instance = RdsInstance.jdbc(RdsEngine.POSTGRESQL, postgres.url(), "weak_admin", "Weak-adm1n");

            assertRdsException(() -> instances.attach("rm-orders", instance), RdsException.Reason.PERMISSION_DENIED)
                    .message()
                    .matches(
                            "Could not create account \"tumbler_[a-z0-9]{8}\" on PostgreSQL at 127\\.0\\.0\\.1:\\d+: "
                                    + "permission denied to create role \\(SQLState 42501\\)\\. The administrator \"weak_admin\" "
                                    + "needs CREATEROLE, ADMIN OPTION on accounts of others, and the right to SET what a clone copies");

            assertThat(instances.find("rm-orders")).isEmpty();
        }

        @Test
        void attach_serverThatRefusesNewAccounts_isRefusedAndLeavesNoAccount() throws Exception {
            postgres.execute(
                    "CREATE DATABASE members_only OWNER " + RealPostgres.ADMIN,
                    "REVOKE CONNECT ON DATABASE members_only FROM PUBLIC");
            RdsInstance instance = RdsInstance.jdbc(
                    RdsEngine.POSTGRESQL,
                    postgres.url().replace("/shop", "/members_only"),
                    RealPostgres.ADMIN,
                    RealPostgres.ADMIN_PASSWORD);

            assertRdsException(() -> instances.attach("rm-orders", instance), RdsException.Reason.PERMISSION_DENIED)
                    .hasMessageContaining("permission denied for database \"members_only\"");

            assertThat(instances.find("rm-orders")).isEmpty();
            assertThat(temporaryRoles(postgres)).isEmpty();
        }
    }

    @Nested
    class Trusting {
        private static RealPostgres postgres;

        @BeforeAll
        static void start() {
            postgres = RealPostgres.startTrusting();
        }

        @AfterAll
        static void stop() {
            postgres.close();
        }

        @Test
        void attach_serverThatTrustsEverybody_isRefusedInPlainWords() throws Exception {
            RdsInstance instance =
                    RdsInstance.jdbc(RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, "not-the-password");

            assertRdsException(() -> instances.attach("rm-orders", instance), RdsException.Reason.ACCEPTS_ANY_PASSWORD)
                    .message()
                    .matches("""
                            PostgreSQL at 127\\.0\\.0\\.1:\\d+ accepts any password: a temporary account \\("tumbler_[a-z0-9]{8}", deleted again\\) was let in with a wrong one\\.
                            Every rotation test would pass on it and prove nothing\\.
                            The reason is a pg_hba\\.conf that says "trust", which is what initdb writes by default, for embedded PostgreSQL too\\.
                            To mend it, replace its lines that end in "trust" by ones like these, and reload or restart the server:
                              host all all 127\\.0\\.0\\.1/32 scram-sha-256
                              host all all ::1/128 scram-sha-256
                            To use it all the same, attach it with RdsInstances\\.attachWithoutProbe\\.""");

            assertThat(instances.find("rm-orders")).isEmpty();
            assertThat(temporaryRoles(postgres)).isEmpty();
        }

        @Test
        void attachWithoutProbe_serverThatTrustsEverybody_isAttached() {
            RdsInstance instance =
                    RdsInstance.jdbc(RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, "not-the-password");

            assertThat(instances.attachWithoutProbe("rm-orders", instance)).isSameAs(instance);

            assertThat(instances.find("rm-orders")).containsSame(instance);
        }
    }

    @Nested
    class Probe {
        private final List<String> calls = new ArrayList<>();

        @Test
        void attach_instanceThatRefusesTheRightPassword_isRefusedAndLeavesNoAccount() {
            RdsInstance stubborn = new RecordingInstance(calls) {
                @Override
                public boolean acceptsLogin(String accountName, String password) {
                    return false;
                }
            };

            assertRdsException(() -> instances.attach("rm-orders", stubborn), RdsException.Reason.UNAVAILABLE)
                    .message()
                    .matches("here refused a temporary account \\(\"tumbler_[a-z0-9]{8}\", deleted again\\) with the "
                            + "right password: may new accounts log in to this database from here\\?");

            assertThat(calls).containsExactly("create", "delete");
            assertThat(instances.find("rm-orders")).isEmpty();
        }

        @Test
        void attach_loginAndDeletionFail_reportsTheFirstAndKeepsTheSecond() {
            RdsException login = new RdsException(RdsException.Reason.UNAVAILABLE, "login", null);
            RdsException deletion = new RdsException(RdsException.Reason.UNAVAILABLE, "deletion", null);
            RdsInstance broken = new RecordingInstance(calls) {
                @Override
                public boolean acceptsLogin(String accountName, String password) {
                    throw login;
                }

                @Override
                public void deleteAccount(String accountName) {
                    throw deletion;
                }
            };

            assertThatThrownBy(() -> instances.attach("rm-orders", broken))
                    .isSameAs(login)
                    .hasSuppressedException(deletion);
        }
    }

    private static List<String> temporaryRoles(RealPostgres postgres) throws SQLException {
        try (Connection connection = postgres.connect(RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT rolname FROM pg_roles WHERE rolname ~ '^tumbler_'")) {
            List<String> roles = new ArrayList<>();
            while (rows.next()) {
                roles.add(rows.getString(1));
            }
            return roles;
        }
    }

    /** An instance of a user's own making. */
    private abstract static class RecordingInstance implements RdsInstance {
        private final List<String> calls;

        RecordingInstance(List<String> calls) {
            this.calls = calls;
        }

        @Override
        public RdsEngine engine() {
            return RdsEngine.SQL_SERVER;
        }

        @Override
        public String location() {
            return "here";
        }

        @Override
        public void createAccount(String accountName, String password) {
            calls.add("create");
        }

        @Override
        public void deleteAccount(String accountName) {
            calls.add("delete");
        }

        @Override
        public void cloneAccount(String source, String clone, String password) {
            throw new AssertionError("not for a probe");
        }

        @Override
        public void resetPassword(String accountName, String newPassword) {
            throw new AssertionError("not for a probe");
        }

        @Override
        public boolean hasAccount(String accountName) {
            throw new AssertionError("not for a probe");
        }
    }
}
