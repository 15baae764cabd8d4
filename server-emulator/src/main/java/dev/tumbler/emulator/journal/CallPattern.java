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
 * @param region the region that is called; {@code *} for all
 */
public record CallPattern(Set<KmsAction> actions, String secretName, String region) {
    private static final String ANY = "*";

    public CallPattern {
        actions = Set.copyOf(actions);
    }

    /** Calls of these actions, on any secret or none; all calls if none is given. */
    public static CallPattern of(KmsAction... actions) {
        return new CallPattern(Set.copyOf(Arrays.asList(actions)), ANY, ANY);
    }

    /** Only those on secrets of such a name. */
    public CallPattern forSecret(String pattern) {
        return new CallPattern(actions, pattern, region);
    }

    /** Only those to this region. */
    public CallPattern inRegion(String name) {
        return new CallPattern(actions, secretName, name);
    }

    /** Whether a call is meant. */
    public boolean matches(KmsAction action, @Nullable String calledSecret, String calledRegion) {
        return (actions.isEmpty() || actions.contains(action))
                && (region.equals(ANY) || region.equals(calledRegion))
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

    /** In words: {@code GetSecretValue or PutSecretValue on "orders/*" in cn-shanghai}. */
    @Override
    public String toString() {
        String what = actions.isEmpty()
                ? "any action"
                : actions.stream().map(KmsAction::wireName).sorted().collect(Collectors.joining(" or "));
        return what
                + (secretName.equals(ANY) ? "" : " on \"" + secretName + "\"")
                + (region.equals(ANY) ? "" : " in " + region);
    }
}
