package dev.tumbler.emulator.journal;

import dev.tumbler.emulator.event.Listeners;
import dev.tumbler.emulator.event.SecretEvents.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The calls that were answered, oldest first: those of known actions, refused ones included. The newest 10,000 are kept.
 * Beside them the permissions that calls of all APIs needed, each once; the first 10,000.
 * Thread-safe.
 */
public final class Journal {
    /** How many entries are kept. */
    public static final int CAPACITY = 10_000;

    private final Deque<JournalEntry> entries = new ArrayDeque<>();
    private final Listeners<JournalEntry> listeners = new Listeners<>();
    private final Set<PermissionUse> permissions = new LinkedHashSet<>();
    private final Listeners<PermissionUse> permissionListeners = new Listeners<>();
    private long recorded;

    /** Adds an entry, of which listeners are told; the oldest goes if there are too many. */
    public void record(JournalEntry entry) {
        synchronized (this) {
            if (entries.size() == CAPACITY) {
                entries.removeFirst();
            }
            entries.addLast(entry);
            recorded++;
        }
        listeners.tell(entry);
    }

    /**
     * Tells of each call from now on, just before its answer is sent: on a thread that answers, so that a listener must be
     * quick and must not throw.
     */
    public Subscription listen(Consumer<? super JournalEntry> listener) {
        return listeners.add(listener);
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

    /** Notes that a call needed a permission; listeners are told each time. */
    public void record(PermissionUse use) {
        synchronized (this) {
            if (permissions.size() < CAPACITY) {
                permissions.add(use);
            }
        }
        permissionListeners.tell(use);
    }

    /**
     * Tells of each permission that a call needs from now on, again if an earlier call has needed it: on the thread that
     * performs the call, so that a listener must be quick and must not throw.
     */
    public Subscription listenToPermissions(Consumer<? super PermissionUse> listener) {
        return permissionListeners.add(listener);
    }

    /** The permissions that calls needed, in the order in which each was first needed. */
    public synchronized List<PermissionUse> permissions() {
        return List.copyOf(permissions);
    }

    /** Forgets the calls and permissions of one access key, such as one that a test was set up with. */
    public synchronized void forget(String accessKeyId) {
        entries.removeIf(entry -> accessKeyId.equals(entry.accessKeyId()));
        permissions.removeIf(use -> use.accessKeyId().equals(accessKeyId));
    }

    /** How many calls were recorded since the start or the last {@link #clear}, more than {@link #CAPACITY} perhaps. */
    public synchronized long recorded() {
        return recorded;
    }

    /** Forgets everything. */
    public synchronized void clear() {
        entries.clear();
        permissions.clear();
        recorded = 0;
    }
}
