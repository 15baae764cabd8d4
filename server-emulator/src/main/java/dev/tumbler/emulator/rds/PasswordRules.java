package dev.tumbler.emulator.rds;

/**
 * What RDS takes as an account's password, on every engine. Source: RDS API reference, CreateAccount, AccountPassword.
 */
final class PasswordRules {
    static final String UPPER_CASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static final String LOWER_CASE = "abcdefghijklmnopqrstuvwxyz";
    static final String DIGITS = "0123456789";
    static final String SPECIALS = "!@#$%^&*()_+-=";
    static final String ALPHABET = UPPER_CASE + LOWER_CASE + DIGITS + SPECIALS;

    static final int MIN_LENGTH = 8;
    static final int MAX_LENGTH = 32;
    private static final int MIN_CLASSES = 3;

    private PasswordRules() {}

    /** How many of the four classes (upper case, lower case, digits, specials) occur. */
    static int classes(String password) {
        int classes = 0;
        for (String characters : new String[] {UPPER_CASE, LOWER_CASE, DIGITS, SPECIALS}) {
            if (password.chars().anyMatch(c -> characters.indexOf(c) >= 0)) {
                classes++;
            }
        }
        return classes;
    }

    /** Refuses what RDS refuses; the message says nothing about the password, only the rule. */
    static void require(String accountName, String password) {
        boolean valid = password.length() >= MIN_LENGTH
                && password.length() <= MAX_LENGTH
                && password.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                && classes(password) >= MIN_CLASSES;
        if (!valid) {
            throw new RdsException(
                    RdsException.Reason.INVALID_PASSWORD,
                    "The password for account \"%s\" breaks the rules of RDS: %d to %d characters, three of upper-case letters, lower-case letters, digits and %s, and nothing else"
                            .formatted(accountName, MIN_LENGTH, MAX_LENGTH, SPECIALS),
                    null);
        }
    }
}
