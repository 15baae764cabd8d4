package dev.tumbler.emulator.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.AccountPrivilege;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What one of two accounts may do, the other may, and what it may not do, the other may not: a table of statements, tried
 * before the first rotation and as both accounts after each of two.
 */
@Timeout(120)
class SamePermissionsTest {
    private static final String ACCOUNT = "orders";

    @Test
    void postgres_everyStatement_isAllowedOrDeniedToBoth() throws Exception {
        try (Server server = Server.postgres();
                KmsEmulator kms = DualAccounts.emulatorOf(server)) {
            server.instance().createAccount(ACCOUNT, DualAccounts.FIRST_PASSWORD);
            server.asAdministrator(
                    "CREATE ROLE packers",
                    "CREATE ROLE auditors LOGIN",
                    "CREATE TABLE goods (id int, name text, cost int)",
                    "GRANT SELECT (id, name), UPDATE (name) ON goods TO orders",
                    "CREATE TABLE offers (id int)",
                    "GRANT SELECT ON offers TO orders WITH GRANT OPTION",
                    "GRANT INSERT ON offers TO orders",
                    "CREATE TABLE parcels (id int)",
                    "GRANT SELECT, DELETE ON parcels TO packers",
                    "GRANT packers TO orders",
                    "CREATE TABLE wages (id int)",
                    "CREATE SEQUENCE numbers",
                    "GRANT USAGE ON SEQUENCE numbers TO orders",
                    "CREATE SEQUENCE secret_numbers",
                    "CREATE FUNCTION discount() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                    "CREATE FUNCTION payout() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                    "REVOKE ALL ON FUNCTION discount(), payout() FROM PUBLIC",
                    "GRANT EXECUTE ON FUNCTION discount() TO orders",
                    "CREATE SCHEMA archive",
                    "GRANT USAGE ON SCHEMA archive TO orders",
                    "ALTER DEFAULT PRIVILEGES IN SCHEMA archive GRANT SELECT ON TABLES TO orders",
                    "CREATE TABLE archive.past (id int)",
                    "CREATE TABLE mine (owner text)",
                    "ALTER TABLE mine ENABLE ROW LEVEL SECURITY",
                    "CREATE POLICY own ON mine USING (owner = current_user)",
                    "GRANT SELECT, INSERT ON mine TO orders");

            assertSame(
                    DualAccounts.startWith(kms, server, ACCOUNT),
                    """
                    allowed | SELECT id, name FROM goods
                    denied  | SELECT cost FROM goods
                    allowed | UPDATE goods SET name = 'x'
                    denied  | UPDATE goods SET cost = 1
                    denied  | DELETE FROM goods
                    denied  | ALTER TABLE goods ADD COLUMN x int
                    denied  | GRANT SELECT (id) ON goods TO auditors
                    allowed | GRANT SELECT ON offers TO auditors
                    denied  | GRANT INSERT ON offers TO auditors
                    allowed | DELETE FROM parcels
                    denied  | INSERT INTO parcels VALUES (1)
                    allowed | SET ROLE packers
                    denied  | SELECT * FROM wages
                    allowed | SELECT nextval('numbers')
                    denied  | SELECT setval('numbers', 9)
                    denied  | SELECT nextval('secret_numbers')
                    allowed | SELECT discount()
                    denied  | SELECT payout()
                    allowed | SELECT * FROM archive.past
                    denied  | INSERT INTO archive.past VALUES (1)
                    denied  | CREATE TABLE archive.x (id int)
                    allowed | INSERT INTO mine VALUES ('orders')
                    denied  | INSERT INTO mine VALUES ('orders_clone')
                    denied  | CREATE TABLE public.x (id int)
                    denied  | CREATE SCHEMA x
                    denied  | CREATE ROLE x
                    denied  | GRANT orders TO auditors
                    denied  | GRANT packers TO auditors
                    denied  | ALTER ROLE orders CREATEDB
                    denied  | ALTER ROLE orders_clone CREATEDB
                    denied  | DROP ROLE auditors
                    denied  | SET ROLE rds_admin
                    denied  | SELECT * FROM pg_authid
                    denied  | ALTER DATABASE shop SET work_mem TO '8MB'
                    allowed | SET ROLE NONE; SELECT id, name FROM goods
                    denied  | SET ROLE NONE; SELECT cost FROM goods
                    allowed | SET ROLE NONE; GRANT SELECT ON offers TO auditors
                    denied  | SET ROLE NONE; GRANT orders TO auditors
                    denied  | SET ROLE NONE; CREATE TABLE public.x (id int)
                    denied  | SET ROLE NONE; SET ROLE rds_admin
                    """,
                    // Nobody may alter a role that does not exist yet.
                    "ALTER ROLE orders_clone CREATEDB");
        }
    }

