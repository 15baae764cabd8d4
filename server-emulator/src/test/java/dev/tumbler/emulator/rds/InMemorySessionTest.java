package dev.tumbler.emulator.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.event.SecretEvents.Subscription;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InMemorySessionTest {
    private static final String FIRST = "First-pass-1";
    private static final String SECOND = "Second-pass-2";
    private static final String THIRD = "Third-pass-3";

    private final InMemoryRdsInstance instance = RdsInstance.inMemory(RdsEngine.POSTGRESQL);

    @Test
    void session_afterTwoChangesOfThePassword_goesOnAndSaysSo() throws SQLException {
        instance.createAccount("orders", FIRST);
        InMemorySession session = instance.connect("orders", FIRST);

        instance.resetPassword("orders", SECOND);
        instance.resetPassword("orders", THIRD);
        session.use();

        assertThat(session.isOpen()).isTrue();
        assertThat(session.uses()).isEqualTo(1);
        assertThat(session.accountName()).isEqualTo("orders");
        assertThat(session.passwordAge()).isEqualTo(2);
        assertThat(instance.sessions()).containsExactly(session);
    }

    @Test
    void session_ofADeletedAccount_goesOn() throws SQLException {
        instance.createAccount("orders", FIRST);
        InMemorySession session = instance.connect("orders", FIRST);

        instance.deleteAccount("orders");
        session.use();

        assertThat(session.passwordAge()).isEqualTo(1);
    }

    @Test
    void session_closedOrStopped_cannotBeUsed() throws SQLException {
        instance.createAccount("orders", FIRST);
        InMemorySession closed = instance.connect("orders", FIRST);
        InMemorySession stopped = instance.connect("orders", FIRST);

        closed.close();
        instance.stop();

        for (InMemorySession session : List.of(closed, stopped)) {
            assertThat(session.isOpen()).isFalse();
            assertThatThrownBy(session::use)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"));
        }
        assertThat(instance.sessions()).isEmpty();
    }

    @Test
    void connect_toAStoppedInstance_failsAsTheDriverDoes() {
        instance.createAccount("orders", FIRST);
        instance.stop();

        assertThatThrownBy(() -> instance.connect("orders", FIRST))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"));
    }

    @ParameterizedTest
    @CsvSource({"POSTGRESQL, 28P01, 0", "MYSQL, 28000, 1045", "MARIADB, 28000, 1045", "SQL_SERVER, S0001, 18456"})
    void connect_withAWrongPassword_failsAsTheDriverDoes(RdsEngine engine, String sqlState, int code) {
        InMemoryRdsInstance other = RdsInstance.inMemory(engine);
        other.createAccount("orders", FIRST);

        assertThatThrownBy(() -> other.connect("orders", SECOND)).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo(sqlState);
            assertThat(e.getErrorCode()).isEqualTo(code);
            assertThat(e.getMessage()).contains("orders").doesNotContain(SECOND);
        });
    }

    @Test
    void onLogin_eachPassword_tellsItsAgeAndNotItself() throws SQLException {
        instance.createAccount("orders", FIRST);
        instance.resetPassword("orders", SECOND);
        instance.resetPassword("orders", THIRD);
        List<RdsLogin> told = new ArrayList<>();
        Subscription listening = instance.onLogin(told::add);

        instance.acceptsLogin("orders", FIRST);
        instance.acceptsLogin("orders", SECOND);
        instance.connect("orders", THIRD);
        instance.acceptsLogin("orders", "Never-was-4");
        instance.acceptsLogin("nobody", FIRST);
        listening.close();
        instance.acceptsLogin("orders", THIRD);

        assertThat(told)
                .containsExactly(
                        new RdsLogin("orders", false, 2),
                        new RdsLogin("orders", false, 1),
                        new RdsLogin("orders", true, 0),
                        new RdsLogin("orders", false, RdsLogin.UNKNOWN),
                        new RdsLogin("nobody", false, RdsLogin.UNKNOWN));
    }

    @Test
    void cloneAccount_onAnExistingClone_countsAsAChangeOfItsPassword() throws SQLException {
        instance.createAccount("orders", FIRST);
        instance.createAccount("orders_clone", SECOND);
        InMemorySession session = instance.connect("orders_clone", SECOND);
        List<RdsLogin> told = new ArrayList<>();
        Subscription listening = instance.onLogin(told::add);

        instance.cloneAccount("orders", "orders_clone", THIRD);
        instance.acceptsLogin("orders_clone", SECOND);
        listening.close();

        assertThat(session.passwordAge()).isEqualTo(1);
        assertThat(told).containsExactly(new RdsLogin("orders_clone", false, 1));
    }

    @Test
    void login_after70Changes_isForgotten() {
        instance.createAccount("orders", FIRST);
        for (int i = 0; i < 70; i++) {
            instance.resetPassword("orders", "Password-" + i);
        }
        List<RdsLogin> told = new ArrayList<>();
        Subscription listening = instance.onLogin(told::add);

        instance.acceptsLogin("orders", FIRST);
        instance.acceptsLogin("orders", "Password-5");
        listening.close();

        assertThat(told)
                .containsExactly(new RdsLogin("orders", false, RdsLogin.UNKNOWN), new RdsLogin("orders", false, 64));
    }
}
