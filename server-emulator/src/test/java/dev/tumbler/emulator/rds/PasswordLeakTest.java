package dev.tumbler.emulator.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tumbler.emulator.testing.AllLogs;
import dev.tumbler.emulator.testing.RealMariaDb;
import dev.tumbler.emulator.testing.RealPostgres;
import dev.tumbler.emulator.testing.SecretForms;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No password in any log, the database server's included, nor in an exception. */
@Timeout(120)
class PasswordLeakTest {
    // Every one of them changes when it is URL-encoded, and holds what JSON escapes (=, & for Gson).
    private static final String CREATED = "Cr3ated=canary&one";
    private static final String CLONED = "Cl0ned=canary&two";
    private static final String RESET = "Res3t=canary&three";
    private static final String WRONG = "Wr0ng=canary&four";
    private static final String WEAK = "weak=canary&five";

    @Test
    void everyOperation_everythingLoggedAtTheFinestLevel_showsNoPassword() throws Exception {
        List<Throwable> failures = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        try (AllLogs logs = new AllLogs();
                RealPostgres postgres = RealPostgres.start()) {
            postgres.execute(
                    "ALTER SYSTEM SET log_statement = 'all'",
                    "ALTER SYSTEM SET log_connections = 'on'",
                    "ALTER SYSTEM SET log_min_messages = 'debug1'",
                    "SELECT pg_reload_conf()");
            // The server reads its settings when it gets to it.
            await().until(() -> {
                postgres.execute("SELECT 'canary in the server''s log'");
                return postgres.log().contains("canary in the server");
            });
            // The test server's own set-up names the administrator's password to the driver.
            logs.clear();
            RdsInstance instance = RdsInstance.jdbc(
                    RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);

            new RdsInstances().attach("rm-orders", instance);
            instance.createAccount("orders", CREATED);
            instance.cloneAccount("orders", "orders_clone", CLONED);
            assertThat(instance.acceptsLogin("orders_clone", CLONED)).isTrue();
            instance.resetPassword("orders", RESET);
            assertThat(instance.acceptsLogin("orders", RESET)).isTrue();
            assertThat(instance.acceptsLogin("orders", WRONG)).isFalse();
            failures.add(failureOf(() -> instance.createAccount("orders", CREATED)));
            failures.add(failureOf(() -> instance.resetPassword("nobody", RESET)));
            failures.add(failureOf(() -> instance.resetPassword("orders", WEAK)));
            failures.add(failureOf(() -> instance.cloneAccount("orders_clone", "orders", CLONED)));
            RdsInstance wrongAdmin = RdsInstance.jdbc(RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, WRONG);
            failures.add(failureOf(() -> wrongAdmin.resetPassword("orders", RESET)));
            RdsInstance wrongDatabase = RdsInstance.jdbc(
                    RdsEngine.POSTGRESQL, postgres.url() + "_missing", RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD);
            failures.add(failureOf(() -> wrongDatabase.acceptsLogin("orders", RESET)));
            lines.add(postgres.log());
            lines.addAll(logs.lines());
        }
        for (Throwable failure : failures) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            lines.add(trace.toString());
        }

        // What must be there, or the test would look at nothing: the server's log, and the driver's.
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .contains("LOG:  ", "execute <unnamed>: ALTER USER \"orders\" PASSWORD 'SCRAM-SHA-256$"))
                .anySatisfy(line -> assertThat(line).contains("org.postgresql.core.v3", "FE=>", "ALTER USER"))
                .anySatisfy(line -> assertThat(line).contains("ended a login of \"orders\"", "SQLState 28P01"));
        assertThat(SecretForms.leaks(lines, List.of(CREATED, CLONED, RESET, WRONG, WEAK, RealPostgres.ADMIN_PASSWORD)))
                .isEmpty();
    }

    @Test
    void everyOperationOnMariaDb_everythingLoggedAtTheFinestLevel_showsNoPassword() throws Exception {
        List<Throwable> failures = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        try (AllLogs logs = new AllLogs();
                RealMariaDb mariaDb = RealMariaDb.start()) {
            mariaDb.execute("SET GLOBAL general_log = ON");
            // The test server's own set-up names the administrator's password.
            logs.clear();
            RdsInstance instance =
                    RdsInstance.jdbc(RdsEngine.MARIADB, mariaDb.url(), RealMariaDb.ADMIN, RealMariaDb.ADMIN_PASSWORD);

            new RdsInstances().attach("rm-orders", instance);
            instance.createAccount("orders", CREATED, AccountPrivilege.READ_WRITE.on("shop"));
            instance.cloneAccount("orders", "orders_clone", CLONED);
            assertThat(instance.acceptsLogin("orders_clone", CLONED)).isTrue();
            instance.resetPassword("orders", RESET);
            assertThat(instance.acceptsLogin("orders", RESET)).isTrue();
            assertThat(instance.acceptsLogin("orders", WRONG)).isFalse();
            failures.add(failureOf(() -> instance.createAccount("orders", CREATED)));
            failures.add(failureOf(() -> instance.resetPassword("nobody", RESET)));
            failures.add(failureOf(() -> instance.resetPassword("orders", WEAK)));
            RdsInstance wrongAdmin = RdsInstance.jdbc(RdsEngine.MARIADB, mariaDb.url(), RealMariaDb.ADMIN, WRONG);
            failures.add(failureOf(() -> wrongAdmin.resetPassword("orders", RESET)));
            mariaDb.execute("SET GLOBAL strict_password_validation = ON", "SET GLOBAL read_only = ON");
            RdsInstance dumping = RdsInstance.jdbc(
                    RdsEngine.MARIADB, mariaDb.url() + "&dumpQueriesOnException=true", "orders", RESET);
            failures.add(failureOf(() -> dumping.resetPassword("orders_clone", CLONED)));
            lines.add(mariaDb.log());
            lines.addAll(logs.lines());
        }
        for (Throwable failure : failures) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            lines.add(trace.toString());
        }

        // What must be there, or the test would look at nothing: the server's log, and the driver's.
        assertThat(lines)
                .anySatisfy(
                        line -> assertThat(line).contains("Query", "ALTER USER `orders`@`%` IDENTIFIED BY PASSWORD '*"))
                .anySatisfy(line -> assertThat(line).contains("org.mariadb.jdbc", "send: ", "ALTER USER"))
                .anySatisfy(line -> assertThat(line).contains("ended a login of \"orders\"", "error 1045"));
        assertThat(SecretForms.leaks(lines, List.of(CREATED, CLONED, RESET, WRONG, WEAK, RealMariaDb.ADMIN_PASSWORD)))
                .isEmpty();
    }

    private static Throwable failureOf(Runnable operation) {
        return Assertions.catchThrowableOfType(RdsException.class, operation::run);
    }
}
