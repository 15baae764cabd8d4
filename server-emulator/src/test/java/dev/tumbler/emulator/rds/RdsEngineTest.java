package dev.tumbler.emulator.rds;

import static dev.tumbler.emulator.rds.RdsAssertions.assertRdsException;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RdsEngineTest {
    @Test
    void maxAccountNameLength_eachEngine_isTheDocumentedOne() {
        Map<RdsEngine, Integer> lengths = new EnumMap<>(RdsEngine.class);
        for (RdsEngine engine : RdsEngine.values()) {
            lengths.put(engine, engine.maxAccountNameLength());
        }

        assertThat(lengths)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        RdsEngine.MYSQL, 32,
                        RdsEngine.MARIADB, 16,
                        RdsEngine.POSTGRESQL, 63,
                        RdsEngine.SQL_SERVER, 64));
    }

    @ParameterizedTest
    @EnumSource
    void requireAccountName_shortestAndLongest_areAccepted(RdsEngine engine) {
        assertThatCode(() -> {
                    engine.requireAccountName("ab");
                    engine.requireAccountName("a1");
                    engine.requireAccountName("a_" + "9".repeat(engine.maxAccountNameLength() - 2));
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void requireAccountName_oneTooLong_isRefused(RdsEngine engine) {
        assertRdsException(
                () -> engine.requireAccountName("a".repeat(engine.maxAccountNameLength() + 1)),
                RdsException.Reason.INVALID_ACCOUNT_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1a", "_a", "a_", "a b", "a-b", "a\"b", "ab\n", "Über", "äb", "Ab", "aB"})
    void requireAccountName_otherwiseWrong_isRefused(String name) {
        assertRdsException(
                () -> RdsEngine.POSTGRESQL.requireAccountName(name), RdsException.Reason.INVALID_ACCOUNT_NAME);
    }

    @Test
    void requireAccountName_upperCaseOnMySql_isAccepted() {
        assertThatCode(() -> RdsEngine.MYSQL.requireAccountName("OrdersDB")).doesNotThrowAnyException();
    }
}
