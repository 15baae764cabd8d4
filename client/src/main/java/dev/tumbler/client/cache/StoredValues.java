package dev.tumbler.client.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tumbler.client.internal.time.TimeSource;
import dev.tumbler.client.model.GetSecretValueResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of a cache, which gets values one after the other, and whose failures are logged and go no further. Without a
 * store there is nothing in it. Thread-safe.
 */
final class StoredValues {
    private static final Logger LOG = LoggerFactory.getLogger(StoredValues.class);
    private static final int REMEMBERED = 10_000;

    private final @Nullable SecretStore store;
    private final SerialQueue queue;
    private final AtomicLong reads = new AtomicLong();

    /** The numbers of the reads whose values were stored last: two handles of a secret, in two forms, share what is stored. */
    private final Cache<SecretAddress, Long> newest = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    private int unsaved;

    StoredValues(@Nullable SecretStore store, Executor executor) {
        this.store = store;
        this.queue = new SerialQueue(executor);
    }

    /** Returns the number of a read that begins now. */
    long nextRead() {
        return reads.incrementAndGet();
    }

    /**
     * Takes a value, to be stored after {@link #run}; the caller may hold locks.
     *
     * @param read the number of the read that brought it
     */
    void add(SecretAddress address, GetSecretValueResult result, Instant readAt, long read) {
        if (store == null) {
            return;
        }
        count(1);
        queue.add(() -> {
            try {
                save(store, address, new SecretStore.StoredSecret(result, readAt), read);
            } finally {
                count(-1);
            }
        });
    }

    /** Stores what was added, on a thread of its own. */
    void run() {
        queue.run();
    }

    private void save(SecretStore into, SecretAddress address, SecretStore.StoredSecret value, long read) {
        Long last = newest.getIfPresent(address);
        if (last != null && last > read) {
            return;
        }
        newest.put(address, read);
        try {
            into.save(address.secretName(), address.version(), value);
        } catch (RuntimeException e) {
            LOG.warn("Secret {}: not stored, a restart will not find it: {}", address, describe(e));
        }
    }

    private synchronized void count(int more) {
        unsaved += more;
        notifyAll();
    }

    /** Waits until all that was added is stored, but no longer than that. */
    synchronized void await(Duration limit) {
        TimeSource time = TimeSource.system();
        long deadline = time.nanoTime() + limit.toNanos();
        try {
            for (long left = limit.toNanos(); unsaved > 0 && left > 0; left = deadline - time.nanoTime()) {
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
