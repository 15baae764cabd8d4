package dev.tumbler.testkit.assertj;

import dev.tumbler.emulator.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Calls for a person to read. */
final class CallTable {
    /** A failure is to be read: the first and the last calls tell enough. */
    private static final int MOST_ROWS = 40;

    private CallTable() {}

    static String of(String title, List<JournalEntry> calls) {
        if (calls.isEmpty()) {
            return title + " nothing.";
        }
        List<String> lines = new ArrayList<>(List.of(title));
        int action = width(calls.stream().map(call -> call.action().wireName()).toList());
        int secret = width(calls.stream().map(CallTable::secret).toList());
        for (int i = 0; i < calls.size(); i++) {
            if (i == MOST_ROWS / 2 && calls.size() > MOST_ROWS) {
                int left = calls.size() - MOST_ROWS;
                lines.add("  … " + left + " more …");
                i += left;
            }
            JournalEntry call = calls.get(i);
            lines.add(String.format(
                    Locale.ROOT,
                    "  %4d  %s  %-" + action + "s  %-" + secret + "s  %d%s%s",
                    i + 1,
                    call.time(),
                    call.action().wireName(),
                    secret(call),
                    call.status(),
                    call.errorCode() == null ? "" : " " + call.errorCode(),
                    call.faulty() ? "  (fault)" : ""));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String secret(JournalEntry call) {
        return call.secretName() == null ? "-" : call.secretName();
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(1);
    }
}
