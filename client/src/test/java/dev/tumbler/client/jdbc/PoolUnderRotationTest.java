package dev.tumbler.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.model.CreateSecretRequest;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.DatabasePrivilege;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.ForwardingRdsInstance;
import dev.tumbler.emulator.testing.RealMariaDb;
import dev.tumbler.emulator.testing.RealPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Threads query a real database through HikariCP while the password rotates. After each rotation the pool drops its
 * connections, so that it logs in anew, and the next one waits until each thread has queried since.
 */
class PoolUnderRotationTest {
    private static final String SECRET = "orders/db";
    private static final String FIRST_PASSWORD = "First-pass-1";

    private final KmsEmulator kms =
            KmsEmulator.builder().singleAccountWindow(Duration.ofMillis(300)).start();
    private final SecretsClient client = client();
    private final AtomicLong skipped = new AtomicLong();
    private final SecretCache cache = SecretCache.builder(client)
            .ticker(() -> System.nanoTime() + skipped.get())
            .build();
    private final Refusals refusals = new Refusals();
    private @Nullable Server server;

    private final AtomicInteger logins = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> queriesByAccount = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        refusals.close();
        cache.close();
        client.close();
        kms.close();
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    @Timeout(300)
    void dualAccount_4Rotations_noQueryFails(Engine engine) throws Exception {
        dualAccount(engine, 4, 3);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("soak")
    @Timeout(3_000)
    void dualAccount_500Rotations_noQueryFails(Engine engine) throws Exception {
        dualAccount(engine, 500, 4);
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    @Timeout(300)
    void singleAccount_withALoginInEachWindow_noQueryFails(Engine engine) throws Exception {
        singleAccount(engine, 3, 3);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("soak")
    @Timeout(3_000)
    void singleAccount_40Rotations_noQueryFails(Engine engine) throws Exception {
        singleAccount(engine, 40, 4);
    }

    private void dualAccount(Engine engine, int rotations, int workers) throws Exception {
        Server database = start(engine);
        createSecret(
                database,
                UnaryOperator.identity(),
                secret -> secret.rdsDualAccount("rm-orders", new RdsCredentials("orders", FIRST_PASSWORD)));
        try (HikariDataSource pool = pool(database, workers)) {
            rotate(database, pool, rotations, workers);
        }
        assertThat(queriesByAccount).containsOnlyKeys("orders", "orders_clone");
    }

    private void singleAccount(Engine engine, int rotations, int workers) throws Exception {
        AtomicBoolean running = new AtomicBoolean();
        List<HikariDataSource> pools = new ArrayList<>();
        // The password is changed and the secret is not, until somebody has been refused, and for the window after
        // that.
        Server database = start(engine);
        createSecret(
                database,
                rds -> afterReset(rds, () -> {
                    if (running.get()) {
                        int before = refusals.count();
                        pools.get(0).getHikariPoolMXBean().softEvictConnections();
                        soon().atMost(Duration.ofSeconds(20)).until(() -> refusals.count() > before);
                    }
                }),
                secret -> secret.rdsSingleAccount("rm-orders", new RdsCredentials("orders", FIRST_PASSWORD)));
        try (HikariDataSource pool = pool(database, workers)) {
            pools.add(pool);
            running.set(true);
            rotate(database, pool, rotations, workers);
        }
        assertThat(queriesByAccount).containsOnlyKeys("orders");
        assertThat(refusals.count()).isGreaterThanOrEqualTo(rotations);
        assertThat(refusals.survived()).isGreaterThanOrEqualTo(rotations);
    }

    private void rotate(Server database, HikariDataSource pool, int rotations, int workers) throws Exception {
        AtomicBoolean stopped = new AtomicBoolean();
        List<AtomicLong> queries = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            for (int i = 0; i < workers; i++) {
                AtomicLong mine = new AtomicLong();
                queries.add(mine);
                threads.execute(() -> {
                    while (!stopped.get()) {
                        query(database, pool);
                        mine.incrementAndGet();
                    }
                });
            }
            awaitAllIn(queries);
            for (int rotation = 1; rotation <= rotations; rotation++) {
                int before = logins.get();
                client.rotateSecret(SECRET, "v" + rotation);
                if (rotation % 3 == 0) {
                    refreshInTime();
                }
                pool.getHikariPoolMXBean().softEvictConnections();
                soon().atMost(Duration.ofSeconds(30)).until(() -> logins.get() > before);
                awaitAllIn(queries);
            }
        } finally {
            stopped.set(true);
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(failures).isEmpty();
        assertThat(logins).hasValueGreaterThan(rotations);
    }

    /** What the cache's timer does sooner or later: so the pool moves to the other account before the old one is refused. */
    private void refreshInTime() {
        // Within a second of another refresh the cache would not ask.
        skipped.addAndGet(Duration.ofSeconds(1).toNanos());
        cache.rds(SECRET).refreshNow();
    }

    /** Waits without the tenth of a second that Awaitility begins with: there is a lot to wait for. */
    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    /** Two, since the first may have begun before. */
    private static void awaitAllIn(List<AtomicLong> queries) {
        List<Long> before = queries.stream().map(AtomicLong::get).toList();
        soon().atMost(Duration.ofSeconds(60)).until(() -> {
            for (int i = 0; i < before.size(); i++) {
                if (queries.get(i).get() < before.get(i) + 2) {
                    return false;
                }
            }
            return true;
        });
    }

    private void query(Server database, DataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(database.whoAmI())) {
            rows.next();
            queriesByAccount
                    .computeIfAbsent(rows.getString(1), account -> new AtomicLong())
                    .incrementAndGet();
        } catch (Exception e) {
            failures.add(e);
        }
    }

    private HikariDataSource pool(Server database, int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(counted(TumblerDataSource.builder(cache)
                .url(database.url())
                .secretName(SECRET)
                .build()));
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    private DataSource counted(DataSource source) {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(source, arguments);
                        if (result instanceof Connection) {
                            logins.incrementAndGet();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void createSecret(
            Server database, UnaryOperator<RdsInstance> wrapper, Consumer<CreateSecretRequest.Builder> accounts) {
        RdsInstance rds = kms.rds()
                .attach(
                        "rm-orders",
                        wrapper.apply(RdsInstance.jdbc(
                                database.engine(), database.url(), database.admin(), database.adminPassword())));
        rds.createAccount("orders", FIRST_PASSWORD, database.privileges());
        client.createSecret(
                request -> accounts.accept(request.secretName(SECRET).versionId("v0")));
    }

    /** Runs an action after each change of a password, before its rotation goes on. */
    private static RdsInstance afterReset(RdsInstance rds, Runnable action) {
        return new ForwardingRdsInstance(rds) {
            @Override
            public void resetPassword(String accountName, String newPassword) {
                super.resetPassword(accountName, newPassword);
                action.run();
            }
        };
    }

    private SecretsClient client() {
        AccessKey key = kms.createAccessKey();
        return SecretsClient.builder()
                .endpoint(kms.endpoint())
                .credentials(CredentialsProvider.of(key.id(), key.secret()))
                .build();
    }

    private Server start(Engine engine) {
        Server started = engine.start();
        server = started;
        return started;
    }

    private enum Engine {
        POSTGRESQL {
            @Override
            Server start() {
                RealPostgres postgres = RealPostgres.start();
                return new Server(
                        RdsEngine.POSTGRESQL,
                        postgres.url(),
                        RealPostgres.ADMIN,
                        RealPostgres.ADMIN_PASSWORD,
                        AccountPrivilege.DB_OWNER.on("shop"),
                        "SELECT session_user",
                        postgres::close);
            }
        },
        MARIADB {
            @Override
            Server start() {
                RealMariaDb mariaDb = RealMariaDb.start();
                return new Server(
                        RdsEngine.MARIADB,
                        mariaDb.url(),
                        RealMariaDb.ADMIN,
                        RealMariaDb.ADMIN_PASSWORD,
                        AccountPrivilege.READ_WRITE.on("shop"),
                        "SELECT SUBSTRING_INDEX(USER(), '@', 1)",
                        mariaDb::close);
            }
        };

        abstract Server start();
    }

    /**
     * A database that runs.
     *
     * @param whoAmI the query that answers with the account of the session
     */
    private record Server(
            RdsEngine engine,
            String url,
            String admin,
            String adminPassword,
            DatabasePrivilege privileges,
            String whoAmI,
            Runnable stop) {
        void close() {
            stop.run();
        }
    }

    /** Counts what the log says about refused logins. */
    private static final class Refusals extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        private final Logger logger = (Logger) LoggerFactory.getLogger(SecretLogin.class);
        private final AtomicInteger refused = new AtomicInteger();
        private final AtomicInteger loggedIn = new AtomicInteger();

        Refusals() {
            setContext(logger.getLoggerContext());
            start();
            logger.setLevel(Level.INFO);
            logger.setAdditive(false);
            logger.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getFormattedMessage().contains("the database refused the login")) {
                refused.incrementAndGet();
            } else if (event.getFormattedMessage().contains("logged in with another version")) {
                loggedIn.incrementAndGet();
            }
        }

        int count() {
            return refused.get();
        }

        /** How many logins were first refused and then went well. */
        int survived() {
            return loggedIn.get();
        }

        @Override
        public void close() {
            logger.detachAppender(this);
            logger.setAdditive(true);
            logger.setLevel(null);
        }
    }
}
