package dev.tumbler.emulator.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcUrlTest {
    @ParameterizedTest
    @CsvSource({
        "MARIADB, 'jdbc:mariadb:sequential://one:1,two:2/shop?sslMode=disable', 'MariaDB at one:1,two:2'",
        "MARIADB, jdbc:mariadb://[::1]/shop, MariaDB at [::1]",
        "MYSQL, jdbc:mysql:///shop, MySQL at localhost:3306",
        "MYSQL, 'jdbc:mysql:replication://one,two/shop', 'MySQL at one,two'",
        "SQL_SERVER, jdbc:sqlserver://db\\named:1433;encrypt=true, SQL Server at db\\named:1433",
        "SQL_SERVER, jdbc:sqlserver://;serverName=db, SQL Server at localhost:1433"
    })
    void location_url_namesTheAddressOnly(RdsEngine engine, String url, String location) {
        assertThat(RdsInstance.jdbc(engine, url, "admin", "password").location())
                .isEqualTo(location);
    }

    @ParameterizedTest
    @CsvSource({
        "MARIADB, jdbc:mariadb://db/shop?user=s3cret",
        "MARIADB, jdbc:mariadb://db/shop?sslMode=trust&PassWord=s3cret",
        "MARIADB, jdbc:mariadb://db/shop?keyStorePassword=s3cret",
        "MARIADB, 'jdbc:mariadb://address=(host=db)(user=s3cret)/shop'",
        "MYSQL, jdbc:mysql://root:s3cret@db/shop",
        "MYSQL, jdbc:mysql://db/shop?password1=s3cret",
        "MYSQL, 'jdbc:mysql://(host=db,password=s3cret)/shop'",
        "SQL_SERVER, jdbc:sqlserver://db;userName=s3cret",
        "SQL_SERVER, jdbc:sqlserver://db;encrypt=true; password=s3cret"
    })
    void jdbc_urlWithCredentials_isRefusedAndNotShown(RdsEngine engine, String url) {
        assertThatThrownBy(() -> RdsInstance.jdbc(engine, url, "admin", "password"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The URL holds credentials")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "MARIADB, jdbc:mysql://db/shop, A URL for MariaDB starts with jdbc:mariadb:",
        "MYSQL, jdbc:mariadb://db/shop, A URL for MySQL starts with jdbc:mysql:",
        "SQL_SERVER, jdbc:jtds:sqlserver://db, A URL for SQL Server starts with jdbc:sqlserver:"
    })
    void jdbc_urlOfAnotherDriver_isRefused(RdsEngine engine, String url, String message) {
        assertThatThrownBy(() -> RdsInstance.jdbc(engine, url, "admin", "password"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
