package dev.tumbler.testkit.drill;

import static dev.tumbler.testkit.assertj.KmsAssertions.assertThat;
import static dev.tumbler.testkit.drill.Finding.Defect.CONNECTIONS_NOT_RETIRED;
import static dev.tumbler.testkit.drill.Finding.Defect.PASSWORD_KEPT_FOR_EVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.jdbc.TumblerDataSource;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.RealPostgres;
import dev.tumbler.testkit.KmsEmulatorExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** Drills of a HikariCP pool on a real PostgreSQL, seen from the client's side. */
@Timeout(120)
class PooledDrillTest {
    private static final RdsCredentials FIRST = new RdsCredentials("orders", "First-pass-1");

    @RegisterExtension
    static final KmsEmulatorExtension EMULATOR = KmsEmulatorExtension.with(settings -> {});

    private static RealPostgres postgres;

    private KmsEmulator kms;
    private SecretsClient client;
    private RdsInstance database;

    @BeforeAll
    static void start() {
        postgres = RealPostgres.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void create(KmsEmulator emulator, SecretsClient secretsClient) {
        kms = emulator;
        client = secretsClient;
        database = kms.rds()
                .attach(
                        "rm-orders",
                        RdsInstance.jdbc(
                                RdsEngine.POSTGRESQL, postgres.url(), RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD));
        if (database.hasAccount(FIRST.accountName())) {
            database.resetPassword(FIRST.accountName(), FIRST.accountPassword());
        } else {
            database.createAccount(FIRST.accountName(), FIRST.accountPassword());
        }
        client.createSecret(r -> r.secretName("orders/db").versionId("v1").rdsDualAccount("rm-orders", FIRST));
    }

    @Test
    void pool_thatAsksTheSecretAndRetires_survives() {
        try (SecretCache cache = SecretCache.builder(client).build()) {
            ObservedDataSource observed = new ObservedDataSource(TumblerDataSource.builder(cache)
                    .url(postgres.url())
                    .secretName("orders/db")
                    .build());
            try (HikariDataSource pool = pool(observed, Duration.ofSeconds(15))) {
                DrillReport report = drill(pool, observed)
                        .with(Disruption.kmsOutage(Duration.ofMinutes(30)))
                        .betweenRotations(() -> pool.getHikariPoolMXBean().softEvictConnections())
                        .run();

                assertThat(report).survives();
                assertThat(report.phases().stream()
                                .mapToLong(DrillPhase::acceptedLogins)
                                .sum())
                        .isGreaterThan(report.rotations().size());
                assertThat(report.phase("settled").orElseThrow().oldConnections())
                        .isZero();
            }
        }
    }

    @Test
    void pool_thatKeepsItsConnections_isNamed() {
        try (SecretCache cache = SecretCache.builder(client).build()) {
            ObservedDataSource observed = new ObservedDataSource(TumblerDataSource.builder(cache)
                    .url(postgres.url())
                    .secretName("orders/db")
                    .build());
            try (HikariDataSource pool = pool(observed, Duration.ofSeconds(15))) {
                DrillReport report = drill(pool, observed).run();

                assertThat(report).hasNoFailedOperations().hasFound(CONNECTIONS_NOT_RETIRED);
                assertThat(report.findings()).hasSize(1);
            }
        }
    }

    @Test
    @Tag("soak")
    void pool_withAFixedPassword_isNamed() {
        PGSimpleDataSource fixed = new PGSimpleDataSource();
        fixed.setUrl(postgres.url());
        fixed.setUser(FIRST.accountName());
        fixed.setPassword(FIRST.accountPassword());
        ObservedDataSource observed = new ObservedDataSource(fixed);
        try (HikariDataSource pool = pool(observed, Duration.ofMillis(250))) {
            DrillReport report = drill(pool, observed)
                    .betweenRotations(() -> pool.getHikariPoolMXBean().softEvictConnections())
                    .run();

            assertThat(report).hasFound(PASSWORD_KEPT_FOR_EVER);
            assertThat(report.findings()).hasSize(1);
            assertThat(report.phases().stream()
                            .mapToLong(DrillPhase::refusedLogins)
                            .sum())
                    .isPositive();
        }
    }

    @Test
    void observedDataSource_tellsOfLoginsByAccount_andIsWhatItWraps() throws SQLException {
        PGSimpleDataSource target = new PGSimpleDataSource();
        target.setUrl(postgres.url());
        ObservedDataSource observed = new ObservedDataSource(target);
        List<LoginCount> told = new ArrayList<>();
        Runnable end = observed.watch(told::add);

        observed.getConnection(FIRST.accountName(), FIRST.accountPassword()).close();
        assertThatThrownBy(() -> observed.getConnection(FIRST.accountName(), "Wrong-pass-1"))
                .isInstanceOf(SQLException.class);
        end.run();
        observed.getConnection(FIRST.accountName(), FIRST.accountPassword()).close();

        assertThat(told).containsExactly(new LoginCount("orders", -1, true, 1), new LoginCount("orders", -1, false, 1));
        assertThat(observed.unwrap(ObservedDataSource.class)).isSameAs(observed);
        assertThat(observed.isWrapperFor(PreparedStatement.class)).isFalse();
    }

    private RotationDrill drill(DataSource pool, ObservedDataSource observed) {
        return RotationDrill.of(() -> query(pool))
                .against(kms, "orders/db")
                .observing(observed)
                .rotations(3)
                .workers(2)
                .operations(1)
                .holding(Duration.ofMillis(50));
    }

    private static void query(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            rows.next();
        }
    }

    private static HikariDataSource pool(DataSource dataSource, Duration connectionTimeout) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(dataSource);
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(connectionTimeout.toMillis());
        return new HikariDataSource(config);
    }
}
