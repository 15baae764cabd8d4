package dev.tumbler.emulator.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The calls that were answered, oldest first: those of known actions, refused ones included. The newest 10,000 are kept.
 * Thread-safe.
 */
public final class Journal {
    /** How many entries are kept. */
    public static final int CAPACITY = 10_000;

    private final Deque<JournalEntry> entries = new ArrayDeque<>();
    private long recorded;

    /** Adds an entry; the oldest goes if there are too many. */
    public synchronized void record(JournalEntry entry) {
        if (entries.size() == CAPACITY) {
            entries.removeFirst();
        }
        entries.addLast(entry);
        recorded++;
    }

    /** The calls that are kept, in the order of their answers. */
    public synchronized List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    /** Those of them that are meant. */
    public List<JournalEntry> entries(CallPattern pattern) {
        return entries().stream()
                .filter(entry -> pattern.matches(entry.action(), entry.secretName(), entry.region()))
                .toList();
    }

    /** How many calls were recorded since the start or the last {@link #clear}, more than {@link #CAPACITY} perhaps. */
    public synchronized long recorded() {
        return recorded;
    }

    /** Forgets everything. */
    public synchronized void clear() {
        entries.clear();
        recorded = 0;
    }
}
