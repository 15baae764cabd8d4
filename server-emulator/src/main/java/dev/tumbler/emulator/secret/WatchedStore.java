package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.event.Listeners;
import dev.tumbler.emulator.event.SecretEvents.Subscription;
import java.util.List;
import java.util.function.Consumer;

/** A store that tells of the values that it is given. Thread-safe. */
public final class WatchedStore implements SecretStore {
    private final SecretStore store;
    private final Listeners<ConfidentialText> watchers = new Listeners<>();

    /** @param store what really keeps them */
    public WatchedStore(SecretStore store) {
        this.store = store;
    }

    /** Has {@code watcher} told of each value, again and again, on the thread that stores it. */
    public Subscription watch(Consumer<? super ConfidentialText> watcher) {
        return watchers.add(watcher);
    }

    @Override
    public List<StoredSecret> load(String region) {
        return store.load(region);
    }

    @Override
    public void save(String region, StoredSecret stored) {
        if (!watchers.isEmpty()) {
            tell(stored.secret(), watchers::tell);
            PendingRotation pending = stored.pending();
            if (pending != null) {
                watchers.tell(new ConfidentialText(
                        stored.secret().name(), pending.versionId(), "AccountPassword", pending.password()));
            }
        }
        store.save(region, stored);
    }

    /** Tells of what a secret has now. */
    public static void tell(Secret secret, Consumer<? super ConfidentialText> watcher) {
        secret.versions()
                .forEach(version -> ConfidentialText.of(secret.name(), version).ifPresent(watcher));
    }

    @Override
    public void remove(String region, String name) {
        store.remove(region, name);
    }
}
