package dev.tumbler.emulator.ram;

import java.util.Locale;

/**
 * A pattern of a policy: {@code *} stands for any number of characters, none included, {@code ?} for exactly one.
 * Immutable.
 *
 * <p>Source: RAM, "Policy elements" and "Conditional operators".
 */
final class Wildcard {
    private final String pattern;
    private final boolean ignoreCase;

    private Wildcard(String pattern, boolean ignoreCase) {
        this.pattern = ignoreCase ? pattern.toLowerCase(Locale.ROOT) : pattern;
        this.ignoreCase = ignoreCase;
    }

    static Wildcard caseSensitive(String pattern) {
        return new Wildcard(pattern, false);
    }

    static Wildcard ignoringCase(String pattern) {
        return new Wildcard(pattern, true);
    }

    boolean matches(String text) {
        return match(ignoreCase ? text.toLowerCase(Locale.ROOT) : text);
    }

    /** On a mismatch only the last {@code *} takes one character more: no pattern takes longer than pattern times text. */
    private boolean match(String text) {
        int p = 0;
        int t = 0;
        int lastStar = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                lastStar = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (lastStar >= 0) {
                p = lastStar + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
