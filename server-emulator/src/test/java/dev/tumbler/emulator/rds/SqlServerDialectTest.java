package dev.tumbler.emulator.rds;

import static dev.tumbler.emulator.rds.RdsAssertions.assertRdsException;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to SQL Server. {@link RealServerContractTest} says it to a real one, if there is one. */
class SqlServerDialectTest {
    private static final String PASSWORD = "Contract-passw0rd";

    private final ScriptedServer server = new ScriptedServer(15);
    private final RdsInstance instance = instance("jdbc:sqlserver://db.internal:1433;databaseName=shop;encrypt=true");

    private RdsInstance instance(String url) {
        return new JdbcRdsInstance(
                new SqlServerDialect(), server, url, "admin", "Adm1n-password", Duration.ofSeconds(10));
    }

    @Test
    void createAccount_newName_createsALogin() {
        instance.createAccount("orders", PASSWORD);

        assertThat(server.statements()).containsExactly("CREATE LOGIN [orders] WITH PASSWORD = N'Contract-passw0rd'");
        assertThat(instance).hasToString("SQL Server at db.internal:1433");
        assertThat(server.lastProperties()).containsEntry("loginTimeout", "10").containsEntry("socketTimeout", "10000");
    }

    @Test
    void createAccount_privileges_createsAUserWithRoles() {
        server.answer("FROM sys.server_principals WHERE", List.of("reader"), "1", new Object[] {1});

        instance.grant("reader", AccountPrivilege.READ_WRITE.on("sh]op"));

        assertThat(server.statements())
                .containsExactly(
                        "USE [sh]]op]",
                        "CREATE USER [reader] FOR LOGIN [reader]",
                        "ALTER ROLE [db_datareader] ADD MEMBER [reader]",
                        "ALTER ROLE [db_datawriter] ADD MEMBER [reader]");
    }

    @ParameterizedTest
    @CsvSource({"x]; DROP LOGIN [sa]; --, [x]]; DROP LOGIN [sa]]; --]", "it's \"q\", [it's \"q\"]"})
    void resetPassword_hostileName_isQuoted(String name, String quoted) {
        login(name);

        instance.resetPassword(name, PASSWORD);

        assertThat(server.statements())
                .containsExactly("ALTER LOGIN " + quoted + " WITH PASSWORD = N'Contract-passw0rd'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DOMAIN\\user", "nul\u0000", "trailing ", "😀"})
    void resetPassword_nameThatTheServerCannotTake_isRefused(String name) {
        assertRdsException(() -> instance.resetPassword(name, PASSWORD), RdsException.Reason.INVALID_ACCOUNT_NAME);

        assertThat(server.statements()).isEmpty();
    }

    @Test
    void cloneAccount_newClone_getsRolesPermissionsAndSchemas() {
        login("orders");
        databases("shop", "other");
        server.answer("FROM sys.server_role_members", List.of("orders"), "name", new Object[] {"bulkadmin"})
                .answer("FROM [shop].sys.database_principals u\nJOIN sys", List.of("orders"), "n,s", new Object[] {
                    "orders", "sales"
                })
                .answer("r.name FROM [shop]", List.of("orders"), "name", new Object[] {"db_datareader"})
                .answer(
                        "p.permission_name, p.class",
                        List.of("orders"),
                        "state,permission_name,class,schema_name,object_name,column_name",
                        new Object[] {"G ", "CONNECT", 0, null, null, null},
                        new Object[] {"W ", "CREATE TABLE", 0, null, null, null},
                        new Object[] {"G ", "UPDATE", 1, "dbo", "o]dd", "col"},
                        new Object[] {"D ", "DELETE", 1, "dbo", "audit", null},
                        new Object[] {"G ", "EXECUTE", 3, "sales", null, null})
                .answer("s.name FROM [shop]", List.of("orders"), "name", new Object[] {"sales"});

        instance.cloneAccount("orders", "orders_clone", PASSWORD);

        assertThat(server.statements())
                .containsExactly(
                        "CREATE LOGIN [orders_clone] WITH PASSWORD = N'Contract-passw0rd'",
                        "ALTER SERVER ROLE [bulkadmin] ADD MEMBER [orders_clone]",
                        "USE [shop]",
                        "CREATE USER [orders_clone] FOR LOGIN [orders_clone] WITH DEFAULT_SCHEMA = [sales]",
                        "ALTER ROLE [db_datareader] ADD MEMBER [orders_clone]",
                        "GRANT CREATE TABLE TO [orders_clone] WITH GRANT OPTION",
                        "GRANT UPDATE ON OBJECT::[dbo].[o]]dd] ([col]) TO [orders_clone]",
                        "DENY DELETE ON OBJECT::[dbo].[audit] TO [orders_clone]",
                        "GRANT EXECUTE ON SCHEMA::[sales] TO [orders_clone]",
                        "GRANT CONTROL ON SCHEMA::[sales] TO [orders_clone]");
    }

