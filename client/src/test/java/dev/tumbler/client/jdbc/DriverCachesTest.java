package dev.tumbler.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.testing.VirtualTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverCachesTest {
    private final VirtualTime time = new VirtualTime();
    private final DriverCaches caches = new DriverCaches(time);

    @AfterEach
    void close() {
        caches.close();
    }

    @Test
    void cache_ofEqualSettings_isTheSame() throws SQLException {
        assertThat(caches.of(key("a"))).isSameAs(caches.of(key("a")));
        assertThat(caches.of(key("a"))).isNotSameAs(caches.of(key("b")));
    }

    @Test
    void cache_unusedForAnHour_isClosedWhenAnotherIsOpened() throws SQLException {
        SecretCache unused = caches.of(key("a"));
        SecretCache used = caches.of(key("b"));
        time.advance(Duration.ofMinutes(30));
        assertThat(caches.of(key("b"))).isSameAs(used);
        time.advance(Duration.ofMinutes(30).plusNanos(1));

        SecretCache next = caches.of(key("d"));

        assertClosed(unused);
        for (SecretCache open : List.of(used, next)) {
            assertThatCode(() -> open.text("mail")).doesNotThrowAnyException();
        }
    }

    @Test
    void close_closesAllAndLetsThemBeOpenedAnew() throws SQLException {
        SecretCache before = caches.of(key("a"));

        caches.close();

        assertClosed(before);
        assertThatCode(() -> caches.of(key("a")).text("mail")).doesNotThrowAnyException();
    }

    private static void assertClosed(SecretCache cache) {
        assertThatThrownBy(() -> cache.text("mail"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This SecretCache is closed");
    }

    private static KmsSettings key(String id) {
        return new KmsSettings(
                List.of(KmsPlace.ofRegion("cn-hangzhou")),
                new KmsIdentity.AccessKey(Credentials.of(id, "s3cret")),
                null,
                null);
    }
}
