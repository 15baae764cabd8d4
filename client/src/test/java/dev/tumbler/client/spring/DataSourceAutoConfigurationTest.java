package dev.tumbler.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.RealPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@Timeout(120)
class DataSourceAutoConfigurationTest {
    private static final String FIRST_PASSWORD = "C4nary-first-1";

    private static RealPostgres postgres;
    private static KmsEmulator kms;
    private static ApplicationContextRunner application;

    @BeforeAll
    static void start() {
        postgres = RealPostgres.start();
        kms = KmsEmulator.builder().strictAuthentication().start();
        RdsInstance rds = kms.rds()
                .attach(
                        "rm-1",
                        RdsInstance.jdbc(
                                RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD));
        rds.createAccount("orders", FIRST_PASSWORD);
        AccessKey key = kms.createAccessKey();
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        TumblerAutoConfiguration.class,
                        TumblerDataSourceAutoConfiguration.class))
                .withPropertyValues(
                        "tumbler.region=" + kms.region(),
                        "tumbler.endpoint=" + kms.endpoint(),
                        "tumbler.access-key-id=" + key.id(),
                        "tumbler.access-key-secret=" + key.secret(),
                        "spring.datasource.url=" + postgres.url().replace("jdbc:", "jdbc:tumbler:"),
                        "spring.datasource.username=orders/db");
    }

    @AfterAll
    static void stop() {
        kms.close();
        postgres.close();
    }

    @Test
    void url_isAllThatIsNeeded_andTheAccountFollowsARotation() {
        application
                .withPropertyValues(
                        "spring.datasource.hikari.maximum-pool-size=3",
                        "spring.datasource.hikari.minimum-idle=1",
                        "spring.datasource.hikari.pool-name=shop",
                        "spring.datasource.hikari.data-source-properties.ApplicationName=orders-service")
                .run(context -> {
                    SecretsClient client = context.getBean(SecretsClient.class);
                    client.createSecret(r -> r.secretName("orders/db")
                            .versionId("v1")
                            .rdsDualAccount("rm-1", new RdsCredentials("orders", FIRST_PASSWORD)));
                    HikariDataSource pool = context.getBean(HikariDataSource.class);
                    assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
                    assertThat(pool.getPoolName()).isEqualTo("shop");
                    assertThat(user(pool)).isEqualTo("orders");
                    assertThat(ask(pool, "SHOW application_name")).isEqualTo("orders-service");

                    client.rotateSecret("orders/db", "v2");
                    context.getBean(SecretCache.class).rds("orders/db").refreshNow();

                    // The idle session of the old account is dropped on a thread of the cache.
                    await().untilAsserted(() -> assertThat(user(pool)).isEqualTo("orders_clone"));
                });
    }

    @Test
    void place_notSaid_isSaid() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(TumblerAutoConfiguration.class, TumblerDataSourceAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=jdbc:tumbler:mysql://127.0.0.1/shop",
                        "spring.datasource.username=orders/db")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("set tumbler.region or tumbler.endpoint"));
    }

    @Test
    void secretName_missing_isSaid() {
        application
                .withPropertyValues("spring.datasource.username=")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("spring.datasource.username must be the name of the secret"));
    }

    @Test
    void password_given_isRefusedWithoutShowingIt() {
        application
                .withPropertyValues("spring.datasource.password=" + FIRST_PASSWORD)
                .run(context -> {
                    assertThat(context).getFailure().hasStackTraceContaining("Remove spring.datasource.password");
                    for (Throwable e = context.getStartupFailure(); e != null; e = e.getCause()) {
                        assertThat(e.getMessage()).doesNotContain(FIRST_PASSWORD);
                    }
                });
    }

    @Test
    void settingsInTheUrl_areRefused() {
        application
                .withPropertyValues(
                        "spring.datasource.url=jdbc:tumbler:postgresql://127.0.0.1/shop?tumbler.region=cn-beijing")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("settings for the driver")
                        .hasStackTraceContaining("tumbler.region"));
    }

    @Test
    void otherUrl_isLeftAlone() {
        application
                .withPropertyValues("spring.datasource.url=" + postgres.url())
                .run(context -> assertThat(
                                context.getBean(HikariDataSource.class).getDataSource())
                        .isNull());
    }

    @Test
    void driverClass_given_isSpringBootsOwn() {
        application
                .withPropertyValues("spring.datasource.driver-class-name=dev.tumbler.client.jdbc.TumblerDriver")
                .run(context -> assertThat(
                                context.getBean(HikariDataSource.class).getDriverClassName())
                        .isEqualTo("dev.tumbler.client.jdbc.TumblerDriver"));
    }

    /** Whoever logged in: a session of a dual account acts as their common owner. */
    private static String user(DataSource source) throws SQLException {
        return ask(source, "SELECT session_user");
    }

    private static String ask(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