    @Test
    void cloneAccount_existingClone_isBroughtInLine() {
        login("orders");
        login("orders_clone");
        databases("shop", "left");
        server.answer("FROM sys.server_role_members", List.of("orders_clone"), "name", new Object[] {"sysadmin"})
                .answer("FROM [shop].sys.database_principals u\nJOIN sys", List.of("orders"), "n,s", user("orders"))
                .answer(
                        "FROM [shop].sys.database_principals u\nJOIN sys",
                        List.of("orders_clone"),
                        "n,s",
                        user("orders_clone"))
                .answer(
                        "FROM [left].sys.database_principals u\nJOIN sys",
                        List.of("orders_clone"),
                        "n,s",
                        user("orders_clone"))
                .answer("r.name FROM [shop]", List.of("orders"), "name", new Object[] {"db_owner"})
                .answer("r.name FROM [shop]", List.of("orders_clone"), "name", new Object[] {"db_denydatareader"})
                .answer(
                        "p.permission_name, p.class",
                        List.of("orders_clone"),
                        "state,permission_name,class,schema_name,object_name,column_name",
                        new Object[] {"G ", "ALTER", 3, "dbo", null, null});

        instance.cloneAccount("orders", "orders_clone", PASSWORD);

        assertThat(server.statements())
                .containsExactly(
                        "ALTER LOGIN [orders_clone] WITH PASSWORD = N'Contract-passw0rd'",
                        "ALTER SERVER ROLE [sysadmin] DROP MEMBER [orders_clone]",
                        "USE [shop]",
                        "ALTER USER [orders_clone] WITH DEFAULT_SCHEMA = [dbo]",
                        "ALTER ROLE [db_denydatareader] DROP MEMBER [orders_clone]",
                        "REVOKE ALTER ON SCHEMA::[dbo] FROM [orders_clone] CASCADE",
                        "ALTER ROLE [db_owner] ADD MEMBER [orders_clone]",
                        "USE [left]",
                        "DROP USER [orders_clone]");
    }

    @Test
    void deleteAccount_userOfADatabase_dropsBoth() {
        login("orders");
        databases("shop");
        server.answer("FROM [shop].sys.database_principals u", List.of("orders"), "n,s", user("orders_user"));

        instance.deleteAccount("orders");

        assertThat(server.statements()).containsExactly("USE [shop]", "DROP USER [orders_user]", "DROP LOGIN [orders]");
    }

    @Test
    void permissions_roles_areListedByDatabase() {
        login("orders");
        databases("shop");
        server.answer("FROM [shop].sys.database_principals u\nJOIN sys", List.of("orders"), "n,s", user("orders"))
                .answer("r.name FROM [shop]", List.of("orders"), "name", new Object[] {"db_owner"});

        assertThat(instance.permissions("orders"))
                .containsExactly("ROLE [db_owner] in shop", "default schema dbo in shop");
    }

    @ParameterizedTest
    @CsvSource({
        "18456, false",
        "18470, false",
        "18486, false",
        "18487, false",
        "18488, false",
        "4060, true",
        "4064, true"
    })
    void acceptsLogin_errorOfTheServer_saysWhetherThePasswordWasRight(int errorCode, boolean accepted) {
        server.refuse("orders", new SQLException("Login failed", "S0001", errorCode));

        assertThat(instance.acceptsLogin("orders", PASSWORD)).isEqualTo(accepted);
    }

    @Test
    void acceptsLogin_serverDown_isUnavailable() {
        server.refuse("orders", new SQLException("The TCP/IP connection failed", "08S01", 0));

        assertRdsException(() -> instance.acceptsLogin("orders", PASSWORD), RdsException.Reason.UNAVAILABLE)
                .hasMessage(
                        "Could not log in as account \"orders\" on SQL Server at db.internal:1433: The TCP/IP connection failed (error 0)");
    }

    @ParameterizedTest
    @CsvSource({
        "15025, ACCOUNT_EXISTS",
        "15151, PERMISSION_DENIED",
        "15247, PERMISSION_DENIED",
        "15006, INVALID_ACCOUNT_NAME",
        "15118, INVALID_PASSWORD",
        "1205, UNAVAILABLE"
    })
    void createAccount_errorOfTheServer_hasAReason(int errorCode, RdsException.Reason reason) {
        server.failOn("CREATE LOGIN", errorCode, "said the server");

        assertRdsException(() -> instance.createAccount("orders", PASSWORD), reason)
                .hasMessageContaining("said the server (error " + errorCode + ")");
    }

    @Test
    void timeouts_inTheUrl_winOverOurs() {
        instance("jdbc:sqlserver://db;loginTimeout=3").createAccount("orders", PASSWORD);

        assertThat(server.lastProperties()).doesNotContainKey("loginTimeout").containsEntry("socketTimeout", "10000");
    }

    private void login(String name) {
        server.answer("FROM sys.server_principals WHERE", List.of(name), "1", new Object[] {1});
    }

    private void databases(String... names) {
        Object[][] rows = Arrays.stream(names).map(name -> new Object[] {name}).toArray(Object[][]::new);
        server.answer("FROM sys.databases", List.of(), "name", rows);
    }

    private static Object[] user(String name) {
        return new Object[] {name, "dbo"};
    }
}
