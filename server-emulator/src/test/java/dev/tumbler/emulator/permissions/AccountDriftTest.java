package dev.tumbler.emulator.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.rds.AccountCheck;
import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.rds.RdsInstances;
import java.util.List;
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
 * Check Account, after one of two accounts was changed: which changes make a difference, and how it is said. {@code A} is the
 * first account, {@code B} its clone.
 */
@Timeout(120)
class AccountDriftTest {
    private static final AtomicInteger ACCOUNTS = new AtomicInteger();
    private static final String PASSWORD = "Drifted-passw0rd";

    private final String a = "d" + ACCOUNTS.incrementAndGet();
    private final String b = a + "_clone";

    @Nested
    class OnPostgres {
        private static Server server;

        @BeforeAll
        static void start() throws Exception {
            server = Server.postgres();
            server.asAdministrator(
                    "CREATE TABLE goods (id int)",
                    "CREATE SEQUENCE numbers",
                    "CREATE SCHEMA archive",
                    "CREATE FUNCTION discount() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                    "ALTER TABLE goods ENABLE ROW LEVEL SECURITY",
                    "CREATE ROLE packers");
        }

        @AfterAll
        static void stop() {
            server.close();
        }

        /** In soak: each case is dozens of logins. */
        @Tag("soak")
        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                GRANT SELECT ON goods TO A                             | none
                GRANT SELECT ON goods TO B                             | only "B": SELECT on table goods
                GRANT UPDATE (id) ON goods TO B WITH GRANT OPTION      | only "B": UPDATE WITH GRANT OPTION on column id of table goods
                GRANT USAGE ON SEQUENCE numbers TO B                   | only "B": USAGE on sequence numbers
                GRANT CREATE ON SCHEMA archive TO B                    | only "B": CREATE on schema archive
                GRANT EXECUTE ON FUNCTION discount() TO B              | only "B": EXECUTE on function discount()
                GRANT CREATE ON DATABASE shop TO B                     | only "B": CREATE on database shop
                ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO B   | only "B": SELECT on default privileges on new relations belonging to role rds_admin
                CREATE POLICY p_B ON goods TO B                        | only "B": subject to policy p_B on table goods
                GRANT packers TO A                                     | none
                GRANT packers TO B                                     | only "B": has role packers
                GRANT packers TO A, B                                  | none
                GRANT packers TO B WITH ADMIN OPTION                   | only "B": has role packers, only "B": may grant role packers
                ALTER ROLE A CREATEDB                                  | none
                ALTER ROLE B CREATEDB                                  | only "B": may create databases
                ALTER ROLE B NOLOGIN                                   | only "B": may not log in
                ALTER ROLE A CONNECTION LIMIT 3                        | only "A": connection limit 3, only "B": connection limit -1
                ALTER ROLE A SET lock_timeout TO '3s'                  | only "A": setting lock_timeout = 3s
                ALTER ROLE B IN DATABASE shop SET lock_timeout TO '3s' | only "B": setting lock_timeout = 3s in shop
                REVOKE A FROM B                                        | only "A": acts as A, only "B": acts as B
                ALTER ROLE B RESET role                                | only "A": acts as A, only "B": acts as B, only "B": has role A
                """)
        void change_ofOneAccount_isFoundWhereItMakesADifference(String change, String drift) throws Exception {
            RdsInstance instance = server.instance();
            instance.createAccount(a, PASSWORD);
            instance.cloneAccount(a, b, PASSWORD);
            assertThat(driftOn(instance)).isEmpty();

            server.asAdministrator(named(change));

            assertThat(driftOn(instance)).isEqualTo(lines(drift));
        }

        @Test
        void objects_ofTheAccountItself_areADifference() throws Exception {
            RdsInstance instance = server.instance();
            instance.createAccount(a, PASSWORD);
            instance.cloneAccount(a, b, PASSWORD);
            server.asAdministrator("CREATE SCHEMA " + a, "GRANT CREATE, USAGE ON SCHEMA " + a + " TO " + a);
            new Login(server, b, PASSWORD).run("CREATE TABLE " + a + ".shared (id int)");
            assertThat(driftOn(instance)).isEmpty();

            new Login(server, b, PASSWORD).run("SET ROLE NONE", "CREATE TABLE " + a + ".own (id int)");

            assertThat(driftOn(instance)).containsExactly("only \"" + b + "\": owns table " + a + ".own");
        }

        @Test
        void objects_inAnotherDatabase_areCounted() throws Exception {
            server.asAdministrator("CREATE DATABASE of_" + a);
            RdsInstance instance = server.instance();
            instance.createAccount(a, PASSWORD, AccountPrivilege.DB_OWNER.on("of_" + a));
            instance.cloneAccount(a, b, PASSWORD);
            assertThat(instance.permissions(a))
                    .isEqualTo(instance.permissions(b))
                    .contains("owns database of_" + a);
        }

        /** Two accounts that somebody made by hand: what one creates, the other cannot drop, whatever they are granted. */
        @Test
        void accounts_madeIndependently_differ() throws Exception {
            RdsInstance instance = server.instance();
            instance.createAccount(a, PASSWORD);
            instance.createAccount(b, PASSWORD);
            server.asAdministrator(named("GRANT SELECT ON goods TO A, B"), named("GRANT INSERT ON goods TO B"));

            assertThat(driftOn(instance))
                    .isEqualTo(
                            lines("only \"A\": acts as A, only \"B\": INSERT on table goods, only \"B\": acts as B"));

            instance.cloneAccount(a, b, PASSWORD);

            assertThat(driftOn(instance)).isEqualTo(lines("only \"B\": INSERT on table goods"));
        }

        @Test
        void accounts_thatShareAnOwnerRole_areTheSame() throws Exception {
            RdsInstance instance = server.instance();
            instance.createAccount(a, PASSWORD);
            server.asAdministrator(
                    "CREATE ROLE " + a + "_owner",
                    "GRANT " + a + "_owner TO " + a,
                    "ALTER ROLE " + a + " SET role TO " + a + "_owner");
            instance.cloneAccount(a, b, PASSWORD);

            assertThat(instance.permissions(b))
                    .isEqualTo(instance.permissions(a))
                    .contains("acts as " + a + "_owner");
        }
    }

    @Nested
    class OnMariaDb {
        private static Server server;

        @BeforeAll
        static void start() throws Exception {
            server = Server.mariaDb();
            server.asAdministrator(
                    "CREATE TABLE shop.goods (id int)",
                    "CREATE PROCEDURE shop.pack() SELECT 1",
                    "CREATE ROLE packers",
                    "CREATE ROLE night_shift");
        }

        @AfterAll
        static void stop() {
            server.close();
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', nullValues = "none", quoteCharacter = '~', textBlock = """
                GRANT SELECT ON shop.* TO A                  | only "A": GRANT SELECT ON `shop`.* from %
                GRANT SELECT ON shop.* TO A, B               | none
                GRANT UPDATE (id) ON shop.goods TO B         | only "B": GRANT UPDATE (`id`) ON `shop`.`goods` from %
                GRANT DELETE ON shop.goods TO B WITH GRANT OPTION | only "B": GRANT DELETE ON `shop`.`goods` WITH GRANT OPTION from %
                GRANT EXECUTE ON PROCEDURE shop.pack TO A    | only "A": GRANT EXECUTE ON PROCEDURE `shop`.`pack` from %
                GRANT night_shift TO B                       | only "B": GRANT `night_shift` from %
                REVOKE packers FROM B                        | only "A": GRANT `packers` from %
                REVOKE packers FROM A, B                     | none
                SET DEFAULT ROLE NONE FOR B                  | only "A": DEFAULT ROLE `packers` from %
                GRANT PROCESS ON *.* TO A                    | only "A": GRANT PROCESS ON *.* from %, only "B": GRANT USAGE ON *.* from %
                CREATE USER A@localhost                      | only "A": GRANT USAGE ON *.* from localhost, only "A": REQUIRE NONE WITH MAX_QUERIES_PER_HOUR 0 MAX_UPDATES_PER_HOUR 0 MAX_CONNECTIONS_PER_HOUR 0 MAX_USER_CONNECTIONS 0 MAX_STATEMENT_TIME 0.000000 from localhost
                """)
        void change_ofOneAccount_isFoundWhereItMakesADifference(String change, String drift) throws Exception {
            RdsInstance instance = server.instance();
            instance.createAccount(a, PASSWORD);
            server.asAdministrator("GRANT packers TO " + a, "SET DEFAULT ROLE packers FOR " + a);
            instance.cloneAccount(a, b, PASSWORD);
            assertThat(driftOn(instance)).isEmpty();

            server.asAdministrator(named(change));

            assertThat(driftOn(instance)).isEqualTo(lines(drift));
        }

        /** MariaDB lists columns in the order in which they were granted. */
        @Test
        void columns_grantedInAnotherOrder_areNoDifference() throws Exception {
            server.asAdministrator("CREATE TABLE shop.t_" + a + " (id int, name text)");
            RdsInstance instance = server.instance();
            instance.createAccount(a, PASSWORD);
            instance.createAccount(b, PASSWORD);
            server.asAdministrator(
                    named("GRANT SELECT (id) ON shop.t_A TO A"),
                    named("GRANT SELECT (name) ON shop.t_A TO A"),
                    named("GRANT SELECT (name) ON shop.t_A TO B"),
                    named("GRANT SELECT (id) ON shop.t_A TO B"));

            assertThat(driftOn(instance)).isEmpty();
        }
    }

    @Nested
    class InMemory {
        @Test
        void privilege_grantedToOneAccountLater_isFoundUntilTheOtherHasItToo() {
            InMemoryRdsInstance instance = RdsInstance.inMemory(RdsEngine.MYSQL);
            instance.createAccount(a, PASSWORD, AccountPrivilege.READ_WRITE.on("shop"));
            instance.cloneAccount(a, b, PASSWORD);
            assertThat(driftOn(instance)).isEmpty();

            instance.grant(b, AccountPrivilege.READ_ONLY.on("stock"));
            assertThat(driftOn(instance)).isEqualTo(lines("only \"B\": ReadOnly on stock"));

            instance.grant(a, AccountPrivilege.READ_ONLY.on("stock"));
            assertThat(driftOn(instance)).isEmpty();
        }
    }

    /** What Check Account says, which passes all the same. */
    private List<String> driftOn(RdsInstance instance) {
        RdsInstances instances = new RdsInstances();
        instances.attachWithoutProbe("rm-1", instance);
        AccountCheck check = instances.checkAccounts("rm-1", List.of(a, b));
        assertThat(check.passed()).isTrue();
        return check.drift();
    }

    private List<String> lines(String drift) {
        return drift == null ? List.of() : List.of(named(drift).split(", (?=only)"));
    }

    private String named(String text) {
        return text.replaceAll("(?<![A-Z])A(?![A-Z])", a).replaceAll("(?<![A-Z])B(?![A-Z])", b);
    }
}
