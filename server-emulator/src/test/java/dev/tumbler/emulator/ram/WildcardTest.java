package dev.tumbler.emulator.ram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "*, kms:GetSecretValue, true",
        "?, '', false",
        "?, a, true",
        "?, ab, false",
        "kms:Get*, kms:GetSecretValue, true",
        "kms:Get*, kms:Get, true",
        "kms:Get*, ram:GetUser, false",
        "kms:*Secret, kms:CreateSecret, true",
        "kms:*Secret, kms:CreateSecrets, false",
        "acs:kms:*:*:secret/orders/*, acs:kms:cn-hangzhou:1:secret/orders/a/b, true",
        "acs:kms:*:*:secret/orders/*, acs:kms:cn-hangzhou:1:secret/orders, false",
        "acs:kms:*:*:secret/a.c, acs:kms:cn-hangzhou:1:secret/abc, false",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXbYbZ, false"
    })
    void matches_documentedWildcards(String pattern, String text, boolean expected) {
        assertThat(Wildcard.caseSensitive(pattern).matches(text)).isEqualTo(expected);
    }

    @Test
    void matches_ignoringCase_ofActionsOnly() {
        assertThat(Wildcard.ignoringCase("KMS:get*").matches("kms:GetSecretValue"))
                .isTrue();
        assertThat(Wildcard.caseSensitive("KMS:get*").matches("kms:GetSecretValue"))
                .isFalse();
    }

    /** Against the JDK's regular expressions, on texts that are short and alike enough to match often. */
    @Test
    void matches_randomPatterns_agreesWithRegularExpressions() {
        Random random = new Random(20_261_124);
        int matched = 0;
        for (int i = 0; i < 100_000; i++) {
            String pattern = randomText(random, "ab*?.", 8);
            String text = randomText(random, "ab.", 10);
            boolean expected = Pattern.matches(
                    ("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), text);
            assertThat(Wildcard.caseSensitive(pattern).matches(text))
                    .as("%s on %s", pattern, text)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(5_000);
    }

    @Test
    @Timeout(10)
    void matches_manyStars_doesNotTakeExponentialTime() {
        assertThat(Wildcard.caseSensitive("*a".repeat(200) + "b").matches("a".repeat(20_000)))
                .isFalse();
    }

    private static String randomText(Random random, String alphabet, int longest) {
        int length = random.nextInt(longest + 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
