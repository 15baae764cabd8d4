package dev.tumbler.emulator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A test database that lets everybody in would make every rotation test pass. */
@Timeout(120)
class RealMariaDbTest {
    @Test
    void server_wrongPasswordOrNoName_isRefused() throws Exception {
        try (RealMariaDb mariaDb = RealMariaDb.start()) {
            try (Connection connection = mariaDb.connect(RealMariaDb.ADMIN, RealMariaDb.ADMIN_PASSWORD)) {
                assertThat(connection.isValid(5)).isTrue();
            }
            for (String user : new String[] {RealMariaDb.ADMIN, "root", "", "nobody"}) {
                assertThatThrownBy(() -> mariaDb.connect(user, "wrong").close())
                        .as(user)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode()).isIn(1045, 1698));
            }
        }
    }

    @Test
    void close_twoServers_leavesTheOtherRunning() throws Exception {
        try (RealMariaDb one = RealMariaDb.start()) {
            RealMariaDb.start().close();

            one.execute("SELECT 1");
        }
    }
}
