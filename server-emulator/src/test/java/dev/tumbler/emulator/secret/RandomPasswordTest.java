package dev.tumbler.emulator.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.secret.RandomPassword.Kind;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RandomPasswordTest {
    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);
    private final RandomGenerator random = new SecureRandom();

    @Test
    void draw_allKinds_usesEachOf93Characters() {
        Set<Integer> drawn = new HashSet<>();
        RandomGenerator seeded = new Random(1);
        for (int i = 0; i < 200; i++) {
            new RandomPassword(128, ALL, "", false).draw(seeded).chars().forEach(drawn::add);
        }
        // 94 printable characters of ASCII, but for the backtick.
        assertThat(drawn).hasSize(93).allMatch(c -> c > ' ' && c <= '~' && c != '`');
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 32, 128})
    void draw_length_isWhatWasAsked(int length) {
        assertThat(new RandomPassword(length, ALL, "", false).draw(random)).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 129, 0, -1})
    void length_outside8To128_isRefused(int length) {
        assertRefused(() -> new RandomPassword(length, ALL, "", false), "PasswordLength");
    }

    @Test
    void draw_excluded_neverOccurs() {
        RandomPassword digits = new RandomPassword(128, Set.of(Kind.NUMBERS), "0123456`", false);
        assertThat(digits.draw(random)).matches("[789]{128}");
    }

    @Test
    void draw_eachKind_hasOneOfEachAlsoWhenThatIsRare() {
        // One upper-case letter, one digit and one sign are left, in eight characters.
        String excluded = "ABCDEFGHIJKLMNOPQRSTUVWXY" + "012345678" + "!\"#$%&'()*+,-./:;<=>?@[\\]^_{|}";
        for (int i = 0; i < 20; i++) {
            assertThat(new RandomPassword(8, ALL, excluded, true).draw(random))
                    .matches("[a-zZ9~]{8}")
                    .contains("Z", "9", "~")
                    .containsPattern("[a-z]");
        }
    }

    @Test
    void draw_nothingLeft_isRefused() {
        assertRefused(() -> new RandomPassword(8, Set.of(), "", false).draw(random), "No character is left");
        assertRefused(
                () -> new RandomPassword(8, Set.of(Kind.NUMBERS), "0123456789", false).draw(random),
                "No character is left");
        assertRefused(() -> new RandomPassword(8, ALL, "0123456789", true).draw(random), "RequireEachIncludedType");
        assertThat(new RandomPassword(8, ALL, "0123456789", false).draw(random)).doesNotContainPattern("[0-9]");
    }

    private static void assertRefused(ThrowingCallable call, String inMessage) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KmsError.class, error -> assertThat(error.code()).isEqualTo("InvalidParameter"))
                .hasMessageContaining(inMessage);
    }
}
