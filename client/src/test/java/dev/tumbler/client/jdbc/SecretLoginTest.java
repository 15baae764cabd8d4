package dev.tumbler.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsException;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.internal.time.Pause;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.client.testing.RefusingMySql;
import dev.tumbler.client.testing.RefusingServer;
import dev.tumbler.client.testing.RefusingSqlServer;
import dev.tumbler.client.testing.VirtualTime;
import dev.tumbler.emulator.testing.AllLogs;
import dev.tumbler.emulator.testing.RealPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a refused login does, at a real PostgreSQL; its pauses pass at once. */
@Timeout(60)
class SecretLoginTest {
    private static final String SECRET = "orders/db";

    private static RealPostgres postgres;

    private final KmsStub kms = new KmsStub();
    private final SecretsClient client = kms.client().retry(RetryPolicy.none()).build();
    private final VirtualTime time = new VirtualTime();
    // Real time: the limit of one refresh a second is the cache's own, and pauses do not reach it.
    private final SecretCache cache = SecretCache.builder(client).build();

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = RealPostgres.start();
        postgres.execute("CREATE ROLE orders LOGIN PASSWORD 'p1'");
    }

    @AfterAll
    static void stopDatabase() {
        postgres.close();
    }

    @BeforeEach
    void setPassword() throws Exception {
        password("p1");
        kms.account(SECRET, "ACSCurrent", "v1", "orders", "p1");
    }

    @AfterEach
    void close() {
        cache.close();
        client.close();
        kms.close();
    }

    @Test
    void login_beforeTheSecretHasTheNewPassword_waitsForItAndSaysSo() throws Exception {
        password("p2");
        List<Duration> pauses = new ArrayList<>();
        TumblerDataSource source = source(Duration.ofSeconds(10), pause -> {
            pauses.add(pause);
            time.advance(pause);
            if (pauses.size() == 3) {
                kms.account(SECRET, "ACSCurrent", "v2", "orders", "p2");
                // The cache asks once a second, and the test does not wait for that.
                await().until(() ->
                        cache.rds(SECRET).refreshNow().accountPassword().equals("p2"));
            }
        });

        try (AllLogs logs = new AllLogs();
                Connection connection = source.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(logs.lines())
                    .anyMatch(line -> line.contains("refused the login"))
                    .anyMatch(line -> line.contains("logged in with another version, after 1 refused"));
        }
        assertThat(pauses).hasSize(3);
    }

    @Test
    void login_thatIsNeverAccepted_endsAtTheDeadlineAndTriesEachVersionOnce() throws Exception {
        password("elsewhere");
        kms.account(SECRET, "ACSPrevious", "v0", "orders", "p0");
        List<Duration> pauses = new ArrayList<>();
        int refusedBefore = refusals();
        TumblerDataSource source = source(Duration.ofSeconds(10), pause -> {
            pauses.add(pause);
            time.advance(pause);
        });

        assertThatThrownBy(source::getConnection).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo("28P01");
            assertThat(e.getMessage()).contains("2 tried, within PT10S");
        });

        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(10));
        // Growing to at most 0.8 s, and at least half of it.
        assertThat(pauses).hasSizeBetween(13, 28).allMatch(pause -> pause.compareTo(Duration.ofMillis(800)) <= 0);
        assertThat(refusals() - refusedBefore).isEqualTo(2);
    }

    @Test
    void login_withRetryTurnedOff_failsAfterTheOtherVersions() throws Exception {
        password("elsewhere");
        TumblerDataSource source = source(Duration.ZERO, pause -> {
            throw new AssertionError("paused");
        });

        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("1 tried, within PT0S");
    }

    @Test
    void login_interruptedWhileItWaits_keepsTheFlag() throws Exception {
        password("elsewhere");
        TumblerDataSource source = source(Duration.ofSeconds(10), pause -> {
            Thread.currentThread().interrupt();
            Pause.real().await(pause);
        });

        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLTransientConnectionException.class)
                .hasMessageContaining("Interrupted")
                .hasCauseInstanceOf(SQLException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void login_whileTheServiceHangs_endsAtTheDeadline() throws Exception {
        cache.rds(SECRET).get();
        password("elsewhere");
        CountDownLatch release = kms.hold();
        TumblerDataSource source = inRealTime(Duration.ofMillis(300));

        CompletableFuture<Connection> login = CompletableFuture.supplyAsync(() -> connection(source));

        // The client itself would give up after 10 seconds.
        assertThat(login)
                .failsWithin(Duration.ofSeconds(8))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(SQLException.class);
        release.countDown();
    }

    @ParameterizedTest
    @CsvSource({"true, java.sql.SQLTransientConnectionException", "false, java.sql.SQLNonTransientConnectionException"})
    void login_withoutCredentialsForKms_isTransientIfTheyComeBack(
            boolean temporary, Class<? extends SQLException> expected) {
        CredentialsProvider away = () -> {
            throw new CredentialsException("STS is away", temporary, null);
        };
        try (SecretsClient unsigned = kms.client().credentials(away).build();
                SecretCache unread = SecretCache.builder(unsigned).build()) {
            TumblerDataSource source = TumblerDataSource.builder(unread)
                    .url(postgres.url())
                    .secretName(SECRET)
                    .build();

            assertThatThrownBy(source::getConnection)
                    .isInstanceOf(expected)
                    .hasMessage("Secret \"" + SECRET + "\" could not be read: STS is away");
        }
    }

    @Test
    void loginTimeout_whileTheServiceHangs_boundsTheFirstRead() throws Exception {
        CountDownLatch release = kms.hold();
        TumblerDataSource source = TumblerDataSource.builder(cache)
                .url(postgres.url())
                .secretName(SECRET)
                .build();
        source.setLoginTimeout(1);

        // The answer comes only after that.
        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLTimeoutException.class)
                .hasMessage("Secret \"" + SECRET + "\" could not be read within the login timeout, PT1S");
        release.countDown();
    }

    @Test
    void login_ofASourceWhoseSecretWasEvicted_asksNoMore() throws Exception {
        try (SecretCache small = SecretCache.builder(client).maximumSize(1).build()) {
            TumblerDataSource source = TumblerDataSource.builder(small)
                    .url(postgres.url())
                    .secretName(SECRET)
                    .build();
            for (int i = 0; i < 5; i++) {
                kms.value("other" + i, "ACSCurrent", "v1", "x");
                small.text("other" + i).get();
                try (Connection connection = source.getConnection()) {
                    assertThat(connection.isValid(5)).isTrue();
                }
            }
        }
        assertThat(kms.requests())
                .filteredOn(sent -> SECRET.equals(sent.get("SecretName")))
                .hasSize(1);
    }

    @Test
    void logins_refusedAtTheSameTime_shareOneRefresh() throws Exception {
        cache.rds(SECRET).get();
        password("p2");
        kms.account(SECRET, "ACSCurrent", "v2", "orders", "p2");
        TumblerDataSource source = source(Duration.ofSeconds(10), Pause.real());
        int threads = 32;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Boolean>> logins = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                logins.add(pool.submit(() -> {
                    try (Connection connection = source.getConnection()) {
                        return connection.isValid(5);
                    }
                }));
            }
            for (Future<Boolean> login : logins) {
                assertThat(login.get(50, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(kms.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT5M0.001S"})
    void loginRetryTimeout_outOfRange_saysWhatIsIn(String timeout) {
        assertThatThrownBy(() -> TumblerDataSource.builder(cache).loginRetryTimeout(Duration.parse(timeout)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("loginRetryTimeout must be from PT0S to PT5M");
    }

    @Test
    void loginTimeout_shorterThanTheRetry_boundsIt() throws Exception {
        password("elsewhere");
        List<Duration> pauses = new ArrayList<>();
        TumblerDataSource source = source(Duration.ofMinutes(5), pause -> {
            pauses.add(pause);
            time.advance(pause);
        });
        source.setLoginTimeout(2);

        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("within PT2S");
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://HOST/shop",
                "jdbc:mysql://HOST/shop",
                "jdbc:mariadb://HOST/shop",
                "jdbc:sqlserver://HOST;databaseName=shop;encrypt=false"
            })
    void loginTimeout_atADatabaseThatSaysNothing_endsTheLogin(String template) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            TumblerDataSource source = TumblerDataSource.builder(cache)
                    .url(template.replace("HOST", "127.0.0.1:" + silent.getLocalPort()))
                    .secretName(SECRET)
                    .build();
            source.setLoginTimeout(1);

            CompletableFuture<Connection> login = CompletableFuture.supplyAsync(() -> connection(source));

            assertThat(login).failsWithin(Duration.ofSeconds(15));
        }
    }

    private static Connection connection(TumblerDataSource source) {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void loginTimeout_withoutRetry_boundsTheReadsOfOtherVersionsToo() throws Exception {
        cache.rds(SECRET).get();
        password("elsewhere");
        CountDownLatch release = kms.hold();
        TumblerDataSource source = inRealTime(Duration.ZERO);
        source.setLoginTimeout(1);

        CompletableFuture<Connection> login = CompletableFuture.supplyAsync(() -> connection(source));

        // The service would answer within its own timeout of 10 seconds at the earliest.
        assertThat(login).failsWithin(Duration.ofSeconds(8));
        release.countDown();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://HOST/shop, false",
        "jdbc:mysql:, true",
        "jdbc:mariadb://HOST/shop?sslMode=disable, false",
        "jdbc:mariadb:?sslMode=disable, true",
    })
    void login_refusedByMySql_triesTheOtherVersions(String url, boolean addressInSecret) {
        try (RefusingMySql mysql = new RefusingMySql()) {
            triesTheOtherVersions(mysql, url, addressInSecret, 1045, "28000");
        }
    }

    @ParameterizedTest
    @CsvSource({"jdbc:sqlserver://HOST;databaseName=shop;encrypt=false, false", "jdbc:sqlserver:;encrypt=false, true"})
    void login_refusedBySqlServer_triesTheOtherVersions(String url, boolean addressInSecret) {
        try (RefusingSqlServer sqlServer = new RefusingSqlServer()) {
            triesTheOtherVersions(sqlServer, url, addressInSecret, 18456, "S0001");
        }
    }

    private void triesTheOtherVersions(
            RefusingServer server, String template, boolean addressInSecret, int code, String state) {
        String url = template.replace("HOST", "127.0.0.1:" + server.port());
        if (addressInSecret) {
            addressed("ACSCurrent", "v2", "orders_clone", server.port());
            addressed("ACSPrevious", "v1", "orders", server.port());
        } else {
            kms.account(SECRET, "ACSCurrent", "v2", "orders_clone", "p2");
            kms.account(SECRET, "ACSPrevious", "v1", "orders", "p1");
        }
        TumblerDataSource source = TumblerDataSource.builder(cache)
                .url(url)
                .secretName(SECRET)
                .loginRetryTimeout(Duration.ZERO)
                .build();

        assertThatThrownBy(source::getConnection).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getErrorCode()).isEqualTo(code);
            assertThat(e.getSQLState()).isEqualTo(state);
            assertThat(e.getMessage()).contains("2 tried");
        });
        assertThat(server.users()).containsExactly("orders_clone", "orders");
    }

    @Test
    void login_withTheAddressInTheExtendedConfig_findsTheDatabase() throws Exception {
        JsonObject more = new JsonObject();
        more.addProperty(
                "ExtendedConfig",
                "{\"SecretSubType\":\"SingleUser\",\"CustomData\":{\"Endpoint\":\"127.0.0.1\",\"Port\":\""
                        + postgres.port() + "\",\"DBName\":\"shop\"}}");
        kms.value(SECRET, "v1", "{\"AccountName\":\"orders\",\"AccountPassword\":\"p1\"}", more);
        TumblerDataSource source = TumblerDataSource.builder(cache)
                .url("jdbc:postgresql:?ApplicationName=by-secret")
                .secretName(SECRET)
                .build();

        try (Connection connection = source.getConnection()) {
            assertThat(connection.getMetaData().getURL()).contains("/shop");
            assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("by-secret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"Endpoint\":\"db\",\"Port\":5432}",
                "{\"Endpoint\":\"db\",\"Port\":0,\"DBName\":\"shop\"}",
                "{\"Endpoint\":\"db\",\"Port\":65536,\"DBName\":\"shop\"}",
                "{\"Endpoint\":\"db/x?autoDeserialize=true\",\"Port\":1,\"DBName\":\"shop\"}",
                "{\"Endpoint\":\"db\",\"Port\":1,\"DBName\":\"shop?allowLoadLocalInfile=true\"}",
                "{\"Endpoint\":{},\"Port\":1,\"DBName\":\"shop\"}",
            })
    void login_withAnAddressThatIsNone_saysWhatTheSecretMustHold(String address) {
        JsonObject more = new JsonObject();
        more.addProperty("ExtendedConfig", "{\"CustomData\":" + address + "}");
        kms.value(SECRET, "v1", "{\"AccountName\":\"orders\",\"AccountPassword\":\"p1\"}", more);
        TumblerDataSource source = TumblerDataSource.builder(cache)
                .url("jdbc:mysql:")
                .secretName(SECRET)
                .build();

        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessageContaining("\"orders/db\"")
                .hasMessageContaining("Endpoint")
                .hasMessageContaining("DBName");
    }

    private void addressed(String stage, String versionId, String account, int port) {
        JsonObject content = new JsonObject();
        content.addProperty("AccountName", account);
        content.addProperty("AccountPassword", "p");
        content.addProperty("Endpoint", "127.0.0.1");
        content.addProperty("Port", port);
        content.addProperty("DBName", "shop");
        kms.value(SECRET, stage, versionId, content.toString());
    }

    private TumblerDataSource inRealTime(Duration loginRetryTimeout) {
        return TumblerDataSource.builder(cache)
                .url(postgres.url())
                .secretName(SECRET)
                .loginRetryTimeout(loginRetryTimeout)
                .build();
    }

    private TumblerDataSource source(Duration timeout, Pause pause) {
        return TumblerDataSource.builder(cache)
                .url(postgres.url())
                .secretName(SECRET)
                .retry(new LoginRetry(timeout, time, pause, Duration.ZERO))
                .build();
    }

    private static int refusals() {
        return postgres.log().split("password authentication failed", -1).length;
    }

    private static void password(String password) throws SQLException {
        postgres.execute("ALTER ROLE orders PASSWORD '" + password + "'");
    }
}
