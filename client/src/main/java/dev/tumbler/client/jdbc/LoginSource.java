package dev.tumbler.client.jdbc;

import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.cache.VersionSelector;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where logins come from: the versions of one secret. It holds their handles, so that the cache's eviction does not matter. */
final class LoginSource<T> {
    private final CachedSecret<T> current;
    private final Supplier<CachedSecret<T>> handleOfPrevious;
    private final Function<T, LoginAttempt> reading;
    private volatile @Nullable CachedSecret<T> previous;

    /** @param reading what a value says */
    private LoginSource(Function<VersionSelector, CachedSecret<T>> handles, Function<T, LoginAttempt> reading) {
        this.current = handles.apply(VersionSelector.current());
        this.handleOfPrevious = () -> handles.apply(VersionSelector.previous());
        this.reading = reading;
    }

    /** Returns the logins that a secret offers for a URL. */
    static LoginSource<?> of(SecretCache cache, String secretName, JdbcUrl url) {
        if (url.isAddressInSecret()) {
            return new LoginSource<>(
                    version -> cache.result(secretName, version), result -> LoginAttempt.withAddress(url, result));
        }
        String target = url.target();
        return new LoginSource<>(
                version -> cache.rds(secretName, version), account -> new LoginAttempt(account, target));
    }

    String secretName() {
        return current.secretName();
    }

    /** Calls the listener each time the current version has another value; as long as somebody has this source. */
    void onChange(Runnable listener) {
        current.onChange(changed -> listener.run());
    }

    /** Returns what is in memory, or waits for the service if that is nothing. */
    LoginAttempt current() {
        return reading.apply(current.get());
    }

    /**
     * Returns what is in memory, or what the service says in time.
     *
     * @throws TimeoutException if that is nothing; the read goes on
     * @throws InterruptedException if the thread is interrupted
     */
    LoginAttempt current(Duration limit) throws TimeoutException, InterruptedException {
        return within(limit, current.getAsync());
    }

    /** Returns what the service says now. */
    LoginAttempt refreshed(Version version) {
        return reading.apply(handle(version).refreshNow());
    }

    /**
     * Returns what the service says now.
     *
     * @throws TimeoutException if it says nothing in time; the read goes on
     * @throws InterruptedException if the thread is interrupted
     */
    LoginAttempt refreshed(Version version, Duration limit) throws TimeoutException, InterruptedException {
        return within(limit, handle(version).refreshAsync());
    }

    private CachedSecret<T> handle(Version version) {
        if (version == Version.CURRENT) {
            return current;
        }
        CachedSecret<T> known = previous;
        if (known == null) {
            known = handleOfPrevious.get();
            previous = known;
        }
        return known;
    }

    private LoginAttempt within(Duration limit, CompletableFuture<T> read)
            throws TimeoutException, InterruptedException {
        try {
            return reading.apply(read.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("Secret \"" + secretName() + "\" could not be read", e.getCause());
        }
    }

    /** Which version of the secret. */
    enum Version {
        CURRENT,
        PREVIOUS
    }
}
