package dev.tumbler.emulator.secret;

import java.util.Collection;

/** Finds what somebody who mistyped a name may have meant. */
final class SimilarNames {
    private static final int MOST_EDITS = 2;

    /** A hint is worth a glance, not a search of a large store. */
    private static final int MOST_CANDIDATES = 1_000;

    private SimilarNames() {}

    /** A sentence that names the first similar name, or an empty text. */
    static String hint(String name, Collection<String> candidates) {
        return candidates.stream()
                .limit(MOST_CANDIDATES)
                .filter(candidate -> edits(name, candidate) <= MOST_EDITS)
                .findFirst()
                .map(similar -> "Similar names that exist: \"" + similar + "\".")
                .orElse("");
    }

    /** The Levenshtein distance. */
    private static int edits(String a, String b) {
        if (Math.abs(a.length() - b.length()) > MOST_EDITS) {
            return MOST_EDITS + 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
