package dev.tumbler.emulator.rds;

import static dev.tumbler.emulator.rds.RdsAssertions.assertRdsException;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.rds.MySqlFamilyDialect.Account;
import dev.tumbler.emulator.rds.MySqlFamilyDialect.Grant;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to MySQL. {@link RealServerContractTest} says it to a real one, if there is one. */
class MySqlDialectTest {
    private static final String PASSWORD = "Contract-passw0rd";
    private static final String USER_COLUMNS =
            "Host,ssl_type,ssl_cipher,x509_issuer,x509_subject,max_questions,max_updates,max_connections,max_user_connections";
    private static final String NO_LIMITS =
            " REQUIRE NONE WITH MAX_QUERIES_PER_HOUR 0 MAX_UPDATES_PER_HOUR 0 MAX_CONNECTIONS_PER_HOUR 0 MAX_USER_CONNECTIONS 0";

    private final ScriptedServer server = new ScriptedServer(8);
    private final RdsInstance instance = instance(server);

    private static RdsInstance instance(ScriptedServer server) {
        return new JdbcRdsInstance(
                new MySqlDialect(),
                server,
                "jdbc:mysql://db.internal/shop",
                "admin",
                "Adm1n-password",
                Duration.ofSeconds(10));
    }

    @Test
    void createAccount_newName_isForEveryHost() {
        instance.createAccount("Orders", PASSWORD);

        assertThat(server.statements())
                .containsExactly(
                        "SET SESSION sql_mode = '', SESSION sql_quote_show_create = 1",
                        "CREATE USER `Orders`@`%` IDENTIFIED BY 'Contract-passw0rd'");
        assertThat(server.lastProperties())
                .containsEntry("connectTimeout", "10000")
                .containsEntry("socketTimeout", "10000")
                .containsEntry("dumpQueriesOnException", "false");
    }

    @Test
    void createAccount_onVersion5_letsNoGrantCreateAccounts() {
        ScriptedServer old = new ScriptedServer(5);
        old.answer("FROM mysql.user", List.of("orders"), USER_COLUMNS, entry("%"));

        instance(old).resetPassword("orders", PASSWORD);

        assertThat(old.statements())
                .containsExactly(
                        "SET SESSION sql_mode = 'NO_AUTO_CREATE_USER', SESSION sql_quote_show_create = 1",
                        "ALTER USER `orders`@`%` IDENTIFIED BY 'Contract-passw0rd'");
    }

    @Test
    void resetPassword_severalHosts_changesEachInOneStatement() {
        server.answer("FROM mysql.user", List.of("a`b"), USER_COLUMNS, entry("%"), entry("10.%"));

        instance.resetPassword("a`b", PASSWORD);

        assertThat(server.statements())
                .endsWith(
                        "ALTER USER `a``b`@`%` IDENTIFIED BY 'Contract-passw0rd', `a``b`@`10.%` IDENTIFIED BY 'Contract-passw0rd'");
    }

    @Test
    void cloneAccount_newClone_getsGrantsRolesAndDefaultRoles() {
        server.answer("FROM mysql.user", List.of("orders"), USER_COLUMNS, new Object[] {
                    "%", "SPECIFIED", "", "/CN=ca", "/CN=o'r\\d", 1L, 2L, 3L, 4L
                })
                .answer(
                        "FROM mysql.default_roles",
                        List.of("orders"),
                        "HOST,DEFAULT_ROLE_USER,DEFAULT_ROLE_HOST",
                        new Object[] {"%", "app", "%"},
                        new Object[] {"%", "audit", "%"})
                .answer(
                        "SHOW GRANTS FOR `orders`@`%`",
                        List.of(),
                        "Grants",
                        new Object[] {"GRANT USAGE ON *.* TO `orders`@`%`"},
                        new Object[] {"GRANT BACKUP_ADMIN ON *.* TO `orders`@`%` WITH GRANT OPTION"},
                        new Object[] {"GRANT SELECT (`id`, ` TO `) ON `shop`.`t` TO `orders`@`%`"},
                        new Object[] {"REVOKE INSERT ON `audit`.* FROM `orders`@`%`"},
                        new Object[] {"GRANT `app`@`%`,`audit`@`%` TO `orders`@`%`"});

        instance.cloneAccount("orders", "orders_clone", PASSWORD);

        List<String> statements = server.statements();
        assertThat(statements.get(1))
                .startsWith("CREATE USER `orders_clone`@`%` IDENTIFIED BY '")
                .doesNotContain(PASSWORD)
                .endsWith(
                        "' REQUIRE ISSUER '/CN=ca' AND SUBJECT '/CN=o''r\\\\d' WITH MAX_QUERIES_PER_HOUR 1 MAX_UPDATES_PER_HOUR 2 MAX_CONNECTIONS_PER_HOUR 3 MAX_USER_CONNECTIONS 4");
        assertThat(statements.subList(2, statements.size()))
                .startsWith(
                        "REVOKE ALL PRIVILEGES, GRANT OPTION FROM `orders_clone`@`%`",
                        "GRANT USAGE ON *.* TO `orders_clone`@`%`",
                        "GRANT BACKUP_ADMIN ON *.* TO `orders_clone`@`%` WITH GRANT OPTION",
                        "GRANT SELECT (` TO `, `id`) ON `shop`.`t` TO `orders_clone`@`%`",
                        "REVOKE INSERT ON `audit`.* FROM `orders_clone`@`%`",
                        "GRANT `app`@`%`,`audit`@`%` TO `orders_clone`@`%`",
                        "ALTER USER `orders_clone`@`%` DEFAULT ROLE `app`@`%`, `audit`@`%`");
    }

