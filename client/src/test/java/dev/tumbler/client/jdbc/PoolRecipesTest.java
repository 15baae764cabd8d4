package dev.tumbler.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.druid.pool.DruidDataSource;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.emulator.testing.RealPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The recipes of {@code docs/connection-pools.md}, through a change of the password at a real PostgreSQL. */
@Timeout(120)
class PoolRecipesTest {
    private static final String SECRET = "orders/db";

    private final RealPostgres postgres = RealPostgres.start();
    private final KmsStub kms = new KmsStub();

    @BeforeEach
    void createAccount() throws Exception {
        postgres.execute("CREATE ROLE orders LOGIN PASSWORD 'p1'");
        kms.account(SECRET, "ACSCurrent", "v1", "orders", "p1");
    }

    @AfterEach
    void close() {
        kms.close();
        postgres.close();
    }

    @Test
    void druid_onOurUrl_survivesARotation() throws Exception {
        try (DruidDataSource pool = new DruidDataSource()) {
            pool.setDriver(new TumblerDriver());
            pool.setUrl(url());
            pool.setUsername(SECRET);
            pool.setDbType("postgresql");
            pool.setValidationQuery("SELECT 1");
            pool.setPhyTimeoutMillis(Duration.ofMinutes(30).toMillis());
            pool.setConnectProperties(kmsCredentials());

            survivesARotation(pool);
        }
    }

    @Test
    void dbcp_onOurUrl_survivesARotation() throws Exception {
        try (BasicDataSource pool = new BasicDataSource()) {
            pool.setDriver(new TumblerDriver());
            pool.setUrl(url());
            pool.setUsername(SECRET);
            pool.setMaxConn(Duration.ofMinutes(30));
            kmsCredentials().forEach((name, value) -> pool.addConnectionProperty((String) name, (String) value));

            survivesARotation(pool);
        }
    }

    /** The first connection stays out, so that the second must log in. */
    private void survivesARotation(DataSource pool) throws SQLException {
        try (Connection before = pool.getConnection()) {
            assertThat(user(before)).isEqualTo("orders");
            postgres.execute("ALTER ROLE orders PASSWORD 'p2'");
            kms.account(SECRET, "ACSCurrent", "v2", "orders", "p2");
            try (Connection after = pool.getConnection()) {
                assertThat(user(after)).isEqualTo("orders");
                assertThat(user(before)).isEqualTo("orders");
            }
        }
        assertThat(kms.requests()).hasSize(2);
    }

    private static String user(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_user")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private String url() {
        return postgres.url().replace("jdbc:", "jdbc:tumbler:") + "?tumbler.endpoint=" + kms.endpoint();
    }

    private static Properties kmsCredentials() {
        Properties properties = new Properties();
        properties.setProperty("tumbler.accessKeyId", "test-ak");
        properties.setProperty("tumbler.accessKeySecret", "test-sk");
        return properties;
    }
}
