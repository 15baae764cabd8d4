package dev.tumbler.emulator.rds;

import static dev.tumbler.emulator.rds.RdsAssertions.assertNotExpressible;
import static dev.tumbler.emulator.rds.RdsAssertions.assertRdsException;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.testing.RealPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PostgresRdsInstanceTest implements RdsInstanceContract {
    private static RealPostgres postgres;
    private static RdsInstance instance;

    @BeforeAll
    static void start() {
        postgres = RealPostgres.start();
        instance =
                RdsInstance.jdbc(RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Override
    public RdsInstance instance() {
        return instance;
    }

    @Nested
    class Clone {
        private final String account = RdsInstanceContract.newName();
        private final String clone = account + "_clone";

        @Test
        void cloneAccount_migrationsByEither_canBeAlteredAndDroppedByTheOther() throws Exception {
            accountWithSchema();
            instance.cloneAccount(account, clone, OTHER_PASSWORD);

            as(account, PASSWORD, "CREATE TABLE by_account (id int)");
            as(clone, OTHER_PASSWORD, "ALTER TABLE by_account ADD COLUMN note text", "DROP TABLE by_account");
            as(clone, OTHER_PASSWORD, "CREATE TABLE by_clone (id int)");
            as(account, PASSWORD, "ALTER TABLE by_clone ADD COLUMN note text", "DROP TABLE by_clone");
        }

        @Test
        void cloneAccount_afterDiscardAll_stillActsAsTheSource() throws Exception {
            accountWithSchema();
            instance.cloneAccount(account, clone, OTHER_PASSWORD);

            // What connection poolers send between clients.
            as(clone, OTHER_PASSWORD, "DISCARD ALL", "CREATE TABLE by_clone (id int)");

            as(account, PASSWORD, "DROP TABLE by_clone");
        }

        @Test
        void cloneAccount_grantToTheSourceAfterwards_worksForTheClone() throws Exception {
            instance.createAccount(account, PASSWORD);
            instance.cloneAccount(account, clone, OTHER_PASSWORD);
            String table = "granted_" + account;
            as(RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD, "CREATE TABLE " + table + " (id int)");
            assertThatThrownBy(() -> as(clone, OTHER_PASSWORD, "SELECT * FROM " + table))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));

            as(RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD, "GRANT SELECT ON " + table + " TO " + account);

            as(clone, OTHER_PASSWORD, "SELECT * FROM " + table);
        }

        @Test
        void cloneAccount_sourceWithOptionsAndSettings_copiesThem() throws Exception {
            instance.createAccount(account, PASSWORD);
            postgres.execute(
                    "ALTER ROLE " + account + " CONNECTION LIMIT 7 VALID UNTIL '2099-01-02 03:04:05+00'",
                    "ALTER ROLE " + account + " SET search_path TO \"$user\", 'odd, \"schema\"', public",
                    "ALTER ROLE " + account + " SET statement_timeout TO '5s'",
                    "GRANT SET ON PARAMETER app.motto TO " + RealPostgres.ADMIN,
                    "ALTER ROLE " + account + " SET \"app.motto\" TO 'it''s = a \\ test, \"really\"'",
                    "ALTER ROLE " + account + " IN DATABASE shop SET lock_timeout TO '3s'");

            instance.cloneAccount(account, clone, OTHER_PASSWORD);

            assertThat(optionsOf(clone)).isEqualTo(optionsOf(account)).hasSize(1);
            List<String> copied = settingsOf(clone);
            assertThat(copied).contains("all: role=" + account).hasSize(5);
            copied.remove("all: role=" + account);
            assertThat(copied).containsExactlyInAnyOrderElementsOf(settingsOf(account));
        }

        @Test
        void cloneAccount_sourceThatStartsAsAnOwnerRole_startsTheCloneAsItToo() throws Exception {
            String owner = account + "_owner";
            instance.createAccount(account, PASSWORD);
            postgres.execute(
                    "CREATE ROLE " + owner,
                    "GRANT " + owner + " TO " + account,
                    "ALTER ROLE " + account + " SET role TO '" + owner + "'");
            as(RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD, "CREATE SCHEMA " + owner);
            as(RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD, "GRANT ALL ON SCHEMA " + owner + " TO " + owner);

            instance.cloneAccount(account, clone, OTHER_PASSWORD);

            as(clone, OTHER_PASSWORD, "CREATE TABLE " + owner + ".by_clone (id int)");
            as(account, PASSWORD, "DROP TABLE " + owner + ".by_clone");
        }

        @Test
        void cloneAccount_sourceThatReplicates_replicatesToo() throws Exception {
            postgres.execute("ALTER ROLE " + RealPostgres.ADMIN + " REPLICATION");
            try {
                instance.createAccount(account, PASSWORD);
                postgres.execute("ALTER ROLE " + account + " REPLICATION");

                instance.cloneAccount(account, clone, OTHER_PASSWORD);

                assertThat(startsReplication(clone, OTHER_PASSWORD)).isTrue();
                postgres.execute("ALTER ROLE " + account + " NOREPLICATION");
                instance.cloneAccount(account, clone, PASSWORD);
                assertThat(startsReplication(clone, PASSWORD)).isFalse();
            } finally {
                postgres.execute("ALTER ROLE " + RealPostgres.ADMIN + " NOREPLICATION");
            }
        }

        private boolean startsReplication(String user, String password) throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("user", user);
            properties.setProperty("password", password);
            properties.setProperty("replication", "database");
            properties.setProperty("preferQueryMode", "simple");
            properties.setProperty("assumeMinServerVersion", "14");
            try (Connection connection = DriverManager.getConnection(postgres.url(), properties)) {
                return connection.isValid(5);
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("42501");
                return false;
            }
        }

        @Test
        void cloneAccount_existingCloneThatDiffers_isBroughtInLine() throws Exception {
            instance.createAccount(account, PASSWORD);
            instance.createAccount(clone, PASSWORD);
            postgres.execute(
                    "ALTER ROLE " + clone + " NOLOGIN NOINHERIT CONNECTION LIMIT 0 VALID UNTIL '2001-01-01'",
                    "ALTER ROLE " + clone + " SET statement_timeout TO '1ms'",
                    "ALTER ROLE " + clone + " IN DATABASE shop SET statement_timeout TO '2ms'");

            instance.cloneAccount(account, clone, OTHER_PASSWORD);
            instance.cloneAccount(account, clone, OTHER_PASSWORD);

            assertThat(instance.acceptsLogin(clone, OTHER_PASSWORD)).isTrue();
            assertThat(settingsOf(clone)).containsExactly("all: role=" + account);
            assertThat(optionsOf(clone)).containsExactly("login=t inherit=t limit=-1 until=infinity");
        }

        @Test
        void cloneAccount_thatFailsHalfway_leavesNothing() throws Exception {
            instance.createAccount(account, PASSWORD);
            // A setting that the administrator may not give to anybody.
            postgres.execute("ALTER ROLE " + account + " SET log_statement TO 'none'");

            assertRdsException(
                            () -> instance.cloneAccount(account, clone, OTHER_PASSWORD),
                            RdsException.Reason.PERMISSION_DENIED)
                    .hasMessage(
                            "Could not clone account \"" + account + "\" as \"" + clone + "\" on "
                                    + instance.location()
                                    + ": permission denied to set parameter \"log_statement\" (SQLState 42501). The administrator \"rds_admin\" needs CREATEROLE, ADMIN OPTION on accounts of others, and the right to SET what a clone copies");

            assertThat(instance.hasAccount(clone)).isFalse();
        }

        @Test
        void cloneAccount_theOtherWayRound_isRefused() {
            instance.createAccount(account, PASSWORD);
            instance.cloneAccount(account, clone, PASSWORD);

            assertRdsException(
                            () -> instance.cloneAccount(clone, account, OTHER_PASSWORD),
                            RdsException.Reason.UNAVAILABLE)
                    .hasMessageContaining("SQLState 0LP01");

            assertThat(instance.acceptsLogin(account, PASSWORD)).isTrue();
        }

        private void accountWithSchema() throws SQLException {
            instance.createAccount(account, PASSWORD);
            as(RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD, "CREATE SCHEMA " + account);
            as(RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD, "GRANT ALL ON SCHEMA " + account + " TO " + account);
            postgres.execute("ALTER ROLE " + account + " SET search_path TO " + account);
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
                    "x'; DROP ROLE rds_admin; --",
                    "x\"; DROP ROLE rds_admin; --",
                    "back\\slash\\'",
                    "braces {d '2000-01-01'} ?",
                    "$$ $1 %s :name",
                    "line\nbreak\ttab",
                    "ünïcödé 😀 名前",
                    "a,b",
                    "sixty-three bytes ............................................."
                })
        void everyOperation_hostileNames_actOnExactlyThatAccount(String name) throws Exception {
            String clone = name.substring(0, name.length() - 1) + '~';
            String quoted = '"' + name.replace("\"", "\"\"") + '"';
            postgres.execute("CREATE ROLE " + quoted + " LOGIN", "GRANT " + quoted + " TO rds_admin WITH ADMIN OPTION");
            List<String> before = roles();

            instance.resetPassword(name, PASSWORD);
            instance.cloneAccount(name, clone, OTHER_PASSWORD);

            assertThat(instance.acceptsLogin(name, PASSWORD)).isTrue();
            assertThat(query(postgres.connect(clone, OTHER_PASSWORD), "SELECT current_user || '/' || session_user"))
                    .containsExactly(name + "/" + clone);
            assertThat(instance.permissions(clone))
                    .isEqualTo(instance.permissions(name))
                    .contains("acts as " + name);
            assertThat(instance.hasAccount(name)).isTrue();
            instance.deleteAccount(clone);
            assertThat(roles()).isEqualTo(before).contains(name);
            instance.deleteAccount(name);
            assertThat(instance.hasAccount(name)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "nul\u0000database\u0000postgres", "half \ud800 pair"})
        void everyOperation_namesThatTheServerCannotTake_areRefused(String name) {
            assertNotExpressible(instance, name);
        }

        @Test
        void everyOperation_nameThatTheServerWouldCut_isRefused() {
            String account = "c".repeat(63);
            instance.createAccount(account, PASSWORD);

            assertNotExpressible(instance, account + "x");

            assertThat(instance.acceptsLogin(account, PASSWORD)).isTrue();
        }

        @Test
        void createAccount_reservedName_isInvalid() {
            assertRdsException(
                            () -> instance.createAccount("pg_orders", PASSWORD),
                            RdsException.Reason.INVALID_ACCOUNT_NAME)
                    .hasMessageContaining("role name \"pg_orders\" is reserved (SQLState 42939)");
        }
    }

    @Nested
    class Login {
        private final String account = RdsInstanceContract.newName();

        @Test
        void resetPassword_openSession_goesOn() throws Exception {
            instance.createAccount(account, PASSWORD);
            try (Connection session = postgres.connect(account, PASSWORD);
                    Statement statement = session.createStatement()) {
                instance.resetPassword(account, OTHER_PASSWORD);

                statement.execute("SELECT 1");
                assertThat(session.isValid(5)).isTrue();
            }
        }

        @Test
        void acceptsLogin_accountThatMayNotLogIn_isFalse() throws Exception {
            instance.createAccount(account, PASSWORD);
            postgres.execute("ALTER ROLE " + account + " NOLOGIN");

            assertThat(instance.acceptsLogin(account, PASSWORD)).isFalse();
        }

        @Test
        void acceptsLogin_expiredPassword_isFalse() throws Exception {
            instance.createAccount(account, PASSWORD);
            postgres.execute("ALTER ROLE " + account + " VALID UNTIL '2001-01-01'");

            assertThat(instance.acceptsLogin(account, PASSWORD)).isFalse();
        }

        @Test
        void acceptsLogin_tooManyConnections_isUnavailable() throws Exception {
            instance.createAccount(account, PASSWORD);
            postgres.execute("ALTER ROLE " + account + " CONNECTION LIMIT 0");

            assertRdsException(() -> instance.acceptsLogin(account, PASSWORD), RdsException.Reason.UNAVAILABLE)
                    .hasMessage("Could not log in as account \"" + account + "\" on " + instance.location()
                            + ": too many connections for role \"" + account + "\" (SQLState 53300)");
        }

        @Test
        void acceptsLogin_missingDatabase_isUnavailable() {
            instance.createAccount(account, PASSWORD);
            RdsInstance elsewhere = RdsInstance.jdbc(
                    RdsEngine.POSTGRESQL,
                    postgres.url().replace("/shop", "/missing"),
                    RealPostgres.ADMIN,
                    RealPostgres.ADMIN_PASSWORD);

            assertRdsException(() -> elsewhere.acceptsLogin(account, PASSWORD), RdsException.Reason.UNAVAILABLE)
                    .hasMessageContaining("SQLState 3D000");
        }

        @Test
        void acceptsLogin_accountThatMayNotConnectToTheDatabase_isPermissionDenied() throws Exception {
            instance.createAccount(account, PASSWORD);
            postgres.execute("CREATE DATABASE closed", "REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
            RdsInstance closed = RdsInstance.jdbc(
                    RdsEngine.POSTGRESQL,
                    postgres.url().replace("/shop", "/closed"),
                    RealPostgres.ADMIN,
                    RealPostgres.ADMIN_PASSWORD);

            assertRdsException(() -> closed.acceptsLogin(account, PASSWORD), RdsException.Reason.PERMISSION_DENIED)
                    .hasMessageContaining("SQLState 42501");
        }

        @Test
        void everyOperation_databaseDown_isUnavailable() throws Exception {
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            RdsInstance down = RdsInstance.jdbc(
                    RdsEngine.POSTGRESQL, "jdbc:postgresql://127.0.0.1:" + port + "/shop", "admin", PASSWORD);

            assertEverythingUnavailable(down)
                    .allSatisfy(message -> assertThat(message)
                            .contains("\"orders\" on PostgreSQL at 127.0.0.1:" + port)
                            .endsWith("(SQLState 08001)"));
        }

        @Test
        void anyOperation_serverThatNeverAnswers_givesUp() throws Exception {
            // Its backlog takes the connections; nobody accepts them.
            try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                RdsInstance hanging = JdbcRdsInstance.connectedTo(
                        RdsEngine.POSTGRESQL,
                        "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/shop",
                        "admin",
                        PASSWORD,
                        Duration.ofSeconds(1));
                long start = System.nanoTime();

                assertRdsException(() -> hanging.resetPassword("orders", PASSWORD), RdsException.Reason.UNAVAILABLE);
                assertRdsException(() -> hanging.acceptsLogin("orders", PASSWORD), RdsException.Reason.UNAVAILABLE);

                // Each waits for the answer about TLS, and then without TLS once more.
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
            }
        }

        private ListAssert<String> assertEverythingUnavailable(RdsInstance broken) {
            List<String> messages = new ArrayList<>();
            for (Runnable operation : List.<Runnable>of(
                    () -> broken.createAccount("orders", PASSWORD),
                    () -> broken.resetPassword("orders", PASSWORD),
                    () -> broken.cloneAccount("base", "orders", PASSWORD),
                    () -> broken.deleteAccount("orders"),
                    () -> broken.hasAccount("orders"),
                    () -> broken.acceptsLogin("orders", PASSWORD))) {
                assertRdsException(operation::run, RdsException.Reason.UNAVAILABLE)
                        .satisfies(e -> messages.add(e.getMessage()));
            }
            return assertThat(messages).hasSize(6);
        }
    }

    @Nested
    class Url {
        @ParameterizedTest
        @CsvSource({
            "jdbc:postgresql://db.internal:6543/shop, PostgreSQL at db.internal:6543",
            "'jdbc:postgresql://one:1,two:2/shop?sslmode=require', 'PostgreSQL at one:1,two:2'",
            "jdbc:postgresql://[::1]:5432/shop, PostgreSQL at [::1]:5432",
            "jdbc:postgresql:shop?sslmode=disable, PostgreSQL at localhost:5432",
            "jdbc:postgresql:///shop, PostgreSQL at localhost:5432"
        })
        void location_url_namesTheAddressOnly(String url, String location) {
            RdsInstance somewhere = RdsInstance.jdbc(RdsEngine.POSTGRESQL, url, "admin", PASSWORD);

            assertThat(somewhere.location()).isEqualTo(location);
            assertThat(somewhere).hasToString(location);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "jdbc:postgresql://db/shop?user=s3cret",
                    "jdbc:postgresql://db/shop?sslmode=require&password=s3cret",
                    "jdbc:postgresql:shop?PASSWORD=s3cret",
                    "jdbc:postgresql://db/shop?sslpassword=s3cret",
                    "jdbc:postgresql://admin:s3cret@db/shop"
                })
        void jdbc_urlWithCredentials_isRefusedAndNotShown(String url) {
            assertThatThrownBy(() -> RdsInstance.jdbc(RdsEngine.POSTGRESQL, url, "admin", PASSWORD))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "The URL holds credentials, which logs would show: give the administrator's name and password as arguments");
        }

        @Test
        void jdbc_urlOfAnotherDatabase_isRefused() {
            assertThatThrownBy(() -> RdsInstance.jdbc(RdsEngine.POSTGRESQL, "jdbc:mysql://db/shop", "admin", PASSWORD))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A URL for PostgreSQL starts with jdbc:postgresql:");
        }

        @Test
        void jdbc_urlThatTheDriverDoesNotUnderstand_isRefused() {
            assertThatThrownBy(() ->
                            RdsInstance.jdbc(RdsEngine.POSTGRESQL, "jdbc:postgresql://db/shop/x", "admin", PASSWORD))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "The PostgreSQL driver does not understand the URL, which looks like jdbc:postgresql://host:port/database");
        }
    }

    @Nested
    class Administrator {
        @Test
        void everyChange_wrongAdminPassword_isPermissionDenied() {
            RdsInstance wrong =
                    RdsInstance.jdbc(RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, "wrong-password");

            assertRdsException(() -> wrong.resetPassword("orders", PASSWORD), RdsException.Reason.PERMISSION_DENIED)
                    .hasMessage(
                            "Could not reset the password of account \"orders\" on " + wrong.location()
                                    + ": password authentication failed for user \"rds_admin\" (SQLState 28P01). The administrator \"rds_admin\" may not log in");
        }

        @Test
        void resetPassword_accountOfSomebodyElse_isPermissionDenied() throws Exception {
            String account = RdsInstanceContract.newName();
            postgres.execute("CREATE ROLE " + account + " LOGIN");

            assertRdsException(() -> instance.resetPassword(account, PASSWORD), RdsException.Reason.PERMISSION_DENIED)
                    .hasMessageContainingAll("\"" + account + "\"", "ADMIN OPTION");
        }

        @Test
        void deleteAccount_thatOwnsSomething_isRefused() throws Exception {
            String account = RdsInstanceContract.newName();
            instance.createAccount(account, PASSWORD);
            postgres.execute("CREATE DATABASE of_" + account + " OWNER " + account);

            assertRdsException(() -> instance.deleteAccount(account), RdsException.Reason.UNAVAILABLE)
                    .hasMessageContaining("cannot be dropped because some objects depend on it (SQLState 2BP01)");

            assertThat(instance.hasAccount(account)).isTrue();
        }
    }

    @Nested
    class Permissions {
        private final String account = RdsInstanceContract.newName();

        @Test
        void grant_databaseOwner_ownsItAndSoDoesTheClone() throws Exception {
            String database = "of_" + account;
            as(RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD, "CREATE DATABASE " + database);

            instance.createAccount(account, PASSWORD, AccountPrivilege.DB_OWNER.on(database));
            instance.cloneAccount(account, account + "_clone", OTHER_PASSWORD);

            assertThat(query(admin(), """
                    SELECT rolname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE datname = ?""", database)).containsExactly(account);
            as(account + "_clone", OTHER_PASSWORD, "ALTER DATABASE " + database + " SET timezone TO 'UTC'");
        }

        @ParameterizedTest
        @ValueSource(strings = {"odd \"db\"; --", "it's", "back\\slash", "$$ {d} ?", "ünï 😀"})
        void grant_hostileDatabaseName_isOfExactlyThatDatabase(String database) throws Exception {
            as(
                    RealPostgres.ADMIN,
                    RealPostgres.ADMIN_PASSWORD,
                    "CREATE DATABASE \"" + database.replace("\"", "\"\"") + "\"");
            instance.createAccount(account, PASSWORD, AccountPrivilege.DB_OWNER.on(database));
            instance.cloneAccount(account, account + "_clone", OTHER_PASSWORD);

            assertThat(query(admin(), """
                    SELECT datname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE rolname = ?""", account)).containsExactly(database);
            assertThat(instance.permissions(account + "_clone")).isEqualTo(instance.permissions(account));
        }

        @Test
        void createAccount_databaseThatDoesNotExist_createsNoAccount() {
            assertThatThrownBy(() ->
                            instance.createAccount(account, PASSWORD, AccountPrivilege.DB_OWNER.on("no_such_database")))
                    .isInstanceOf(RdsException.class)
                    .hasMessageContaining("\"no_such_database\" does not exist");

            assertThat(instance.hasAccount(account)).isFalse();
        }

        @Test
        void permissions_cloneThatWasChangedSince_differ() throws Exception {
            instance.createAccount(account, PASSWORD);
            instance.cloneAccount(account, account + "_clone", OTHER_PASSWORD);
            postgres.execute(
                    "ALTER ROLE " + account + "_clone CONNECTION LIMIT 3",
                    "ALTER ROLE " + account + "_clone RESET role",
                    "ALTER ROLE " + account + " SET lock_timeout TO '3s'",
                    "GRANT pg_read_all_data TO " + account + "_clone");

            assertThat(instance.permissions(account))
                    .containsExactly("acts as " + account, "connection limit -1", "setting lock_timeout = 3s");
            assertThat(instance.permissions(account + "_clone"))
                    .containsExactly(
                            "acts as " + account + "_clone",
                            "connection limit 3",
                            "has role " + account,
                            "has role pg_read_all_data");
        }
    }

    @Test
    void everyOperation_from32Threads_neverFails() throws Exception {
        String stable = RdsInstanceContract.newName();
        String busy = RdsInstanceContract.newName();
        instance.createAccount(stable, PASSWORD);
        instance.createAccount(busy, PASSWORD);

        RdsInstanceUnderThreads.use(instance, stable, busy);
        instance.resetPassword(busy, PASSWORD);

        assertThat(instance.acceptsLogin(busy, PASSWORD)).isTrue();
        assertThat(instance.acceptsLogin(stable + "_clone", OTHER_PASSWORD)).isTrue();
    }

    private static void as(String user, String password, String... statements) throws SQLException {
        try (Connection connection = postgres.connect(user, password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> roles() throws SQLException {
        return query(admin(), "SELECT rolname FROM pg_roles ORDER BY rolname");
    }

    private static List<String> optionsOf(String role) throws SQLException {
        return query(admin(), """
                SELECT format('login=%s inherit=%s limit=%s until=%s',
                              rolcanlogin, rolinherit, rolconnlimit, rolvaliduntil)
                FROM pg_roles WHERE rolname = ?""", role);
    }

    private static List<String> settingsOf(String role) throws SQLException {
        return query(admin(), """
                SELECT coalesce(datname, 'all') || ': ' || unnest(setconfig)
                FROM pg_db_role_setting LEFT JOIN pg_database d ON d.oid = setdatabase
                WHERE setrole = (SELECT oid FROM pg_roles WHERE rolname = ?)""", role);
    }

    private static Connection admin() throws SQLException {
        return postgres.connect(RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
    }

    private static List<String> query(Connection opened, String sql, String... parameters) throws SQLException {
        try (Connection connection = opened;
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<String> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
                return values;
            }
        }
    }
}
