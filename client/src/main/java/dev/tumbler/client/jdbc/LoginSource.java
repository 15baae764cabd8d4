package dev.tumbler.client.jdbc;

import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.cache.VersionSelector;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Where logins come from: the versions of one secret.
 *
 * @param handles the handle of a version
 * @param reading what a value says
 */
record LoginSource<T>(
        String secretName, Function<VersionSelector, CachedSecret<T>> handles, Function<T, LoginAttempt> reading) {
    /** Returns the logins that a secret offers for a URL. */
    static LoginSource<?> of(SecretCache cache, String secretName, JdbcUrl url) {
        if (url.isAddressInSecret()) {
            return new LoginSource<>(
                    secretName,
                    version -> cache.result(secretName, version),
                    result -> LoginAttempt.withAddress(url, result));
        }
        String target = url.target();
        return new LoginSource<>(
                secretName, version -> cache.rds(secretName, version), account -> new LoginAttempt(account, target));
    }

    /** Returns what is in memory, or waits for the service if that is nothing. */
    LoginAttempt current() {
        return reading.apply(handles.apply(VersionSelector.current()).get());
    }

    /** Returns what the service says now. */
    LoginAttempt refreshed(VersionSelector version) {
        return reading.apply(handles.apply(version).refreshNow());
    }

    /**
     * Returns what the service says now.
     *
     * @throws TimeoutException if it says nothing in time; the read goes on
     * @throws InterruptedException if the thread is interrupted
     */
    LoginAttempt refreshed(VersionSelector version, Duration limit) throws TimeoutException, InterruptedException {
        try {
            return reading.apply(handles.apply(version)
                    .refreshAsync()
                    .get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("Secret \"" + secretName + "\" could not be read", e.getCause());
        }
    }
}
