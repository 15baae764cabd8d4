package dev.tumbler.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import com.mysql.cj.conf.ConnectionUrl;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.Configuration;
import org.postgresql.Driver;

class JdbcUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:tumbler:postgresql://db:5432/shop?ssl=true | jdbc:postgresql://db:5432/shop?ssl=true",
                "jdbc:tumbler:mysql://db/shop?useSSL=true&urlUnique=a | jdbc:mysql://db/shop?useSSL=true",
                "secrets-manager:mysql://db:3306/shop?urlUnique=a | jdbc:mysql://db:3306/shop",
                "secrets-manager:mysql:loadbalance://a,b/shop | jdbc:mysql:loadbalance://a,b/shop",
                "secrets-manager:mariadb://db/shop?urlUnique=a&x=1 | jdbc:mariadb://db/shop?x=1",
                "secrets-manager:sqlserver://db:1433;databaseName=shop;urlUnique=a | jdbc:sqlserver://db:1433;databaseName=shop",
                "secrets-manager:sqlserver://db;a={x;urlUnique=1};b=2 | jdbc:sqlserver://db;a={x;urlUnique=1};b=2",
                "jdbc:tumbler:sqlserver://;serverName=db | jdbc:sqlserver://;serverName=db",
                "jdbc:tumbler:postgresql:shop | jdbc:postgresql:shop",
            })
    void parse_ofOurUrls_givesTheDriversOwn(String url, String target) {
        JdbcUrl parsed = Objects.requireNonNull(JdbcUrl.parse(url));

        assertThat(parsed.target()).isEqualTo(target);
        assertThat(parsed.isAddressInSecret()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:tumbler:mysql://db/shop?tumbler.region=cn-hangzhou&tumbler.endpoint=http://localhost:1",
                "jdbc:tumbler:sqlserver://db;tumbler.region=cn-hangzhou;tumbler.endpoint=http://localhost:1",
                "jdbc:tumbler:sqlserver://db; tumbler.region=cn-hangzhou; tumbler.endpoint=http://localhost:1",
            })
    void parse_takesOurSettingsOut(String url) throws Exception {
        JdbcUrl parsed = Objects.requireNonNull(JdbcUrl.parse(url));

        assertThat(parsed.settings())
                .isEqualTo(Map.of("tumbler.region", "cn-hangzhou", "tumbler.endpoint", "http://localhost:1"));
        assertThat(parsed.parameters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:tumbler:oracle:thin:@db",
                "jdbc:mysql://db/shop",
                "jdbc:tumbler:",
                "jdbc:tumbler:mysqlx://db/shop",
                "secrets-manager:",
                "secrets-manager:orders/db",
                "orders/db",
                "mysql://db/shop",
                "",
            })
    void parse_ofForeignUrls_isNull(String url) {
        assertThat(JdbcUrl.parse(url)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:tumbler:postgresql: | jdbc:postgresql://db.internal:5000/shop",
                "secrets-manager:mysql:?useSSL=true | jdbc:mysql://db.internal:5000/shop?useSSL=true",
                "jdbc:tumbler:mariadb: | jdbc:mariadb://db.internal:5000/shop",
                "jdbc:tumbler:sqlserver:;encrypt=true | jdbc:sqlserver://db.internal:5000;databaseName=shop;encrypt=true",
            })
    void at_anAddress_keepsTheParameters(String url, String target) {
        JdbcUrl parsed = Objects.requireNonNull(JdbcUrl.parse(url));

        assertThat(parsed.isAddressInSecret()).isTrue();
        assertThat(parsed.at(parsed.database().address("db.internal", 5000, "shop"))
                        .target())
                .isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:tumbler:postgresql://db/shop?user=me",
                "jdbc:tumbler:mysql://db/shop?useSSL=true&password=s3cret",
                "jdbc:tumbler:sqlserver://db;userName=me",
                "jdbc:tumbler:sqlserver://db; databaseName=shop; user = sa; password=s3cret",
                "jdbc:tumbler:mysql://me:s3cret@db/shop",
                "jdbc:tumbler:mysql://me@db/shop",
                "jdbc:tumbler:mysql:loadbalance://db1,me:s3cret@db2:3306/shop",
                "jdbc:tumbler:mysql://me:s3cret@[db1,db2]/shop",
                "jdbc:tumbler:mysql://(host=db,port=3306,user=me,password=s3cret)/shop",
                "jdbc:tumbler:mysql://[(host=db1, Password = s3cret),(host=db2)]/shop",
                "jdbc:tumbler:mysql://address=(host=db)(port=3306)(user=me)(password=s3cret)/shop",
                "jdbc:tumbler:mysql://me:s3cret@(host=db)/shop",
                "secrets-manager:mariadb://me:s3cret@db/shop",
            })
    void url_withAnAccount_isRefusedWithoutRepeatingIt(String url) {
        JdbcUrl parsed = Objects.requireNonNull(JdbcUrl.parse(url));

        assertThatThrownBy(parsed::requireNoAccount)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("account and password come from the secret")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:tumbler:mysql://db/shop?useServerPrepStmts=true",
                "jdbc:tumbler:mysql://(host=db,port=3306)/shop?connectionAttributes=user:me",
                "jdbc:tumbler:mysql://db/shop@home",
                "jdbc:tumbler:mysql:",
                "jdbc:tumbler:postgresql://db/shop?applicationName=me@home"
            })
    void url_withoutAnAccount_isAccepted(String url) {
        JdbcUrl parsed = Objects.requireNonNull(JdbcUrl.parse(url));

        assertThatCode(parsed::requireNoAccount).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, 28P01, 0, true",
        "POSTGRESQL, 28000, 0, true",
        "POSTGRESQL, 3D000, 1045, false",
        "POSTGRESQL, , 0, false",
        "MYSQL, 28000, 1045, true",
        "MYSQL, , 1045, true",
        "MYSQL, 42000, 1044, false",
        "MYSQL, 28000, 18456, false",
        "MARIADB, 28000, 1045, true",
        "MARIADB, 08000, 0, false",
        "SQLSERVER, S0001, 18456, true",
        "SQLSERVER, S0001, 4060, false",
    })
    void loginFailure_isKnownByStateAndCode(Database database, String state, int code, boolean expected) {
        SQLException root = new SQLException("no", state, code);

        assertThat(database.isLoginFailure(root)).isEqualTo(expected);
        assertThat(database.isLoginFailure(new SQLNonTransientConnectionException("wrapped", "08001", root)))
                .isEqualTo(expected);
        assertThat(database.isLoginFailure(
                        new SQLException("by a driver", new IllegalStateException("that wraps", root))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void loginFailure_inACauseThatGoesInCircles_ends(Database database) {
        SQLException first = new SQLTransientException("a");
        SQLException second = new SQLException("b", first);
        first.initCause(second);

        assertThat(database.isLoginFailure(first)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"POSTGRESQL, loginTimeout, 7", "MARIADB, connectTimeout, 6500", "SQLSERVER, loginTimeout, 7"})
    void limitLogin_inTheDriversOwnUnit_givesWayToTheCallers(Database database, String name, String value) {
        JdbcUrl url = new JdbcUrl(database, "//db", "", Map.of());
        Properties properties = new Properties();
        url.limitLogin(properties, Duration.ofMillis(6_500));
        assertThat(properties).isEqualTo(Map.of(name, value));

        properties.setProperty(name, "1");
        url.limitLogin(properties, Duration.ofMillis(6_500));
        assertThat(properties).isEqualTo(Map.of(name, "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:tumbler:postgresql://db/shop?loginTimeout=2, 2",
        "jdbc:tumbler:mysql://db/shop?connectTimeout=2000, 2000",
        "jdbc:tumbler:mariadb://db/shop?x=1&connectTimeout=2000, 2000",
        "jdbc:tumbler:sqlserver://db;databaseName=shop;logintimeout=2, 2",
        "jdbc:tumbler:sqlserver://db; loginTimeout=2, 2"
    })
    void limitLogin_besideTheUrls_givesWayToIt(String text, String expected) throws Exception {
        JdbcUrl url = Objects.requireNonNull(JdbcUrl.parse(text));
        Properties properties = new Properties();

        url.limitLogin(properties, Duration.ofSeconds(30));

        // As the driver itself understands both.
        String target = url.target();
        String effective = switch (url.database()) {
            case POSTGRESQL -> Driver.parseURL(target, properties).getProperty("loginTimeout");
            case MYSQL ->
                ConnectionUrl.getConnectionUrlInstance(target, properties)
                        .getMainHost()
                        .getProperty("connectTimeout");
            case MARIADB ->
                Integer.toString(Configuration.parse(target, properties).connectTimeout());
            case SQLSERVER ->
                Arrays.stream(new SQLServerDriver().getPropertyInfo(target, properties))
                        .filter(property -> property.name.equals("loginTimeout"))
                        .map(property -> property.value)
                        .findFirst()
                        .orElseThrow();
        };
        assertThat(effective).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "%zz", "c4nary%2"})
    void settings_withABadEscape_areRefusedWithoutRepeatingThem(String value) {
        JdbcUrl url = Objects.requireNonNull(JdbcUrl.parse("jdbc:tumbler:mysql://db/shop?tumbler.region=" + value));

        assertThatThrownBy(url::settings)
                .isInstanceOf(SQLException.class)
                .hasMessage("In the JDBC URL tumbler.region has a % that begins no escape like %2F")
                .hasNoCause();
    }

    @Test
    void settings_withEscapes_areDecoded() throws Exception {
        JdbcUrl url = Objects.requireNonNull(JdbcUrl.parse(
                "jdbc:tumbler:mysql://db/shop?tumbler.endpoint=http%3A%2F%2Flocalhost%3A1&tumbler.region=a+b"));

        assertThat(url.settings()).isEqualTo(Map.of("tumbler.endpoint", "http://localhost:1", "tumbler.region", "a+b"));
    }
}
