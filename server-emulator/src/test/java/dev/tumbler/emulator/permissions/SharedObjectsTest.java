package dev.tumbler.emulator.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.AccountPrivilege;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What one of two accounts creates, the other can alter and drop: before the first rotation, and across two. Migrations run
 * as whichever account is current, and the next one runs as the other.
 */
@Timeout(120)
class SharedObjectsTest {
    private static final AtomicInteger ACCOUNTS = new AtomicInteger();

    private final String account = "m" + ACCOUNTS.incrementAndGet();

    @Nested
    class OnPostgres {
        private static Server server;
        private static KmsEmulator kms;

        @BeforeAll
        static void start() {
            server = Server.postgres();
            kms = DualAccounts.emulatorOf(server);
        }

        @AfterAll
        static void stop() {
            kms.close();
            server.close();
        }

        /** In soak: each case is dozens of logins. */
        @Tag("soak")
        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                table             | CREATE TABLE x (id int)                                                 | ALTER TABLE x ADD COLUMN note text                        | DROP TABLE x
                column            | ALTER TABLE base ADD COLUMN x int                                       | ALTER TABLE base ALTER COLUMN x TYPE bigint               | ALTER TABLE base DROP COLUMN x
                constraint        | ALTER TABLE base ADD CONSTRAINT x CHECK (id > 0) NOT VALID              | ALTER TABLE base VALIDATE CONSTRAINT x                    | ALTER TABLE base DROP CONSTRAINT x
                index             | CREATE INDEX x ON base (id)                                             | ALTER INDEX x SET (fillfactor = 80)                       | DROP INDEX x
                view              | CREATE VIEW x AS SELECT id FROM base                                    | CREATE OR REPLACE VIEW x AS SELECT id, 1 AS n FROM base   | DROP VIEW x
                materialized view | CREATE MATERIALIZED VIEW x AS SELECT id FROM base                       | REFRESH MATERIALIZED VIEW x                               | DROP MATERIALIZED VIEW x
                sequence          | CREATE SEQUENCE x                                                       | ALTER SEQUENCE x INCREMENT BY 2                           | DROP SEQUENCE x
                function          | CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'              | CREATE OR REPLACE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 2' | DROP FUNCTION x()
                procedure         | CREATE PROCEDURE x() LANGUAGE sql AS ''                                 | ALTER PROCEDURE x() SECURITY DEFINER                      | DROP PROCEDURE x()
                enum type         | CREATE TYPE x AS ENUM ('a')                                             | ALTER TYPE x ADD VALUE 'b'                                | DROP TYPE x
                domain            | CREATE DOMAIN x AS int                                                  | ALTER DOMAIN x SET NOT NULL                               | DROP DOMAIN x
                trigger           | CREATE TRIGGER x BEFORE UPDATE ON base FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger() | ALTER TABLE base DISABLE TRIGGER x | DROP TRIGGER x ON base
                policy            | CREATE POLICY x ON base USING (id > 0)                                  | ALTER POLICY x ON base USING (id > 1)                     | DROP POLICY x ON base
                grant             | GRANT SELECT ON base TO pg_monitor                                      | GRANT SELECT ON base TO pg_monitor WITH GRANT OPTION      | REVOKE ALL ON base FROM pg_monitor
                schema            | CREATE SCHEMA x_${account}                                              | CREATE TABLE x_${account}.t (id int)                      | DROP SCHEMA x_${account} CASCADE
                publication       | CREATE PUBLICATION x_${account} FOR TABLE base                          | ALTER PUBLICATION x_${account} SET (publish = 'insert')   | DROP PUBLICATION x_${account}
                default privilege | ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC               | ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO PUBLIC | ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM PUBLIC
                """)
        void object_createdByEither_isAlteredAndDroppedByTheOther(String kind, String create, String alter, String drop)
                throws Exception {
            server.instance().createAccount(account, DualAccounts.FIRST_PASSWORD);
            server.asAdministrator(
                    "GRANT CREATE ON DATABASE shop TO " + account,
                    "CREATE SCHEMA " + account,
                    "GRANT ALL ON SCHEMA " + account + " TO " + account);
            DualAccounts accounts = DualAccounts.startWith(kms, server, account);
            accounts.current().run("CREATE TABLE " + account + ".base (id int)");

            takeTurns(accounts, "SET search_path TO " + account, create, alter, drop);

            assertThat(accounts.current()
                            .query("SELECT tableowner FROM pg_tables WHERE schemaname = '" + account + "'"))
                    .containsOnly(account);
        }
    }

    @Nested
    class OnMariaDb {
        private static Server server;
        private static KmsEmulator kms;

        @BeforeAll
        static void start() {
            server = Server.mariaDb();
            kms = DualAccounts.emulatorOf(server);
        }

        @AfterAll
        static void stop() {
            kms.close();
            server.close();
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                table      | CREATE TABLE x (id int)                                       | ALTER TABLE x ADD COLUMN note text                                | DROP TABLE x
                column     | ALTER TABLE base ADD COLUMN x int                             | ALTER TABLE base MODIFY COLUMN x bigint                           | ALTER TABLE base DROP COLUMN x
                constraint | ALTER TABLE base ADD CONSTRAINT x CHECK (id > 0)              | ALTER TABLE base DROP CONSTRAINT x, ADD CONSTRAINT x CHECK (id > 1) | ALTER TABLE base DROP CONSTRAINT x
                index      | CREATE INDEX x ON base (id)                                   | ALTER TABLE base ALTER INDEX x IGNORED                            | DROP INDEX x ON base
                view       | CREATE VIEW x AS SELECT id FROM base                          | CREATE OR REPLACE VIEW x AS SELECT id, 1 AS n FROM base           | DROP VIEW x
                sequence   | CREATE SEQUENCE x                                             | ALTER SEQUENCE x INCREMENT BY 2                                   | DROP SEQUENCE x
                function   | CREATE FUNCTION x() RETURNS int RETURN 1                      | CREATE OR REPLACE FUNCTION x() RETURNS int RETURN 2               | DROP FUNCTION x
                procedure  | CREATE PROCEDURE x() SELECT 1                                 | ALTER PROCEDURE x SQL SECURITY INVOKER                            | DROP PROCEDURE x
                trigger    | CREATE TRIGGER x BEFORE UPDATE ON base FOR EACH ROW SET @x = 1 | CREATE OR REPLACE TRIGGER x BEFORE UPDATE ON base FOR EACH ROW SET @x = 2 | DROP TRIGGER x
                event      | CREATE EVENT x ON SCHEDULE EVERY 1 DAY DO SET @x = 1          | ALTER EVENT x ON SCHEDULE EVERY 2 DAY                             | DROP EVENT x
                """)
        void object_createdByEither_isAlteredAndDroppedByTheOther(String kind, String create, String alter, String drop)
                throws Exception {
            DualAccounts accounts = accountsWithADatabase();
            accounts.current().run("CREATE TABLE " + account + ".base (id int)");

            takeTurns(accounts, "USE " + account, create, alter, drop);
        }