    @Test
    void cloneAccount_existingClone_losesRolesAndHostsThatTheSourceHasNot() {
        server.answer("FROM mysql.user", List.of("orders"), USER_COLUMNS, entry("%"))
                .answer("FROM mysql.user", List.of("orders_clone"), USER_COLUMNS, entry("%"), entry("localhost"))
                .answer(
                        "SHOW GRANTS FOR `orders_clone`@`%`",
                        List.of(), "Grants", new Object[] {"GRANT `dba`@`%` TO `orders_clone`@`%` WITH ADMIN OPTION"});

        instance.cloneAccount("orders", "orders_clone", PASSWORD);

        assertThat(server.statements())
                .endsWith(
                        "ALTER USER `orders_clone`@`%`" + NO_LIMITS + " ACCOUNT UNLOCK",
                        "REVOKE ALL PRIVILEGES, GRANT OPTION FROM `orders_clone`@`%`",
                        "REVOKE `dba`@`%` FROM `orders_clone`@`%`",
                        "ALTER USER `orders_clone`@`%` DEFAULT ROLE NONE",
                        "DROP USER `orders_clone`@`localhost`",
                        "ALTER USER `orders_clone`@`%` IDENTIFIED BY 'Contract-passw0rd', `orders_clone`@`localhost` IDENTIFIED BY 'Contract-passw0rd'");
    }

    @Test
    void cloneAccount_thatFailsHalfway_dropsWhatItCreated() {
        server.answer("FROM mysql.user", List.of("orders"), USER_COLUMNS, entry("%"), entry("10.%"))
                .answer(
                        "SHOW GRANTS FOR `orders`@`10.%`",
                        List.of(), "Grants", new Object[] {"GRANT SUPER ON *.* TO `orders`@`10.%`"})
                .failOn("GRANT SUPER", 1227, "Access denied; you need (at least one of) the SUPER privilege(s)");

        assertRdsException(
                () -> instance.cloneAccount("orders", "orders_clone", PASSWORD), RdsException.Reason.PERMISSION_DENIED);

        assertThat(server.statements()).endsWith("DROP USER `orders_clone`@`%`", "DROP USER `orders_clone`@`10.%`");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1396 | Operation CREATE USER failed for 'orders'@'%' | ACCOUNT_EXISTS",
                "1396 | Operation ALTER USER failed for 'orders'@'%' | ACCOUNT_NOT_FOUND",
                "1470 | String is too long for user name | INVALID_ACCOUNT_NAME",
                "1819 | Your password does not satisfy the policy | INVALID_PASSWORD",
                "1227 | Access denied | PERMISSION_DENIED",
                "1205 | Lock wait timeout exceeded | UNAVAILABLE"
            })
    void createAccount_errorOfTheServer_hasAReason(int errorCode, String message, RdsException.Reason reason) {
        server.failOn("CREATE USER", errorCode, message);

        assertRdsException(() -> instance.createAccount("orders", PASSWORD), reason)
                .hasMessageContaining(message + " (error " + errorCode + ", SQLState HY000)");
    }

    @ParameterizedTest
    @CsvSource({"1045, false", "1698, false", "3118, false", "4151, false", "1862, false", "1044, true"})
    void acceptsLogin_errorOfTheServer_saysWhetherThePasswordWasRight(int errorCode, boolean accepted) {
        server.refuse("plain", new SQLException("denied", "HY000", errorCode));
        server.refuse(
                "wrapped", new SQLException("no host left", "08000", new SQLException("denied", "HY000", errorCode)));

        assertThat(instance.acceptsLogin("plain", PASSWORD)).isEqualTo(accepted);
        assertThat(instance.acceptsLogin("wrapped", PASSWORD)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET DEFAULT ROLE `r` FOR `u`@`%`", "GRANT SELECT ON `shop`.* TO PUBLIC", "SELECT 1"})
    void grant_lineThatGrantsTheAccountNothing_isNone(String line) {
        assertThat(Grant.parse(line)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GRANT SELECT ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*23AE TO x WITH GRANT OPTION' | GRANT SELECT ON *.* TO `a`@`%`",
                "GRANT SELECT ON *.* TO 'u'@'%' IDENTIFIED BY PASSWORD '*23AE' REQUIRE SSL WITH GRANT OPTION | GRANT SELECT ON *.* TO `a`@`%` WITH GRANT OPTION",
                "GRANT ALL ON `x`` TO ``y`.* TO `u TO `@`%` WITH GRANT OPTION MAX_QUERIES_PER_HOUR 3 | GRANT ALL ON `x`` TO ``y`.* TO `a`@`%` WITH GRANT OPTION",
                "GRANT `r` TO `u`@`%` WITH ADMIN OPTION | GRANT `r` TO `a`@`%` WITH ADMIN OPTION",
                "GRANT PROXY ON ''@'%' TO 'root'@'localhost' WITH GRANT OPTION | GRANT PROXY ON ''@'%' TO `a`@`%` WITH GRANT OPTION",
                "GRANT SELECT (`b,)`, `a(`), UPDATE (`c`, `b`) ON `d`.`t` TO `u`@`%` | GRANT SELECT (`a(`, `b,)`), UPDATE (`b`, `c`) ON `d`.`t` TO `a`@`%`",
                "GRANT EXECUTE ON FUNCTION `d`.`f` TO `u\\`@`%` | GRANT EXECUTE ON FUNCTION `d`.`f` TO `a`@`%`"
            })
    void grant_lineOfShowGrants_isGivenToAnotherWithoutThePassword(String line, String expected) {
        assertThat(Grant.parse(line).grantedTo(new Account("a", "%"))).isEqualTo(expected);
    }

    private static Object[] entry(String host) {
        return new Object[] {host, "", "", "", "", 0L, 0L, 0L, 0L};
    }
}
