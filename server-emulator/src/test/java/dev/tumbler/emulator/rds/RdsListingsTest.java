package dev.tumbler.emulator.rds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.testing.RealMariaDb;
import dev.tumbler.emulator.testing.RealPostgres;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which accounts and databases an instance says that it has. */
@Timeout(120)
class RdsListingsTest {
    private static final String PASSWORD = "Contract-passw0rd";

    @Test
    void inMemory_accountsAndDatabases_areInOrder() {
        InMemoryRdsInstance instance = RdsInstance.inMemory(RdsEngine.MARIADB);
        instance.createPrivilegedAccount("chief", PASSWORD);
        instance.createAccount(
                "app", PASSWORD, AccountPrivilege.READ_ONLY.on("shop"), AccountPrivilege.DDL_ONLY.on("archive"));
        instance.createDatabase("empty");
        instance.createDatabase("shop");

        assertThat(lines(instance))
                .containsExactly("app Normal: DDLOnly on archive, ReadOnly on shop", "chief Super: ");
        assertThat(instance.databases()).containsExactly("archive", "empty", "shop");
        assertThat(instance.engineVersion()).contains("10.6");
    }

    @Test
    void postgres_owners_areThoseWhoActAsTheDatabasesOwner() throws Exception {
        try (RealPostgres postgres = RealPostgres.start()) {
            RdsInstance instance = RdsInstance.jdbc(
                    RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
            assertThat(instance.engineVersion()).isEmpty();
            postgres.execute(
                    "CREATE ROLE \"it's a\"\" name\" LOGIN",
                    "CREATE ROLE nobody_logs_in_as",
                    "CREATE DATABASE \"it's a database\" OWNER \"it's a\"\" name\"");
            instance.createAccount("orders", PASSWORD, AccountPrivilege.DB_OWNER.on("shop"));
            instance.cloneAccount("orders", "orders_clone", PASSWORD);
            instance.createAccount("reports", PASSWORD);
            postgres.execute(
                    "ALTER ROLE orders SET search_path = shop",
                    "ALTER ROLE orders IN DATABASE shop SET role = reports");

            assertThat(lines(instance))
                    .containsExactly(
                            "it's a\" name Normal: DBOwner on it's a database",
                            "orders Normal: DBOwner on shop",
                            "orders_clone Normal: DBOwner on shop",
                            "reports Normal: ");
            assertThat(instance.databases()).containsExactly("it's a database", "shop");
            assertThat(instance.engineVersion().orElseThrow()).startsWith("18.");
        }
    }

    @Test
    void mariaDb_privileges_areThoseOfTheApiOrCustom() throws Exception {
        try (RealMariaDb mariaDb = RealMariaDb.start()) {
            RdsInstance instance =
                    RdsInstance.jdbc(RdsEngine.MARIADB, mariaDb.url(), RealMariaDb.ADMIN, RealMariaDb.ADMIN_PASSWORD);
            mariaDb.execute(
                    "CREATE DATABASE `two_words`",
                    "CREATE ROLE nobody_logs_in_as",
                    "GRANT ALL ON `two\\_words`.* TO " + RealMariaDb.ADMIN + " WITH GRANT OPTION",
                    "CREATE USER `it's`@`10.%` IDENTIFIED BY '" + PASSWORD + "'",
                    "GRANT SELECT ON shop.* TO `it's`@`10.%`");
            for (AccountPrivilege privilege : RdsEngine.MARIADB.privileges()) {
                String name = privilege.wireName().toLowerCase(java.util.Locale.ROOT);
                instance.createAccount(name, PASSWORD, privilege.on("shop"));
            }
            instance.createAccount("both", PASSWORD, AccountPrivilege.READ_ONLY.on("two_words"));
            instance.grant("both", AccountPrivilege.READ_WRITE.on("shop"));
            instance.createAccount("none", PASSWORD);

            assertThat(lines(instance))
                    .containsExactly(
                            "both Normal: ReadWrite on shop, ReadOnly on two_words",
                            "ddlonly Normal: DDLOnly on shop",
                            "dmlonly Normal: DMLOnly on shop",
                            "it's Normal: Custom on shop",
                            "none Normal: ",
                            "readonly Normal: ReadOnly on shop",
                            "readwrite Normal: ReadWrite on shop");
            assertThat(instance.accounts().get(3).privileges())
                    .containsExactly(new RdsAccount.Granted("shop", "Custom", "SELECT"));
            assertThat(instance.databases()).contains("shop", "two_words").doesNotContain("mysql", "sys");
            assertThat(instance.engineVersion()).isPresent();
        }
    }

    @Test
    void mySql_accounts_leaveOutTheAdministrator() {
        ScriptedServer server = new ScriptedServer(8);
        server.answer(
                        "account_locked = 'N' AND Super_priv = 'N'",
                        List.of(),
                        "User",
                        row("orders"),
                        row("admin"),
                        row("orders"))
                .answer(
                        "information_schema.SCHEMA_PRIVILEGES",
                        List.of(),
                        "g,s,p",
                        row("'orders'@'%'", "my\\_shop", "SELECT"),
                        row("'orders'@'%'", "my\\_shop", "LOCK TABLES"),
                        row("'orders'@'10.%'", "my\\_shop", "SHOW VIEW"),
                        row("'orders_clone'@'%'", "other", "SELECT"));

        assertThat(lines(new JdbcRdsInstance(
                        new MySqlDialect(),
                        server,
                        "jdbc:mysql://db.internal/shop",
                        "admin",
                        "Adm1n-password",
                        Duration.ofSeconds(10))))
                .containsExactly("orders Normal: ReadOnly on my_shop");
    }

    @Test
    void sqlServer_roles_arePrivileges() {
        ScriptedServer server = new ScriptedServer(15);
        server.answer(
                        "IS_SRVROLEMEMBER('sysadmin', name) = 0",
                        List.of(),
                        "name",
                        row("orders"),
                        row("admin"),
                        row("reports"))
                .answer("FROM sys.databases", List.of(), "name", row("master"), row("msdb"), row("sh]op"), row("wiki"))
                .answer(
                        "FROM [sh]]op].sys.database_role_members",
                        List.of(),
                        "p,r",
                        row("orders", "db_datareader"),
                        row("orders", "db_datawriter"),
                        row("sa", "db_owner"))
                .answer(
                        "FROM [wiki].sys.database_role_members",
                        List.of(),
                        "p,r",
                        row("orders", "db_owner"),
                        row("reports", "db_backupoperator"));
        RdsInstance instance = new JdbcRdsInstance(
                new SqlServerDialect(),
                server,
                "jdbc:sqlserver://db.internal:1433;databaseName=shop",
                "admin",
                "Adm1n-password",
                Duration.ofSeconds(10));

        assertThat(lines(instance))
                .containsExactly(
                        "orders Normal: ReadWrite on sh]op, DBOwner on wiki", "reports Normal: Custom on wiki");
        assertThat(instance.databases()).containsExactly("sh]op", "wiki");
        assertThat(instance.engineVersion()).contains("15.0");
    }

    private static Object[] row(Object... values) {
        return values;
    }

    private static List<String> lines(RdsInstance instance) {
        return instance.accounts().stream()
                .map(account -> account.name() + " " + account.type().wireName() + ": "
                        + String.join(
                                ", ",
                                account.privileges().stream()
                                        .map(granted -> granted.accountPrivilege() + " on " + granted.database())
                                        .toList()))
                .toList();
    }
}
