package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What a random password is to look like.
 *
 * <p>Source: KMS API reference, GetRandomPassword.
 *
 * @param length 8 to 128
 * @param kinds the kinds of characters to choose from
 * @param excludedCharacters characters not to choose
 * @param eachKind whether there must be one of each kind at least
 */
public record RandomPassword(int length, Set<Kind> kinds, String excludedCharacters, boolean eachKind) {
    /** The shortest password. */
    public static final int SHORTEST = 8;

    /** The longest password. */
    public static final int LONGEST = 128;

    public RandomPassword {
        kinds = Set.copyOf(kinds);
        if (length < SHORTEST || length > LONGEST) {
            throw KmsError.invalidParameter("PasswordLength", "It must be from 8 to 128.");
        }
    }

    /**
     * Draws a password; each that fits is equally likely.
     *
     * @throws KmsError {@code InvalidParameter} if no character is left to choose, or none of a kind that must occur
     */
    public String draw(RandomGenerator random) {
        Map<Kind, String> alphabets = new EnumMap<>(Kind.class);
        for (Kind kind : kinds) {
            alphabets.put(kind, allowed(kind));
        }
        String alphabet = String.join("", alphabets.values());
        if (alphabet.isEmpty() || (eachKind && alphabets.containsValue(""))) {
            throw KmsError.invalidParameter(
                    "ExcludeCharacters",
                    alphabet.isEmpty()
                            ? "No character is left to choose from."
                            : "No character is left of a kind that RequireEachIncludedType asks for.");
        }
        while (true) {
            StringBuilder password = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                password.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            // Drawing again keeps the distribution uniform, which placing one of each kind would not.
            if (!eachKind || alphabets.values().stream().allMatch(kind -> shareACharacter(password, kind))) {
                return password.toString();
            }
        }
    }

    private String allowed(Kind kind) {
        return kind.characters
                .chars()
                .filter(c -> excludedCharacters.indexOf(c) < 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static boolean shareACharacter(CharSequence password, String characters) {
        return password.chars().anyMatch(c -> characters.indexOf(c) >= 0);
    }

    /** The kinds of characters. */
    public enum Kind {
        LOWERCASE("Lowercase", "abcdefghijklmnopqrstuvwxyz"),
        UPPERCASE("Uppercase", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        NUMBERS("Numbers", "0123456789"),
        /** Without the backtick, on which the documentation is of two minds. */
        PUNCTUATION("Punctuation", "!\"#$%&'()*+,-./:;<=>?@[\\]^_{|}~");

        private final String wireName;
        private final String characters;

        Kind(String wireName, String characters) {
            this.wireName = wireName;
            this.characters = characters;
        }

        /** The end of the name of the parameter that excludes it. */
        public String wireName() {
            return wireName;
        }
    }
}