        /** The engine's own limit: ALTER VIEW keeps the definer, whom nobody else may name. CREATE OR REPLACE is the way. */
        @Test
        void alterView_ofTheOther_isDeniedByTheEngine() throws Exception {
            DualAccounts accounts = accountsWithADatabase();
            accounts.current().run("CREATE VIEW " + account + ".x AS SELECT 1 AS n");
            accounts.rotate();

            assertThat(accounts.current().may("ALTER VIEW " + account + ".x AS SELECT 2 AS n"))
                    .isFalse();
            assertThat(accounts.previous().may("ALTER VIEW " + account + ".x AS SELECT 2 AS n"))
                    .isTrue();
        }

        private DualAccounts accountsWithADatabase() throws Exception {
            server.asAdministrator("CREATE DATABASE " + account);
            server.instance()
                    .createAccount(account, DualAccounts.FIRST_PASSWORD, AccountPrivilege.READ_WRITE.on(account));
            return DualAccounts.startWith(kms, server, account);
        }
    }

    private void takeTurns(DualAccounts accounts, String enter, String create, String alter, String drop)
            throws Exception {
        Login a = accounts.current();
        step(a, enter, create);

        accounts.rotate();
        Login b = accounts.current();
        assertThat(b.accountName()).isEqualTo(a.accountName() + "_clone");
        step(b, enter, alter, drop, create);
        step(a, enter, alter, drop, create);

        accounts.rotate();
        a = accounts.current();
        assertThat(a.accountName()).isEqualTo(account);
        step(b, enter, alter, drop, create);
        step(a, enter, alter, drop, create);

        Login former = b;
        accounts.rotate();
        step(accounts.current(), enter, alter, drop);
        assertThatThrownBy(() -> former.run("SELECT 1")).isInstanceOf(SQLException.class);
    }

    private void step(Login login, String... statements) throws SQLException {
        String[] own = new String[statements.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = statements[i].replace("${account}", account);
        }
        login.run(own);
    }
}
