package dev.tumbler.emulator.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import com.google.gson.Gson;
import dev.tumbler.emulator.testing.RealPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** No password in any log, the database server's included, nor in an exception. */
@Timeout(120)
class PasswordLeakTest {
    // Every one of them changes when it is URL-encoded, and holds what JSON escapes (=, & for Gson).
    private static final String CREATED = "Cr3ated=canary&one";
    private static final String CLONED = "Cl0ned=canary&two";
    private static final String RESET = "Res3t=canary&three";
    private static final String WRONG = "Wr0ng=canary&four";
    private static final String WEAK = "weak=canary&five";

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> capture = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            String line = event.getThreadName() + " " + event.getLoggerName() + " " + event.getFormattedMessage();
            lines.add(
                    event.getThrowableProxy() == null
                            ? line
                            : line + "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    };
    private final java.util.logging.Logger julRoot = LogManager.getLogManager().getLogger("");
    private Level levelBefore;
    private List<Appender<ILoggingEvent>> appendersBefore;
    private java.util.logging.Level julLevelBefore;
    private Handler[] julHandlersBefore;

    @BeforeEach
    void captureEverything() {
        levelBefore = root.getLevel();
        appendersBefore = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(appendersBefore::add);
        // Not to the console, which would drown in it.
        appendersBefore.forEach(root::detachAppender);
        capture.setContext(context);
        capture.start();
        root.addAppender(capture);
        root.setLevel(Level.TRACE);

        julLevelBefore = julRoot.getLevel();
        julHandlersBefore = julRoot.getHandlers();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        julRoot.setLevel(java.util.logging.Level.ALL);
    }

    @AfterEach
    void restore() {
        SLF4JBridgeHandler.uninstall();
        for (Handler handler : julHandlersBefore) {
            julRoot.addHandler(handler);
        }
        julRoot.setLevel(julLevelBefore);
        root.setLevel(levelBefore);
        root.detachAppender(capture);
        appendersBefore.forEach(root::addAppender);
    }

    @Test
    void everyOperation_everythingLoggedAtTheFinestLevel_showsNoPassword() throws Exception {
        List<Throwable> failures = new ArrayList<>();
        try (RealPostgres postgres = RealPostgres.start()) {
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
            lines.clear();
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
                .anySatisfy(line -> assertThat(line).contains("refused a login of \"orders\": SQLState 28P01"));
        Set<String> forbidden = new LinkedHashSet<>();
        for (String password : List.of(CREATED, CLONED, RESET, WRONG, WEAK, RealPostgres.ADMIN_PASSWORD)) {
            forbidden.addAll(formsOf(password));
        }
        for (String form : forbidden) {
            assertThat(lines).noneSatisfy(line -> assertThat(line).contains(form));
        }
    }

    private static Set<String> formsOf(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        String json = new Gson().toJson(password);
        // Some forms coincide, which Set.of would refuse.
        return new LinkedHashSet<>(List.of(
                password,
                URLEncoder.encode(password, StandardCharsets.UTF_8),
                json.substring(1, json.length() - 1),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }

    private static Throwable failureOf(Runnable operation) {
        return Assertions.catchThrowableOfType(RdsException.class, operation::run);
    }
}
