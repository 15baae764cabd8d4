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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
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
import org.junit.jupiter.api.Test;
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
    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(1);

    private final KmsEmulator kms =
            KmsEmulator.builder().singleAccountWindow(Duration.ofMillis(300)).start();
    private final AccessKey key = kms.createAccessKey();
    private final SecretsClient client = SecretsClient.builder()
            .endpoint(kms.endpoint())
            .credentials(CredentialsProvider.of(key.id(), key.secret()))
            .build();
    private final SecretCache cache =
            SecretCache.builder(client).refreshInterval(REFRESH_INTERVAL).build();
    private final Refusals refusals = new Refusals();
    private @Nullable Server server;

    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> queriesByAccount = new ConcurrentHashMap<>();

    @AfterEach
    void close() throws SQLException {
        ((TumblerDriver) DriverManager.getDriver("jdbc:tumbler:postgresql:")).close();
        refusals.close();
        cache.close();
        client.close();
        kms.close();
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Timeout(300)
    void dualAccount_5Rotations_noQueryFails() throws Exception {
        dualAccount(Engine.POSTGRESQL, this::poolOfTheDataSource, 5, 3);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("soak")
    @Timeout(3_000)
    void dualAccount_501Rotations_noQueryFails(Engine engine) throws Exception {
        dualAccount(engine, this::poolOfTheDriver, 501, 4);
    }

    @Test
    @Timeout(300)
    void singleAccount_withALoginInEachWindow_noQueryFails() throws Exception {
        singleAccount(Engine.POSTGRESQL, this::poolOfTheDriver, 3, 3);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("soak")
    @Timeout(3_000)
    void singleAccount_40Rotations_noQueryFails(Engine engine) throws Exception {
        singleAccount(engine, this::poolOfTheDataSource, 40, 4);
    }

    /** @param rotations an odd number, so that the other account is the last one */
    private void dualAccount(Engine engine, Pooling pooling, int rotations, int workers) throws Exception {
        Server database = start(engine);
        createSecret(
                database,
                UnaryOperator.identity(),
                secret -> secret.rdsDualAccount("rm-orders", new RdsCredentials("orders", FIRST_PASSWORD)));
        try (HikariDataSource pool = pooling.open(database, workers)) {
            rotate(database, pool, rotations, workers);
        }
        assertThat(queriesByAccount).containsOnlyKeys("orders", "orders_clone");
    }

    private void singleAccount(Engine engine, Pooling pooling, int rotations, int workers) throws Exception {
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
        try (HikariDataSource pool = pooling.open(database, workers)) {
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
                int before = sessions.size();
                client.rotateSecret(SECRET, "v" + rotation);
                pool.getHikariPoolMXBean().softEvictConnections();
                soon().atMost(Duration.ofSeconds(30)).until(() -> sessions.size() > before);
                awaitAllIn(queries);
            }
            // The cache refreshes itself, and so the pool moves to the account of the last rotation without a refusal
            // too.
            String last = client.getSecretValue(SECRET).asRdsCredentials().accountName();
            soon().atMost(Duration.ofSeconds(30)).until(() -> {
                pool.getHikariPoolMXBean().softEvictConnections();
                return queriesByAccount.containsKey(last);
            });
        } finally {
            stopped.set(true);
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(failures).isEmpty();
        assertThat(sessions).hasSizeGreaterThan(rotations);
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
            sessions.add(rows.getString(2));
            queriesByAccount
                    .computeIfAbsent(rows.getString(1), account -> new AtomicLong())
                    .incrementAndGet();
        } catch (Exception e) {
            failures.add(e);
        }
    }

    private HikariDataSource poolOfTheDataSource(Server database, int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(TumblerDataSource.builder(cache)
                .url(database.url())
                .secretName(SECRET)
                .build());
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    private HikariDataSource poolOfTheDriver(Server database, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url().replace("jdbc:", "jdbc:tumbler:"));
        config.setUsername(SECRET);
        config.addDataSourceProperty("tumbler.endpoint", kms.endpoint().toString());
        config.addDataSourceProperty("tumbler.accessKeyId", key.id());
        config.addDataSourceProperty("tumbler.accessKeySecret", key.secret());
        config.addDataSourceProperty("tumbler.refreshInterval", REFRESH_INTERVAL.toString());
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    @FunctionalInterface
    private interface Pooling {
        HikariDataSource open(Server database, int size);
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
                        "SELECT session_user, pg_backend_pid()",
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
                        "SELECT SUBSTRING_INDEX(USER(), '@', 1), CONNECTION_ID()",
                        mariaDb::close);
            }
        };

        abstract Server start();
    }

    /**
     * A database that runs.
     *
     * @param whoAmI the query that answers with account and number of the session
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
