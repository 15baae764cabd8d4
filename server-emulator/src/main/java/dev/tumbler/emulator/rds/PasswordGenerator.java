package dev.tumbler.emulator.rds;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Generates passwords that every RDS engine takes: 32 characters, with upper-case letters, lower-case letters, digits
 * and some of {@code !@#$%^&*()_+-=}. Each such password is equally likely (about 199 bits).
 *
 * <p>Thread-safe if its source of randomness is, as {@link SecureRandom} is. Length and alphabet are assumed: the
 * service does not document what it generates, only what RDS accepts.
 */
public final class PasswordGenerator {
    private static final int ALL_CLASSES = 4;

    private final RandomGenerator random;

    /** Generates unpredictable passwords. */
    public PasswordGenerator() {
        this(new SecureRandom());
    }

    /**
     * Generates passwords from the given source. Whoever can predict the source can predict the passwords: for a real
     * database it must be a {@link SecureRandom}.
     */
    public PasswordGenerator(RandomGenerator random) {
        this.random = random;
    }

    /** A new password. */
    public String generate() {
        // Drawing again until all classes occur keeps the distribution uniform, which placing one of each would not.
        // One draw in eighty is thrown away.
        while (true) {
            StringBuilder password = new StringBuilder(PasswordRules.MAX_LENGTH);
            for (int i = 0; i < PasswordRules.MAX_LENGTH; i++) {
                password.append(PasswordRules.ALPHABET.charAt(random.nextInt(PasswordRules.ALPHABET.length())));
            }
            String candidate = password.toString();
            if (PasswordRules.classes(candidate) == ALL_CLASSES) {
                return candidate;
            }
        }
    }
}