    @Test
    void postgres_sessions_startAlike() throws Exception {
        try (Server server = Server.postgres();
                KmsEmulator kms = DualAccounts.emulatorOf(server)) {
            server.instance().createAccount(ACCOUNT, DualAccounts.FIRST_PASSWORD);
            server.asAdministrator(
                    "ALTER ROLE orders SET statement_timeout TO '5s'",
                    "ALTER ROLE orders SET search_path TO archive, public",
                    "ALTER ROLE orders IN DATABASE shop SET lock_timeout TO '3s'");

            assertSessions(
                    DualAccounts.startWith(kms, server, ACCOUNT),
                    "SELECT concat_ws(' ', current_user, current_setting('statement_timeout'),"
                            + " current_setting('search_path'), current_setting('lock_timeout'))",
                    "orders 5s archive, public 3s");
        }
    }

    @Test
    void mariaDb_everyStatement_isAllowedOrDeniedToBoth() throws Exception {
        try (Server server = Server.mariaDb();
                KmsEmulator kms = DualAccounts.emulatorOf(server)) {
            server.instance()
                    .createAccount(ACCOUNT, DualAccounts.FIRST_PASSWORD, AccountPrivilege.READ_ONLY.on("archive"));
            server.asAdministrator(
                    "USE shop",
                    "CREATE ROLE packers",
                    "CREATE USER auditors",
                    "CREATE TABLE goods (id int, name text, cost int)",
                    "GRANT SELECT (id, name), UPDATE (name) ON goods TO orders",
                    "CREATE TABLE offers (id int)",
                    "GRANT SELECT ON offers TO orders WITH GRANT OPTION",
                    "CREATE TABLE parcels (id int)",
                    "GRANT SELECT, DELETE ON parcels TO packers",
                    "GRANT packers TO orders",
                    "SET DEFAULT ROLE packers FOR orders",
                    "CREATE ROLE night_shift",
                    "GRANT night_shift TO orders WITH ADMIN OPTION",
                    "GRANT INSERT ON parcels TO night_shift",
                    "CREATE TABLE wages (id int)",
                    "CREATE SEQUENCE numbers",
                    "GRANT SELECT, INSERT ON numbers TO orders",
                    "CREATE SEQUENCE secret_numbers",
                    "CREATE FUNCTION discount() RETURNS int RETURN 1",
                    "CREATE FUNCTION payout() RETURNS int RETURN 1",
                    "GRANT EXECUTE ON FUNCTION discount TO orders",
                    "CREATE DATABASE archive",
                    "CREATE TABLE archive.past (id int)");

            assertSame(DualAccounts.startWith(kms, server, ACCOUNT), """
                    allowed | SELECT id, name FROM shop.goods
                    denied  | SELECT cost FROM shop.goods
                    allowed | UPDATE shop.goods SET name = 'x'
                    denied  | UPDATE shop.goods SET cost = 1
                    denied  | DELETE FROM shop.goods
                    denied  | ALTER TABLE shop.goods ADD COLUMN x int
                    denied  | GRANT SELECT (id) ON shop.goods TO auditors
                    allowed | GRANT SELECT ON shop.offers TO auditors
                    denied  | GRANT INSERT ON shop.offers TO auditors
                    allowed | DELETE FROM shop.parcels
                    denied  | INSERT INTO shop.parcels VALUES (1)
                    denied  | GRANT packers TO auditors
                    allowed | GRANT night_shift TO auditors
                    allowed | SET ROLE night_shift
                    denied  | SELECT * FROM shop.wages
                    allowed | SELECT NEXTVAL(shop.numbers)
                    denied  | ALTER SEQUENCE shop.numbers INCREMENT BY 2
                    denied  | SELECT NEXTVAL(shop.secret_numbers)
                    allowed | SELECT shop.discount()
                    denied  | SELECT shop.payout()
                    allowed | SELECT * FROM archive.past
                    denied  | INSERT INTO archive.past VALUES (1)
                    denied  | CREATE TABLE archive.x (id int)
                    denied  | CREATE DATABASE x
                    denied  | CREATE USER x
                    denied  | CREATE ROLE x
                    denied  | ALTER USER orders ACCOUNT LOCK
                    denied  | ALTER USER orders_clone ACCOUNT LOCK
                    denied  | DROP USER auditors
                    denied  | SET ROLE rds_admin
                    denied  | SELECT * FROM mysql.global_priv
                    denied  | SET GLOBAL max_connections = 9
                    """);
        }
    }

