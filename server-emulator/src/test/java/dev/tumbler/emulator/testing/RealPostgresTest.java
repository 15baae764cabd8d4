package dev.tumbler.emulator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A test database that lets everybody in would make every rotation test pass. */
class RealPostgresTest {
    @Test
    void server_wrongPassword_isRefused() throws Exception {
        try (RealPostgres postgres = RealPostgres.start()) {
            try (Connection connection = postgres.connect(RealPostgres.ADMIN, RealPostgres.ADMIN_PASSWORD)) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThatThrownBy(
                            () -> postgres.connect(RealPostgres.ADMIN, "wrong").close())
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
    }
}
