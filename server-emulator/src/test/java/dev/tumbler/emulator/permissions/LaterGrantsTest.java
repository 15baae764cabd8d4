package dev.tumbler.emulator.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.AccountPrivilege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is granted after the second account was made, in the weeks of migrations that follow. On PostgreSQL both accounts get
 * it, since both act as one role. On MariaDB both get what a privilege on the database or a role covers; of what one account
 * is granted by name the other knows nothing, as on the real service, and Check Account says so.
 */
@Timeout(120)
class LaterGrantsTest {
    @Nested
    class OnPostgres {
        private static Server server;
        private static KmsEmulator kms;
        private static DualAccounts accounts;

        @BeforeAll
        static void start() throws Exception {
            server = Server.postgres();
            kms = DualAccounts.emulatorOf(server);
            server.instance().createAccount("orders", DualAccounts.FIRST_PASSWORD);
            server.asAdministrator(
                    "CREATE ROLE auditors",
                    "CREATE ROLE packers",
                    "CREATE SCHEMA work",
                    "GRANT ALL ON SCHEMA work TO orders",
                    "GRANT USAGE ON SCHEMA work TO auditors");
            accounts = DualAccounts.startWith(kms, server, "orders");
            accounts.rotate();
        }

        @AfterAll
        static void stop() {
            kms.close();
            server.close();
        }

        @Test
        void grant_toTheFirstAccount_reachesBoth() throws Exception {
            server.asAdministrator(
                    "CREATE TABLE later (id int, name text)",
                    "GRANT SELECT (id), INSERT ON later TO orders",
                    "GRANT SELECT (name) ON later TO orders WITH GRANT OPTION");

            assertBothMay("SELECT id FROM later", "INSERT INTO later VALUES (1)");
            assertBothMay("GRANT SELECT (name) ON later TO auditors");
            assertNeitherMay("GRANT SELECT (id) ON later TO auditors", "DELETE FROM later");
        }

        @Test
        void grant_takenFromTheFirstAccount_isTakenFromBoth() throws Exception {
            server.asAdministrator("CREATE TABLE brief (id int)", "GRANT SELECT ON brief TO orders");
            assertBothMay("SELECT * FROM brief");

            server.asAdministrator("REVOKE SELECT ON brief FROM orders");

            assertNeitherMay("SELECT * FROM brief");
        }

        @Test
        void role_grantedAndGrowing_reachesBoth() throws Exception {
            server.asAdministrator(
                    "GRANT packers TO orders", "CREATE TABLE parcels (id int)", "GRANT SELECT ON parcels TO packers");

            assertBothMay("SELECT * FROM parcels", "SET ROLE packers");
        }

        @Test
        void attribute_givenToTheFirstAccount_reachesBoth() throws Exception {
            server.asAdministrator("ALTER ROLE orders CREATEROLE");

            assertBothMay("CREATE ROLE of_orders");

            server.asAdministrator("ALTER ROLE orders NOCREATEROLE");
        }

        @Test
        void defaultPrivileges_setByEither_holdForWhatTheOtherCreates() throws Exception {
            accounts.current().run("ALTER DEFAULT PRIVILEGES IN SCHEMA work GRANT SELECT ON TABLES TO auditors");
            accounts.previous().run("ALTER DEFAULT PRIVILEGES IN SCHEMA work GRANT INSERT ON TABLES TO auditors");

            accounts.previous().run("CREATE TABLE work.by_previous (id int)");
            accounts.rotate();
            accounts.previous().run("CREATE TABLE work.by_new_previous (id int)");

            assertThat(accounts.current().query("""
                            SELECT DISTINCT relowner::regrole || ': ' || relacl::text FROM pg_class
                            WHERE relnamespace = 'work'::regnamespace AND relkind = 'r'"""))
                    .containsExactly("orders: {orders=arwdDxtm/orders,auditors=ar/orders}");
        }

        private static void assertBothMay(String... statements) throws Exception {
            for (String statement : statements) {
                assertThat(accounts.current().may(statement)).as(statement).isTrue();
                assertThat(accounts.previous().may(statement)).as(statement).isTrue();
            }
        }

        private static void assertNeitherMay(String... statements) throws Exception {
            for (String statement : statements) {
                assertThat(accounts.current().may(statement)).as(statement).isFalse();
                assertThat(accounts.previous().may(statement)).as(statement).isFalse();
            }
        }
    }

    @Nested
    class OnMariaDb {
        private static Server server;
        private static KmsEmulator kms;
        private static DualAccounts accounts;

        @BeforeAll
        static void start() throws Exception {
            server = Server.mariaDb();
            kms = DualAccounts.emulatorOf(server);
            server.instance()
                    .createAccount("orders", DualAccounts.FIRST_PASSWORD, AccountPrivilege.READ_WRITE.on("work"));
            server.asAdministrator(
                    "CREATE DATABASE work",
                    "CREATE ROLE packers",
                    "GRANT packers TO orders",
                    "SET DEFAULT ROLE packers FOR orders");
            accounts = DualAccounts.startWith(kms, server, "orders");
            accounts.rotate();
        }

        @AfterAll
        static void stop() {
            kms.close();
            server.close();
        }

        @Test
        void tables_createdLaterByAnyone_areCoveredByThePrivilegeOnTheDatabase() throws Exception {
            server.asAdministrator("CREATE TABLE work.by_administrator (id int)");
            accounts.current().run("CREATE TABLE work.by_current (id int)");
            accounts.rotate();

            for (String table : new String[] {"by_administrator", "by_current"}) {
                assertThat(accounts.current().may("INSERT INTO work." + table + " VALUES (1)"))
                        .isTrue();
                assertThat(accounts.previous().may("INSERT INTO work." + table + " VALUES (1)"))
                        .isTrue();
            }
        }

        @Test
        void role_grownLater_reachesBoth() throws Exception {
            server.asAdministrator("CREATE TABLE shop.parcels (id int)", "GRANT SELECT ON shop.parcels TO packers");

            assertThat(accounts.current().may("SELECT * FROM shop.parcels")).isTrue();
            assertThat(accounts.previous().may("SELECT * FROM shop.parcels")).isTrue();
        }

        @Test
        void grant_toOneAccountByName_isThatAccountsAlone() throws Exception {
            server.asAdministrator("CREATE TABLE shop.later (id int)", "GRANT SELECT ON shop.later TO orders");

            assertThat(login("orders").may("SELECT * FROM shop.later")).isTrue();
            assertThat(login("orders_clone").may("SELECT * FROM shop.later")).isFalse();

            server.asAdministrator("REVOKE SELECT ON shop.later FROM orders");
        }

        private static Login login(String accountName) throws Exception {
            Login current = accounts.current();
            return current.accountName().equals(accountName) ? current : accounts.previous();
        }
    }
}
