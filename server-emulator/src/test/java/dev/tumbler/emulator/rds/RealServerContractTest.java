package dev.tumbler.emulator.rds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The contract on servers that the build cannot start: {@code -Dtumbler.mysql.url=… -Dtumbler.mysql.user=…
 * -Dtumbler.mysql.password=…}, and the same with {@code sqlserver}. The user is an administrator; accounts that begin with
 * {@code contract_} are the tests'.
 */
@Timeout(300)
class RealServerContractTest {
    @Nested
    @EnabledIfSystemProperty(named = "tumbler.mysql.url", matches = ".+")
    class MySql implements RdsInstanceContract {
        private static final RdsInstance INSTANCE = connectTo(RdsEngine.MYSQL, "tumbler.mysql");

        @Override
        public RdsInstance instance() {
            return INSTANCE;
        }

        @AfterAll
        static void cleanUp() {
            deleteAccounts(INSTANCE);
        }
    }

    @Nested
    @EnabledIfSystemProperty(named = "tumbler.sqlserver.url", matches = ".+")
    class SqlServer implements RdsInstanceContract {
        private static final RdsInstance INSTANCE = connectTo(RdsEngine.SQL_SERVER, "tumbler.sqlserver");

        @Override
        public RdsInstance instance() {
            return INSTANCE;
        }

        @AfterAll
        static void cleanUp() {
            deleteAccounts(INSTANCE);
        }
    }

    @Test
    void jdbc_driversOnTheClasspath_takeUrlsOfEveryEngine() {
        for (RdsEngine engine : RdsEngine.values()) {
            String url = "jdbc:" + engine.name().toLowerCase(Locale.ROOT).replace("_", "") + "://db.internal:1234";

            assertThat(RdsInstance.jdbc(
                            engine, engine == RdsEngine.SQL_SERVER ? url : url + "/shop", "admin", "password"))
                    .hasToString(engine.displayName() + " at db.internal:1234");
        }
    }

    private static RdsInstance connectTo(RdsEngine engine, String prefix) {
        return RdsInstance.jdbc(
                engine,
                System.getProperty(prefix + ".url"),
                System.getProperty(prefix + ".user", ""),
                System.getProperty(prefix + ".password", ""));
    }

    private static void deleteAccounts(RdsInstance instance) {
        for (int i = 1; i <= RdsInstanceContract.ACCOUNTS.get(); i++) {
            for (String name : new String[] {"contract_" + i + "_clone", "contract_" + i}) {
                if (instance.hasAccount(name)) {
                    instance.deleteAccount(name);
                }
            }
        }
    }
}
