package dev.tumbler.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretNotFoundException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.testing.RealPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Enumeration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/** Logins at a real PostgreSQL, which really refuses wrong passwords. */
@Timeout(60)
class TumblerDriverTest {
    private static final String SECRET = "orders/db";

    private static RealPostgres postgres;

    private final KmsStub kms = new KmsStub();

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
    void stopKms() {
        kms.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:tumbler:postgresql:", "secrets-manager:postgresql:"})
    void driverManager_withOurUrl_logsInWithTheSecretsAccount(String scheme) throws Exception {
        try (Connection connection = DriverManager.getConnection(url(scheme), properties())) {
            assertThat(ask(connection, "SELECT current_user")).isEqualTo("orders");
        }
    }

    @Test
    void connect_twice_readsTheSecretOnce() throws Exception {
        for (int i = 0; i < 2; i++) {
            DriverManager.getConnection(url("jdbc:tumbler:postgresql:"), properties())
                    .close();
        }

        assertThat(kms.requests())
                .containsExactly(
                        Map.of("SecretName", SECRET, "VersionStage", "ACSCurrent", "FetchExtendedConfig", "true"));
    }

    @Test
    void connect_withOtherProperties_passesThemOnAndKeepsOursBack() throws Exception {
        Properties defaults = new Properties();
        defaults.setProperty("ApplicationName", "orders-service");
        Properties properties = new Properties(defaults);
        properties.putAll(properties());
        properties.setProperty("options", "-c search_path=orders_schema");

        try (Connection connection =
                DriverManager.getConnection(url("jdbc:tumbler:postgresql:") + "?connectTimeout=7", properties)) {
            assertThat(ask(connection, "SHOW application_name")).isEqualTo("orders-service");
            assertThat(ask(connection, "SHOW search_path")).isEqualTo("orders_schema");
        }
    }

    @Test
    void connect_afterThePasswordHasChanged_refreshesOnceAndLogsIn() throws Exception {
        TumblerDriver driver = new TumblerDriver();
        open(driver).close();
        password("p2");
        kms.account(SECRET, "ACSCurrent", "v2", "orders", "p2");

        try (Connection connection = open(driver)) {
            assertThat(connection.isValid(5)).isTrue();
        }

        assertThat(kms.requests()).hasSize(2);
    }

    @Test
    void connect_whileTheDatabaseHasTheOldPassword_logsInWithThePreviousVersion() throws Exception {
        kms.account(SECRET, "ACSCurrent", "v2", "orders", "p2");
        kms.account(SECRET, "ACSPrevious", "v1", "orders", "p1");

        try (Connection connection = open(new TumblerDriver())) {
            assertThat(connection.isValid(5)).isTrue();
        }

        assertThat(kms.requests())
                .extracting(request -> request.get("VersionStage"))
                .containsExactly("ACSCurrent", "ACSCurrent", "ACSPrevious");
    }

    @Test
    void connect_whenNoVersionLogsIn_keepsStateAndCauseOfTheDatabase() throws Exception {
        password("elsewhere");
        Properties properties = properties();
        properties.setProperty("tumbler.loginRetryTimeout", "PT0S");

        assertThatThrownBy(() -> new TumblerDriver().connect(url("jdbc:tumbler:postgresql:"), properties))
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("28P01");
                    assertThat(e.getMessage()).contains("\"orders/db\"").doesNotContain("p1");
                    assertThat(e.getCause()).isInstanceOf(PSQLException.class);
                    assertThat(e.getSuppressed())
                            .hasOnlyElementsOfType(SecretNotFoundException.class)
                            .hasSize(1);
                });
    }

    @Test
    void connect_toAnUnknownDatabase_throwsTheDriversOwnException() {
        String url = "jdbc:tumbler:postgresql://127.0.0.1:" + postgres.port() + "/nowhere";

        assertThatThrownBy(() -> new TumblerDriver().connect(url, properties()))
                .isInstanceOfSatisfying(
                        PSQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("3D000"));
        assertThat(kms.requests()).hasSize(1);
    }

    @Test
    void connect_withAnUnknownSecret_saysWhichAndWhatToCheck() {
        Properties properties = properties();
        properties.setProperty("user", "order/db");

        assertThatThrownBy(() -> new TumblerDriver().connect(url("jdbc:tumbler:postgresql:"), properties))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessageContaining("\"order/db\"")
                .hasMessageContaining("Forbidden.ResourceNotFound")
                .hasMessageContaining("Check name, region and account")
                .hasCauseInstanceOf(SecretNotFoundException.class);
    }

    @Test
    void connect_whileKmsIsAway_isTransient() {
        kms.close();

        try (SecretsClient client = kms.client().retry(RetryPolicy.none()).build();
                SecretCache cache = SecretCache.builder(client).build()) {
            assertThatThrownBy(() -> TumblerDataSource.builder(cache)
                            .url(postgres.url())
                            .secretName(SECRET)
                            .build()
                            .getConnection())
                    .isInstanceOfSatisfying(
                            SQLTransientConnectionException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("08001"));
        }
    }

    @Test
    void connect_withoutUser_asksForTheSecretsName() {
        assertThatThrownBy(() -> new TumblerDriver().connect(url("jdbc:tumbler:postgresql:"), new Properties()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("name of the secret");
    }

    @Test
    void connect_withoutKmsSettings_saysWhatToSet() {
        Properties properties = new Properties();
        properties.setProperty("user", SECRET);

        assertThatThrownBy(() -> new TumblerDriver().connect(url("jdbc:tumbler:postgresql:"), properties))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("tumbler.region")
                .hasMessageContaining("TUMBLER_ENDPOINT");
    }

    @Test
    void connect_withAnAccessKeySecretInTheUrl_isRefusedWithoutRepeatingIt() {
        String url = url("jdbc:tumbler:postgresql:") + "?tumbler.accessKeySecret=in-the-url";

        assertThatThrownBy(() -> new TumblerDriver().connect(url, properties()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("must not hold")
                .hasMessageNotContaining("in-the-url");
    }

    @ParameterizedTest
    @CsvSource({"10, must be an ISO duration like PT10S", "PT6M, must be from PT0S to PT5M"})
    void connect_withABadRetryTimeout_saysWhatIsGood(String timeout, String message) {
        String url = url("jdbc:tumbler:postgresql:") + "?tumbler.loginRetryTimeout=" + timeout;

        assertThatThrownBy(() -> new TumblerDriver().connect(url, properties()))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("tumbler.loginRetryTimeout " + message);
    }

    @Test
    void connect_withAnAccountInTheUrl_isRefused() {
        String url = url("jdbc:tumbler:postgresql:") + "?user=me";

        assertThatThrownBy(() -> new TumblerDriver().connect(url, properties()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("must not name \"user\"");
    }

    @Test
    void connect_withABadEscapeInTheUrl_saysWhere() throws Exception {
        String url = url("jdbc:tumbler:postgresql:") + "?tumbler.region=100%";
        TumblerDriver driver = new TumblerDriver();

        assertThat(driver.acceptsURL(url)).isTrue();
        assertThatThrownBy(() -> driver.connect(url, properties()))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("In the JDBC URL tumbler.region has a %");
    }

    @Test
    void connect_withACaCertificate_trustsKmsByIt(@TempDir Path files) throws Exception {
        try (KmsEmulator emulator = KmsEmulator.builder().start()) {
            AccessKey key = emulator.createAccessKey();
            try (SecretsClient client = SecretsClient.builder()
                    .endpoint(emulator.endpoint())
                    .credentials(CredentialsProvider.of(key.id(), key.secret()))
                    .build()) {
                client.createSecret(secret -> secret.secretName(SECRET)
                        .versionId("v1")
                        .secretData("{\"AccountName\":\"orders\",\"AccountPassword\":\"p1\"}"));
            }
            Properties properties = properties();
            properties.setProperty(
                    "tumbler.endpoint",
                    "https://127.0.0.1:" + emulator.endpoint().getPort());
            properties.setProperty("tumbler.accessKeyId", key.id());
            properties.setProperty("tumbler.accessKeySecret", key.secret());
            try (TumblerDriver driver = new TumblerDriver()) {
                assertThatThrownBy(() -> driver.connect(url("jdbc:tumbler:postgresql:"), properties))
                        .hasMessageContaining("caCertificate");

                Path pem = Files.writeString(files.resolve("ca.pem"), emulator.caCertificate());
                properties.setProperty("tumbler.caCertificate", pem.toString());
                try (Connection connection = driver.connect(url("jdbc:tumbler:postgresql:"), properties)) {
                    assertThat(ask(connection, "SELECT current_user")).isEqualTo("orders");
                }
            }
        }
    }

    @Test
    void close_ofADriver_letsTheNextConnectionOpenAnew() throws Exception {
        try (TumblerDriver driver = new TumblerDriver()) {
            open(driver).close();
            driver.close();
            open(driver).close();
        }

        assertThat(kms.requests()).hasSize(2);
    }

    @Test
    void connect_withTheEndpointInTheUrl_findsKms() throws Exception {
        Properties properties = properties();
        properties.remove("tumbler.endpoint");
        String url = url("jdbc:tumbler:postgresql:") + "?ssl=false&tumbler.endpoint=" + kms.endpoint();

        try (Connection connection = new TumblerDriver().connect(url, properties)) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1/shop",
                "jdbc:tumbler:oracle:thin:@127.0.0.1",
                "jdbc:tumbler:",
                "secrets-manager:orders/db",
                "JDBC:TUMBLER:POSTGRESQL://127.0.0.1/shop",
                "orders/db",
                ""
            })
    void driver_withAForeignUrl_leavesItToOthers(String url) throws Exception {
        TumblerDriver driver = new TumblerDriver();

        assertThat(driver.acceptsURL(url)).isFalse();
        assertThat(driver.connect(url, properties())).isNull();
        assertThat(driver.getPropertyInfo(url, new Properties())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:tumbler:postgresql://db/shop, ApplicationName",
        "secrets-manager:postgresql:, ApplicationName",
        "secrets-manager:mysql://db/shop, useServerPrepStmts",
        "jdbc:tumbler:mariadb:, useServerPrepStmts",
        "jdbc:tumbler:sqlserver:;encrypt=true, applicationIntent"
    })
    void driver_asksTheRealOneForItsProperties(String url, String property) throws Exception {
        assertThat(Stream.of(new TumblerDriver().getPropertyInfo(url, new Properties()))
                        .map((DriverPropertyInfo info) -> info.name))
                .contains(property, "tumbler.region", "tumbler.loginRetryTimeout");
    }

    @Test
    void driver_thatIsAskedForItsProperties_describesThemAndShowsNoValue() throws Exception {
        assertThat(Stream.of(new TumblerDriver().getPropertyInfo("jdbc:tumbler:postgresql:", properties()))
                        .filter(info -> info.name.startsWith("tumbler.")))
                .hasSize(DriverProperty.values().length)
                .allSatisfy(info -> {
                    assertThat(info.description).isNotBlank();
                    assertThat(info.value).isNull();
                });
    }

    @Test
    void driver_deregistered_closesItsCaches() throws Exception {
        DriverManager.getConnection(url("jdbc:tumbler:postgresql:"), properties())
                .close();
        Driver registered = registered();

        DriverManager.deregisterDriver(registered);
        try {
            assertThatThrownBy(() -> DriverManager.getConnection(url("jdbc:tumbler:postgresql:"), properties()))
                    .isInstanceOf(SQLException.class);
        } finally {
            DriverManager.registerDriver(registered);
        }
        // Opened anew after it was closed.
        DriverManager.getConnection(url("jdbc:tumbler:postgresql:"), properties())
                .close();
        assertThat(kms.requests()).hasSize(2);
    }

    @Test
    void hikari_onOurUrlByDriverClass_survivesARotation() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setDriverClassName(TumblerDriver.class.getName());
        config.setJdbcUrl(url("jdbc:tumbler:postgresql:"));
        config.setUsername(SECRET);
        properties().forEach((name, value) -> {
            if (!name.equals("user")) {
                config.addDataSourceProperty((String) name, value);
            }
        });
        config.setMaximumPoolSize(2);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            survivesARotation(pool);
        }
    }

    @Test
    void hikari_onOurDataSource_survivesARotation() throws Exception {
        try (SecretsClient client = kms.client().build();
                SecretCache cache = SecretCache.builder(client).build()) {
            HikariConfig config = new HikariConfig();
            config.setDataSource(TumblerDataSource.builder(cache)
                    .url(postgres.url())
                    .secretName(SECRET)
                    .property("ApplicationName", "pooled")
                    .build());
            config.setMaximumPoolSize(2);
            try (HikariDataSource pool = new HikariDataSource(config)) {
                survivesARotation(pool);
            }
        }
    }

    @Test
    void dataSource_withoutItsSettings_namesThem() {
        try (SecretsClient client = kms.client().build();
                SecretCache cache = SecretCache.builder(client).build()) {
            assertThatThrownBy(() -> TumblerDataSource.builder(cache).build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("A TumblerDataSource needs url, secretName");
            assertThatThrownBy(() -> TumblerDataSource.builder(cache)
                            .url("jdbc:h2:mem:x")
                            .secretName(SECRET)
                            .build())
                    .isInstanceOf(IllegalArgumentException.class);
            TumblerDataSource source = TumblerDataSource.builder(cache)
                    .url(postgres.url())
                    .secretName(SECRET)
                    .build();
            assertThatThrownBy(() -> source.getConnection("orders", "p1"))
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
        }
    }

    @Test
    void hikari_withOurCredentialsProvider_logsInWithWhatTheCacheHolds() throws Exception {
        try (SecretsClient client = kms.client().build();
                SecretCache cache = SecretCache.builder(client).build()) {
            CachedSecret<RdsCredentials> secret = cache.rds(SECRET);
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(postgres.url());
            config.setCredentialsProvider(new HikariSecretCredentials(secret));
            config.setMaximumPoolSize(2);
            try (HikariDataSource pool = new HikariDataSource(config)) {
                pool.getConnection().close();
                password("p2");
                kms.account(SECRET, "ACSCurrent", "v2", "orders", "p2");
                assertThat(secret.refreshNow().accountPassword()).isEqualTo("p2");
                pool.getHikariPoolMXBean().softEvictConnections();
                try (Connection connection = pool.getConnection()) {
                    assertThat(ask(connection, "SELECT current_user")).isEqualTo("orders");
                }
            }
            assertThat(new HikariSecretCredentials(secret)).asString().doesNotContain("p2");
        }
    }

    private void survivesARotation(HikariDataSource pool) throws Exception {
        try (Connection connection = pool.getConnection()) {
            assertThat(ask(connection, "SELECT current_user")).isEqualTo("orders");
        }
        password("p2");
        kms.account(SECRET, "ACSCurrent", "v2", "orders", "p2");
        pool.getHikariPoolMXBean().softEvictConnections();
        try (Connection connection = pool.getConnection()) {
            assertThat(ask(connection, "SELECT current_user")).isEqualTo("orders");
        }
    }

    private Connection open(TumblerDriver driver) throws SQLException {
        return driver.connect(url("jdbc:tumbler:postgresql:"), properties());
    }

    private String url(String scheme) {
        return postgres.url().replace("jdbc:postgresql:", scheme);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("user", SECRET);
        properties.setProperty("password", "");
        properties.setProperty("tumbler.endpoint", kms.endpoint().toString());
        properties.setProperty("tumbler.accessKeyId", "test-ak");
        properties.setProperty("tumbler.accessKeySecret", "test-sk");
        return properties;
    }

    private static Driver registered() {
        Enumeration<Driver> drivers = DriverManager.getDrivers();
        while (drivers.hasMoreElements()) {
            Driver driver = drivers.nextElement();
            if (driver instanceof TumblerDriver) {
                return driver;
            }
        }
        throw new AssertionError("No TumblerDriver is registered");
    }

    private static void password(String password) throws SQLException {
        postgres.execute("ALTER ROLE orders PASSWORD '" + password + "'");
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
