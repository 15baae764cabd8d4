package dev.tumbler.emulator.rds;

import static dev.tumbler.emulator.rds.AccountPrivilege.DDL_ONLY;
import static dev.tumbler.emulator.rds.AccountPrivilege.DML_ONLY;
import static dev.tumbler.emulator.rds.AccountPrivilege.READ_ONLY;
import static dev.tumbler.emulator.rds.AccountPrivilege.READ_WRITE;
import static dev.tumbler.emulator.rds.RdsAssertions.assertNotExpressible;
import static dev.tumbler.emulator.rds.RdsAssertions.assertRdsException;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.testing.RealMariaDb;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class MariaDbRdsInstanceTest implements RdsInstanceContract {
    private static RealMariaDb mariaDb;
    private static RdsInstance instance;

    @BeforeAll
    static void start() {
        mariaDb = RealMariaDb.start();
        instance = RdsInstance.jdbc(RdsEngine.MARIADB, mariaDb.url(), RealMariaDb.ADMIN, RealMariaDb.ADMIN_PASSWORD);
    }

    @AfterAll
    static void stop() {
        mariaDb.close();
    }

    @Override
    public RdsInstance instance() {
        return instance;
    }

    @Nested
    class Clone {
        // As short as a name must be that gets a clone.
        private final String account = RdsInstanceContract.newName().replace("contract", "c");
        private final String clone = account + "_clone";

        @Test
        void cloneAccount_migrationsByEither_canBeAlteredAndDroppedByTheOther() throws Exception {
            instance.createAccount(account, PASSWORD, READ_WRITE.on("shop"));
            instance.cloneAccount(account, clone, OTHER_PASSWORD);
            String table = "t_" + account;

            as(account, PASSWORD, "CREATE TABLE " + table + " (id int)", "CREATE VIEW v_" + table + " AS SELECT 1");
            as(
                    clone,
                    OTHER_PASSWORD,
                    "ALTER TABLE " + table + " ADD COLUMN note text",
                    "DROP TABLE " + table,
                    "DROP VIEW v_" + table);
            as(
                    clone,
                    OTHER_PASSWORD,
                    "CREATE TABLE " + table + " (id int)",
                    "CREATE SEQUENCE s_" + table,
                    "CREATE FUNCTION f_" + table + "() RETURNS int RETURN 1");
            as(
                    account,
                    PASSWORD,
                    "ALTER TABLE " + table + " ADD COLUMN note text",
                    "DROP TABLE " + table,
                    "ALTER SEQUENCE s_" + table + " INCREMENT BY 2",
                    "DROP SEQUENCE s_" + table,
                    "ALTER FUNCTION f_" + table + " COMMENT 'changed'",
                    "DROP FUNCTION f_" + table);
        }

        @Test
        void cloneAccount_grantsOfEveryKind_areCopiedForEveryHost() throws Exception {
            String role = "role_" + account;
            mariaDb.execute(
                    "CREATE TABLE IF NOT EXISTS kinds (id int, `odd``, col` int)",
                    "CREATE OR REPLACE PROCEDURE kind_of() SELECT 1",
                    "CREATE ROLE " + role,
                    "CREATE USER " + account + "@'%' IDENTIFIED BY 'x' REQUIRE SSL WITH MAX_QUERIES_PER_HOUR 7000"
                            + " MAX_USER_CONNECTIONS 30 MAX_STATEMENT_TIME 12.5",
                    "CREATE USER " + account
                            + "@'10.%' IDENTIFIED BY 'y' REQUIRE SUBJECT '/CN=it''s\\\\me' AND ISSUER '/CN=ca'",
                    "GRANT PROCESS ON *.* TO " + account + "@'%'",
                    "GRANT SELECT, INSERT ON shop.* TO " + account + "@'%' WITH GRANT OPTION",
                    "GRANT SELECT (id), UPDATE (id, `odd``, col`) ON shop.kinds TO " + account + "@'%'",
                    "GRANT EXECUTE ON PROCEDURE shop.kind_of TO " + account + "@'%'",
                    "GRANT " + role + " TO " + account + "@'%' WITH ADMIN OPTION",
                    "SET DEFAULT ROLE " + role + " FOR " + account + "@'%'",
                    "GRANT DELETE ON `sh\\_p`.* TO " + account + "@'10.%'");

            instance.cloneAccount(account, clone, OTHER_PASSWORD);

            for (String host : List.of("%", "10.%")) {
                List<String> copied = grantsOf(clone, host);
                assertThat(copied).hasSizeGreaterThan(1).isEqualTo(grantsOf(account, host));
                assertThat(userOf(clone, host)).isEqualTo(userOf(account, host));
            }
            assertThat(grantsOf(clone, "%")).hasSize(6);
            assertThat(instance.permissions(clone)).isEqualTo(instance.permissions(account));
        }

        @Test
        void cloneAccount_existingCloneThatDiffers_isBroughtInLine() throws Exception {
            instance.createAccount(account, PASSWORD, READ_ONLY.on("shop"));
            instance.createAccount(clone, PASSWORD, READ_WRITE.on("shop"), DML_ONLY.on("other"));
            String role = "role_" + account;
            mariaDb.execute(
                    "CREATE ROLE " + role,
                    "GRANT " + role + " TO " + clone,
                    "SET DEFAULT ROLE " + role + " FOR " + clone,
                    "GRANT RELOAD ON *.* TO " + clone + " WITH GRANT OPTION",
                    "ALTER USER " + clone + " REQUIRE X509 WITH MAX_USER_CONNECTIONS 1 ACCOUNT LOCK",
                    "CREATE USER " + clone + "@localhost IDENTIFIED BY 'other'");

            instance.cloneAccount(account, clone, OTHER_PASSWORD);
            instance.cloneAccount(account, clone, OTHER_PASSWORD);

            assertThat(instance.acceptsLogin(clone, OTHER_PASSWORD)).isTrue();
            assertThat(instance.permissions(clone)).isEqualTo(instance.permissions(account));
            assertThat(grantsOf(clone, "%")).isEqualTo(grantsOf(account, "%"));
        }

        @Test
        void cloneAccount_repeatedWhileTheCloneWorks_takesNothingAwayMeanwhile() throws Exception {
            instance.createAccount(account, PASSWORD, READ_WRITE.on("shop"));
            instance.cloneAccount(account, clone, OTHER_PASSWORD);
            mariaDb.execute("SET GLOBAL general_log = ON");

            instance.cloneAccount(account, clone, PASSWORD);

            mariaDb.execute("SET GLOBAL general_log = OFF");
            assertThat(mariaDb.log().lines().filter(line -> line.contains("`" + clone + "`")))
                    .anyMatch(line -> line.contains("ALTER USER"))
                    .noneMatch(line -> line.contains("REVOKE") || line.contains("DROP"));
        }

        @Test
        void cloneAccount_moreThanTheAdministratorMayGrant_isDeniedAndLeavesNothing() throws Exception {
            instance.createAccount(account, PASSWORD, READ_WRITE.on("shop"));
            mariaDb.execute(
                    "CREATE USER IF NOT EXISTS weak_admin IDENTIFIED BY 'Weak-adm1n'",
                    "GRANT CREATE USER ON *.* TO weak_admin",
                    "GRANT SELECT ON mysql.* TO weak_admin");
            RdsInstance weak = RdsInstance.jdbc(
                    RdsEngine.MARIADB, mariaDb.url().replace("/shop", "/mysql"), "weak_admin", "Weak-adm1n");

            assertRdsException(
                            () -> weak.cloneAccount(account, clone, OTHER_PASSWORD),
                            RdsException.Reason.PERMISSION_DENIED)
                    .hasMessageContainingAll(
                            "Could not clone account \"" + account + "\" as \"" + clone + "\"",
                            "The administrator \"weak_admin\" needs CREATE USER",
                            "WITH GRANT OPTION");

            assertThat(instance.hasAccount(clone)).isFalse();
        }

        @Test
        void cloneAccount_roleOfThatName_isNoAccount() throws Exception {
            mariaDb.execute("CREATE ROLE " + account);

            assertThat(instance.hasAccount(account)).isFalse();
            assertRdsException(
                    () -> instance.cloneAccount(account, clone, OTHER_PASSWORD), RdsException.Reason.ACCOUNT_NOT_FOUND);
        }
    }

    @Nested
    class Privileges {
        private final String account = RdsInstanceContract.newName();

        @Test
        void grant_underscoreInADatabaseName_grantsThatDatabaseOnly() throws Exception {
            mariaDb.execute("CREATE DATABASE IF NOT EXISTS a_b", "CREATE DATABASE IF NOT EXISTS axb");
            instance.createAccount(account, PASSWORD, READ_WRITE.on("a_b"), READ_ONLY.on("shop"));

            as(account, PASSWORD, "CREATE TABLE a_b.t_" + account + " (id int)");
            assertThatThrownBy(() -> as(account, PASSWORD, "CREATE TABLE axb.t_" + account + " (id int)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("denied");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                back`tick | back_tick
                per%cent  | perXcent
                under_    | underX
                it's; --  | it_s; --
                "quoted"  | _quoted_
                """)
        void grant_hostileDatabaseName_isOfExactlyThatDatabase(String database, String other) throws Exception {
            for (String name : List.of(database, other)) {
                mariaDb.execute(
                        "CREATE DATABASE `" + name.replace("`", "``") + "`",
                        "CREATE TABLE `" + name.replace("`", "``") + "`.t (id int)");
            }
            instance.createAccount(account, PASSWORD, READ_ONLY.on("shop"), READ_ONLY.on(database));

            assertThat(may("SELECT * FROM `" + database.replace("`", "``") + "`.t"))
                    .isTrue();
            assertThat(may("SELECT * FROM `" + other.replace("`", "``") + "`.t"))
                    .isFalse();
        }

        @Test
        void grant_databaseNameThatTheServerWouldCut_isRefused() throws Exception {
            instance.createAccount(account, PASSWORD, READ_ONLY.on("_".repeat(32)));

            for (String database : List.of("x".repeat(65), "_".repeat(33))) {
                assertRdsException(
                                () -> instance.grant(account, READ_WRITE.on(database)),
                                RdsException.Reason.INVALID_PRIVILEGE)
                        .hasMessageContaining("after 64 characters");
            }
            assertThat(grantsOf(account, "%")).hasSize(2).noneMatch(grant -> grant.contains("INSERT"));
        }

        @ParameterizedTest
        @CsvSource({
            "READ_ONLY, true, false, false",
            "DML_ONLY, true, true, false",
            "DDL_ONLY, false, false, true",
            "READ_WRITE, true, true, true"
        })
        void grant_eachPrivilege_allowsWhatItSays(
                AccountPrivilege privilege, boolean reads, boolean writes, boolean defines) throws Exception {
            mariaDb.execute("CREATE TABLE IF NOT EXISTS stock (id int)");
            instance.createAccount(account, PASSWORD, privilege.on("shop"));

            assertThat(may("SELECT * FROM stock")).isEqualTo(reads);
            assertThat(may("INSERT INTO stock VALUES (1)")).isEqualTo(writes);
            assertThat(may("CREATE TABLE t_" + account + " (id int)")).isEqualTo(defines);
        }

        @Test
        void permissions_accountsThatDiffer_sayWhere() throws Exception {
            instance.createAccount(account, PASSWORD, DDL_ONLY.on("shop"));
            instance.cloneAccount(account, account + "_clone", OTHER_PASSWORD);
            mariaDb.execute("GRANT DELETE ON shop.* TO " + account + "_clone WITH GRANT OPTION");

            assertThat(instance.permissions(account))
                    .anyMatch(p -> p.startsWith("GRANT CREATE, DROP,") && p.endsWith(" ON `shop`.* from %"));
            assertThat(instance.permissions(account + "_clone"))
                    .anyMatch(p -> p.startsWith("GRANT DELETE, CREATE, DROP,")
                            && p.endsWith(" ON `shop`.* WITH GRANT OPTION from %"))
                    .noneMatch(p -> p.contains("*" + MariaDbDialect.hash(OTHER_PASSWORD)));
        }

        private boolean may(String statement) throws SQLException {
            try {
                as(account, PASSWORD, statement);
                return true;
            } catch (SQLException e) {
                assertThat(e.getErrorCode()).isIn(1142, 1044);
                return false;
            }
        }
    }

    @Nested
    class Names {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Mixed Case",
                    "double\"quote\"\"s",
                    "single'quote''s",
                    "back`tick``s`@`localhost",
                    "x'; DROP USER rds_admin; -- ",
                    "x`; DROP USER rds_admin; -- -",
                    "back\\slash\\'",
                    "backslash at the end\\",
                    "braces {d '2000-01-01'} ?",
                    "/*! comment */ # --",
                    "$$ $1 %s :name",
                    "at@sign@%",
                    " TO x WITH GRANT OPTION",
                    "line\nbreak\ttab",
                    "ünïcödé 名前",
                    "_%",
                })
        void everyOperation_hostileNamesInEverySqlMode_actOnExactlyThatAccount(String name) throws Exception {
            String source = name.stripTrailing();
            String clone = source + '~';
            for (String mode : List.of("", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES", "ORACLE")) {
                mariaDb.execute("SET GLOBAL sql_mode = '" + mode + "'");
                try {
                    mariaDb.execute(
                            "CREATE USER `" + source.replace("`", "``") + "`@`%` IDENTIFIED BY 'x'",
                            "GRANT SELECT ON shop.* TO `" + source.replace("`", "``") + "`@`%` WITH GRANT OPTION");
                    List<String> before = users();

                    instance.resetPassword(source, PASSWORD);
                    instance.cloneAccount(source, clone, OTHER_PASSWORD);

                    assertThat(instance.hasAccount(source)).isTrue();
                    assertThat(instance.acceptsLogin(source, PASSWORD)).isTrue();
                    assertThat(query(mariaDb.connect(clone, OTHER_PASSWORD), "SELECT CURRENT_USER()"))
                            .containsExactly(clone + "@%");
                    assertThat(instance.permissions(clone))
                            .isEqualTo(instance.permissions(source))
                            .contains("GRANT SELECT ON `shop`.* WITH GRANT OPTION from %");
                    instance.deleteAccount(clone);
                    assertThat(users()).isEqualTo(before).contains(source);
                    instance.deleteAccount(source);
                    assertThat(instance.hasAccount(source)).isFalse();
                } finally {
                    mariaDb.execute("SET GLOBAL sql_mode = DEFAULT");
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "nul\u0000byte", "half \ud800 pair", "😀", "trailing space "})
        void everyOperation_namesThatTheServerCannotTake_areRefused(String name) {
            assertNotExpressible(instance, name);
        }

        @Test
        void everyOperation_nameThatTheServerWouldCut_isRefused() throws Exception {
            String longest = "c".repeat(128);
            mariaDb.execute("CREATE USER " + longest + " IDENTIFIED BY 'x'");
            instance.resetPassword(longest, PASSWORD);

            assertNotExpressible(instance, longest + "c");

            assertThat(instance.acceptsLogin(longest, PASSWORD)).isTrue();
        }
    }

    @Nested
    class Login {
        private final String account = RdsInstanceContract.newName();

        @Test
        void resetPassword_severalHosts_changesEach() throws Exception {
            instance.createAccount(account, PASSWORD);
            mariaDb.execute("CREATE USER " + account + "@localhost IDENTIFIED BY 'x'");
            mariaDb.execute("CREATE USER " + account + "@'127.0.0.%' IDENTIFIED BY 'y'");
            assertThat(instance.acceptsLogin(account, PASSWORD)).isFalse();

            instance.resetPassword(account, OTHER_PASSWORD);

            assertThat(instance.acceptsLogin(account, OTHER_PASSWORD)).isTrue();
            assertThat(query(
                            admin(),
                            "SELECT DISTINCT authentication_string FROM mysql.user WHERE User = '" + account + "'"))
                    .hasSize(1);
            instance.deleteAccount(account);
            assertThat(users()).doesNotContain(account);
        }

        @Test
        void resetPassword_openSession_goesOn() throws Exception {
            instance.createAccount(account, PASSWORD, READ_ONLY.on("shop"));
            try (Connection session = mariaDb.connect(account, PASSWORD)) {
                instance.resetPassword(account, OTHER_PASSWORD);

                assertThat(session.isValid(5)).isTrue();
            }
        }

        @Test
        void hash_password_isTheServersOwn() throws Exception {
            assertThat(query(admin(), "SELECT PASSWORD('" + PASSWORD + "')"))
                    .containsExactly(MariaDbDialect.hash(PASSWORD));
        }

        @Test
        void acceptsLogin_lockedAccount_isFalse() throws Exception {
            instance.createAccount(account, PASSWORD);
            mariaDb.execute("ALTER USER " + account + " ACCOUNT LOCK");

            assertThat(instance.acceptsLogin(account, PASSWORD)).isFalse();
        }

        @Test
        void acceptsLogin_withAndWithoutADatabaseThatItMayUse_isTrue() throws Exception {
            instance.createAccount(account, PASSWORD);
            RdsInstance noDatabase = RdsInstance.jdbc(
                    RdsEngine.MARIADB,
                    mariaDb.url().replace("/shop", "/"),
                    RealMariaDb.ADMIN,
                    RealMariaDb.ADMIN_PASSWORD);

            assertThat(instance.acceptsLogin(account, PASSWORD)).isTrue();
            assertThat(noDatabase.acceptsLogin(account, PASSWORD)).isTrue();
            assertThat(noDatabase.acceptsLogin(account, OTHER_PASSWORD)).isFalse();
        }

        @Test
        void acceptsLogin_severalHostsInTheUrl_knowsARefusal() {
            instance.createAccount(account, PASSWORD);
            String address = "127.0.0.1:" + mariaDb.port();
            RdsInstance several = RdsInstance.jdbc(
                    RdsEngine.MARIADB,
                    "jdbc:mariadb:sequential://" + address + "," + address + "/?sslMode=disable",
                    RealMariaDb.ADMIN,
                    RealMariaDb.ADMIN_PASSWORD);

            assertThat(several.location()).isEqualTo("MariaDB at " + address + "," + address);
            assertThat(several.acceptsLogin(account, PASSWORD)).isTrue();
            assertThat(several.acceptsLogin(account, OTHER_PASSWORD)).isFalse();
        }

        @Test
        void acceptsLogin_tooManyConnections_isUnavailable() throws Exception {
            instance.createAccount(account, PASSWORD);
            mariaDb.execute("ALTER USER " + account + " WITH MAX_USER_CONNECTIONS 1");
            RdsInstance noDatabase = RdsInstance.jdbc(
                    RdsEngine.MARIADB,
                    mariaDb.url().replace("/shop", "/"),
                    RealMariaDb.ADMIN,
                    RealMariaDb.ADMIN_PASSWORD);
            try (Connection only =
                    DriverManager.getConnection(mariaDb.url().replace("/shop", "/"), account, PASSWORD)) {
                assertThat(only.isValid(5)).isTrue();

                assertRdsException(() -> noDatabase.acceptsLogin(account, PASSWORD), RdsException.Reason.UNAVAILABLE)
                        .hasMessageStartingWith(
                                "Could not log in as account \"" + account + "\" on " + instance.location());
            }
        }

        @Test
        void everyOperation_databaseDown_isUnavailable() throws Exception {
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            RdsInstance down = RdsInstance.jdbc(
                    RdsEngine.MARIADB, "jdbc:mariadb://127.0.0.1:" + port + "/shop", "admin", PASSWORD);

            for (Runnable operation : List.<Runnable>of(
                    () -> down.createAccount("orders", PASSWORD),
                    () -> down.resetPassword("orders", PASSWORD),
                    () -> down.cloneAccount("base", "orders", PASSWORD),
                    () -> down.deleteAccount("orders"),
                    () -> down.hasAccount("orders"),
                    () -> down.permissions("orders"),
                    () -> down.grant("orders", READ_ONLY.on("shop")),
                    () -> down.acceptsLogin("orders", PASSWORD))) {
                assertRdsException(operation::run, RdsException.Reason.UNAVAILABLE)
                        .hasMessageContaining("\"orders\" on MariaDB at 127.0.0.1:" + port + ": ");
            }
        }

        @Test
        void anyOperation_serverThatNeverAnswers_givesUp() throws Exception {
            // Its backlog takes the connections; nobody accepts them.
            try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                RdsInstance hanging = JdbcRdsInstance.connectedTo(
                        RdsEngine.MARIADB,
                        "jdbc:mariadb://127.0.0.1:" + silent.getLocalPort() + "/shop",
                        "admin",
                        PASSWORD,
                        Duration.ofSeconds(1));

                assertRdsException(() -> hanging.resetPassword("orders", PASSWORD), RdsException.Reason.UNAVAILABLE);
                assertRdsException(() -> hanging.acceptsLogin("orders", PASSWORD), RdsException.Reason.UNAVAILABLE);
            }
        }
    }

    @Nested
    class Administrator {
        @Test
        void everyChange_wrongAdminPassword_isPermissionDenied() {
            RdsInstance wrong = RdsInstance.jdbc(RdsEngine.MARIADB, mariaDb.url(), RealMariaDb.ADMIN, "wrong-password");

            assertRdsException(() -> wrong.resetPassword("orders", PASSWORD), RdsException.Reason.PERMISSION_DENIED)
                    .hasMessageContainingAll(
                            "Could not reset the password of account \"orders\" on " + wrong.location(),
                            "error 1045, SQLState 28000",
                            "The administrator \"rds_admin\" may not log in");
        }

        @Test
        void createAccount_withoutCreateUser_isPermissionDenied() throws Exception {
            mariaDb.execute(
                    "CREATE USER IF NOT EXISTS reader IDENTIFIED BY 'Read-0nly'", "GRANT SELECT ON *.* TO reader");
            RdsInstance reader = RdsInstance.jdbc(RdsEngine.MARIADB, mariaDb.url(), "reader", "Read-0nly");

            assertRdsException(
                            () -> reader.createAccount(RdsInstanceContract.newName(), PASSWORD),
                            RdsException.Reason.PERMISSION_DENIED)
                    .hasMessageContaining("The administrator \"reader\" needs CREATE USER");
        }

        @Test
        void attach_realServer_passesTheProbeAndLeavesNoAccount() throws Exception {
            new RdsInstances().attach("rm-orders", instance);

            assertThat(users()).noneMatch(user -> user.startsWith("tumbler_"));
        }
    }

    @Test
    void everyOperation_from32Threads_neverFails() throws Exception {
        String stable = RdsInstanceContract.newName();
        String busy = RdsInstanceContract.newName();
        instance.createAccount(stable, PASSWORD, READ_WRITE.on("shop"));
        instance.createAccount(busy, PASSWORD);

        RdsInstanceUnderThreads.use(instance, stable, busy);

        assertThat(instance.acceptsLogin(stable + "_clone", OTHER_PASSWORD)).isTrue();
        assertThat(instance.permissions(stable + "_clone")).isEqualTo(instance.permissions(stable));
    }

    private static void as(String user, String password, String... statements) throws SQLException {
        try (Connection connection = mariaDb.connect(user, password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> users() throws SQLException {
        return query(admin(), "SELECT User FROM mysql.user ORDER BY User, Host");
    }

    /** Without the account's name and its password's hash. */
    private static List<String> grantsOf(String account, String host) throws SQLException {
        return query(admin(), "SHOW GRANTS FOR `" + account + "`@`" + host + "`").stream()
                .map(grant -> grant.replace("`" + account + "`", "`…`").replaceAll("\\*[0-9A-F]{40}", "*"))
                .toList();
    }

    private static List<String> userOf(String account, String host) throws SQLException {
        return query(admin(), "SHOW CREATE USER `" + account + "`@`" + host + "`").stream()
                .map(create -> create.replace("`" + account + "`", "`…`").replaceAll("\\*[0-9A-F]{40}", "*"))
                .toList();
    }

    private static Connection admin() throws SQLException {
        return mariaDb.connect(RealMariaDb.ADMIN, RealMariaDb.ADMIN_PASSWORD);
    }

    private static List<String> query(Connection opened, String sql) throws SQLException {
        try (Connection connection = opened;
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
