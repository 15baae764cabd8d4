package dev.tumbler.emulator.journal;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are meant. Immutable.
 *
 * @param actions the actions; empty for all
 * @param secretName the name of the secret, in which {@code *} stands for any characters, {@code /} included, and
 *     {@code ?} for one; {@code *} also means calls that name no secret
 */
public record CallPattern(Set<KmsAction> actions, String secretName) {
    private static final String ANY = "*";

    public CallPattern {
        actions = Set.copyOf(actions);
    }

    /** Calls of these actions, on any secret or none; all calls if none is given. */
    public static CallPattern of(KmsAction... actions) {
        return new CallPattern(Set.copyOf(Arrays.asList(actions)), ANY);
    }

    /** Only those on secrets of such a name. */
    public CallPattern forSecret(String pattern) {
        return new CallPattern(actions, pattern);
    }

    /** Whether a call is meant. */
    public boolean matches(KmsAction action, @Nullable String calledSecret) {
        return (actions.isEmpty() || actions.contains(action))
                && (secretName.equals(ANY)
                        || (calledSecret != null && glob().matcher(calledSecret).matches()));
    }

    private Pattern glob() {
        String regex = secretName
                .chars()
                .mapToObj(c -> switch (c) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(c));
                })
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    /** In words: {@code GetSecretValue or PutSecretValue on "orders/*"}. */
    @Override
    public String toString() {
        String what = actions.isEmpty()
                ? "any action"
                : actions.stream().map(KmsAction::wireName).sorted().collect(Collectors.joining(" or "));
        return secretName.equals(ANY) ? what : what + " on \"" + secretName + "\"";
    }
}
