package dev.tumbler.client.cache;

import dev.tumbler.client.internal.time.TimeSource;
import dev.tumbler.client.model.GetSecretValueResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store of a cache, whose failures are logged and go no further. Without a store there is nothing in it. Thread-safe. */
final class StoredValues {
    private static final Logger LOG = LoggerFactory.getLogger(StoredValues.class);

    private final @Nullable SecretStore store;

    /** When the values were read that were stored last. */
    private final Map<SecretAddress, Instant> newest = new ConcurrentHashMap<>();

    private int promised;

    StoredValues(@Nullable SecretStore store) {
        this.store = store;
    }

    /** Says that a value will be handed over; then {@link #keep} or {@link #drop} must follow. */
    synchronized void promise() {
        if (store != null) {
            promised++;
        }
    }

    /** Stores a promised value. */
    void keep(SecretAddress address, GetSecretValueResult result, Instant readAt) {
        if (store == null) {
            return;
        }
        try {
            // Two handles of one secret, in two forms, share what is stored.
            if (newest.merge(address, readAt, StoredValues::later).equals(readAt)) {
                store.save(address.secretName(), address.version(), new SecretStore.StoredSecret(result, readAt));
            }
        } catch (RuntimeException e) {
            LOG.warn("Secret {}: not stored, a restart will not find it: {}", address, describe(e));
        } finally {
            drop();
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Forgets a promised value, as there is a newer one. */
    synchronized void drop() {
        if (store != null) {
            promised--;
            notifyAll();
        }
    }

    /** Waits until all that was promised is stored, but no longer than that. */
    synchronized void await(Duration limit) {
        long deadline = TimeSource.system().nanoTime() + limit.toNanos();
        try {
            for (long left = limit.toNanos();
                    promised > 0 && left > 0;
                    left = deadline - TimeSource.system().nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns what was stored before a restart. */
    Optional<SecretStore.StoredSecret> find(SecretAddress address) {
        if (store == null) {
            return Optional.empty();
        }
        try {
            return store.load(address.secretName(), address.version());
        } catch (RuntimeException e) {
            LOG.warn("Secret {}: the stored value is not used: {}", address, describe(e));
            return Optional.empty();
        }
    }

    /** What our own store says is fit to be shown; anything else could hold the value. */
    private String describe(RuntimeException failure) {
        return store instanceof EncryptedFileStore
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getName();
    }
}
