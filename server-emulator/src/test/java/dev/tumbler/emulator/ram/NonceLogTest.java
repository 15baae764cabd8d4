package dev.tumbler.emulator.ram;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NonceLogTest {
    private final SettableTime time = new SettableTime("2026-11-24T10:00:00Z");
    private final NonceLog nonces = new NonceLog(time);

    @Test
    void use_ofTheSameNonceTwice_isRefusedTheSecondTime() {
        assertThat(nonces.isUsed("n1")).isFalse();
        assertThat(nonces.use("n1")).isTrue();
        assertThat(nonces.isUsed("n1")).isTrue();
        assertThat(nonces.use("n1")).isFalse();
        assertThat(nonces.use("n2")).isTrue();
    }

    @Test
    void use_exactlyAtTheEndOfTheWindow_isRefusedAndOneSecondLaterAccepted() {
        nonces.use("n1");

        time.advance(Duration.ofMinutes(31));
        assertThat(nonces.use("n1")).isFalse();

        time.advance(Duration.ofSeconds(1));
        assertThat(nonces.isUsed("n1")).isFalse();
        assertThat(nonces.use("n1")).isTrue();
    }

    @Test
    void use_afterTheWindow_forgetsAllThatIsOlder() {
        for (int i = 0; i < 1000; i++) {
            nonces.use("old-" + i);
        }
        time.advance(Duration.ofMinutes(31).plusSeconds(1));

        nonces.use("new");

        assertThat(nonces.size()).isEqualTo(1);
    }

    @Test
    void use_ofMoreNoncesThanFit_forgetsTheOldest() {
        for (int i = 0; i <= NonceLog.CAPACITY; i++) {
            nonces.use("n" + i);
        }

        assertThat(nonces.size()).isEqualTo(NonceLog.CAPACITY);
        assertThat(nonces.isUsed("n0")).isFalse();
        assertThat(nonces.isUsed("n1")).isTrue();
    }

    @Test
    void use_ofLongNoncesThatDifferAtTheEnd_tellsThemApart() {
        String start = "x".repeat(100_000);

        assertThat(nonces.use(start + "a")).isTrue();
        assertThat(nonces.use(start + "b")).isTrue();
        assertThat(nonces.use(start + "a")).isFalse();
    }
}
