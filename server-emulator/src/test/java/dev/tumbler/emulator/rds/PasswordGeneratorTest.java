package dev.tumbler.emulator.rds;

import static dev.tumbler.emulator.rds.RdsAssertions.assertRdsException;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordGeneratorTest {
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*()_+-=";

    @Test
    void generate_manyTimes_has32CharactersOfAllFourClassesAndNeverRepeats() {
        PasswordGenerator generator = new PasswordGenerator();

        assertThat(Stream.generate(generator::generate).limit(2_000))
                .doesNotHaveDuplicates()
                .allSatisfy(password -> assertThat(password)
                        .matches("[A-Za-z0-9!@#$%^&*()_+\\-=]{32}")
                        .containsPattern("[A-Z]")
                        .containsPattern("[a-z]")
                        .containsPattern("[0-9]")
                        .containsPattern("[^A-Za-z0-9]"));
    }

    @Test
    void generate_seeded_isUniformOverTheAlphabet() {
        PasswordGenerator generator = new PasswordGenerator(new Random(20261124));
        int passwords = 20_000;
        int[] counts = new int[128];
        for (int i = 0; i < passwords; i++) {
            generator.generate().chars().forEach(c -> counts[c]++);
        }

        // Digits and specials gain about one per cent, because passwords without them are thrown away.
        double expected = passwords * 32.0 / ALPHABET.length();
        assertThat(ALPHABET.chars().map(c -> counts[c]))
                .allSatisfy(count -> assertThat((double) count).isBetween(expected * 0.94, expected * 1.06));
        assertThat(IntStream.of(counts).sum()).isEqualTo(passwords * 32);
    }

    @Test
    void generate_sameSeed_repeatsThePasswords() {
        PasswordGenerator one = new PasswordGenerator(new Random(7));
        PasswordGenerator other = new PasswordGenerator(new Random(7));

        assertThat(one.generate()).isEqualTo(other.generate());
        assertThat(one.generate()).isEqualTo(other.generate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Abcdefg1", "ABCDEFG1!", "abcdefg1=", "Abcdefgh-", "Abcdefghijklmnopqrstuvwxyz12345^"})
    void rules_threeClassesAndAllowedLength_accept(String password) {
        assertThatCode(() -> PasswordRules.require("orders", password)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Abcdef1",
                "Abcdefghijklmnopqrstuvwxyz123456^",
                "abcdefgh1",
                "ABCDEFGH!",
                "Abcdefgh",
                "Abcdefg1 ",
                "Abcdefg1?",
                "Abcdefg1;",
                "Abcdefg1'",
                "Abcdefg1ä"
            })
    void rules_otherwise_refuse(String password) {
        assertRdsException(() -> PasswordRules.require("orders", password), RdsException.Reason.INVALID_PASSWORD)
                .hasMessage(
                        "The password for account \"orders\" breaks the rules of RDS: 8 to 32 characters, three of upper-case letters, lower-case letters, digits and !@#$%^&*()_+-=, and nothing else");
    }
}