    @Test
    void mariaDb_sessions_startAlike() throws Exception {
        try (Server server = Server.mariaDb();
                KmsEmulator kms = DualAccounts.emulatorOf(server)) {
            server.instance().createAccount(ACCOUNT, DualAccounts.FIRST_PASSWORD);
            server.asAdministrator(
                    "CREATE ROLE packers",
                    "GRANT packers TO orders",
                    "SET DEFAULT ROLE packers FOR orders",
                    "ALTER USER orders WITH MAX_STATEMENT_TIME 5 MAX_USER_CONNECTIONS 7");

            assertSessions(
                    DualAccounts.startWith(kms, server, ACCOUNT),
                    "SELECT CONCAT_WS(' ', CURRENT_ROLE(), @@max_statement_time, @@max_user_connections)",
                    "packers 5.000000 7");
        }
    }

    /** @param notAtFirst statements that mean nothing before there is a second account */
    private static void assertSame(DualAccounts accounts, String table, String... notAtFirst) throws Exception {
        List<String> statements =
                table.lines().map(line -> line.split(" \\| ", 2)[1]).toList();
        Map<String, List<String>> verdicts = new LinkedHashMap<>();
        statements.forEach(statement -> verdicts.put(statement, new ArrayList<>()));

        List<String> first = new ArrayList<>(statements);
        first.removeAll(List.of(notAtFirst));
        judge(verdicts, first, accounts.current());
        for (int rotation = 1; rotation <= 2; rotation++) {
            accounts.rotate();
            judge(verdicts, statements, accounts.current());
            judge(verdicts, statements, accounts.previous());
        }

        StringBuilder found = new StringBuilder();
        verdicts.forEach((statement, ofEach) -> found.append("%-7s | %s%n"
                .formatted(ofEach.stream().distinct().count() == 1 ? ofEach.get(0) : ofEach.toString(), statement)));
        assertThat(found.toString().replace(System.lineSeparator(), "\n")).isEqualTo(table);
    }

    private static void judge(Map<String, List<String>> verdicts, List<String> statements, Login login)
            throws SQLException {
        List<Boolean> allowed = login.may(statements);
        for (int i = 0; i < statements.size(); i++) {
            verdicts.get(statements.get(i)).add(allowed.get(i) ? "allowed" : "denied");
        }
    }

    private static void assertSessions(DualAccounts accounts, String question, String answer) throws Exception {
        assertThat(accounts.current().query(question)).containsExactly(answer);
        for (int rotation = 1; rotation <= 2; rotation++) {
            accounts.rotate();
            assertThat(accounts.current().query(question)).containsExactly(answer);
            assertThat(accounts.previous().query(question)).containsExactly(answer);
        }
    }
}
