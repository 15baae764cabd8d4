package dev.tumbler.client.cache;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SecretCache} holds and has done since it was built; a snapshot, immutable. Reads that memory answered are
 * not counted: counting would cost more than they do.
 */
public final class CacheStats {
    private final int secrets;
    private final int staleSecrets;
    private final int missingSecrets;
    private final long loads;
    private final long refreshes;
    private final long failures;
    private final long staleServes;
    private final long restores;
    private final @Nullable Duration oldestAge;

    CacheStats(Counters counters, int secrets, int staleSecrets, int missingSecrets, @Nullable Duration oldestAge) {
        this.secrets = secrets;
        this.staleSecrets = staleSecrets;
        this.missingSecrets = missingSecrets;
        this.loads = counters.loads.sum();
        this.refreshes = counters.refreshes.sum();
        this.failures = counters.failures.sum();
        this.staleServes = counters.staleServes.sum();
        this.restores = counters.restores.sum();
        this.oldestAge = oldestAge;
    }

    /** Returns how many values are in memory; a secret that is read in two forms counts twice. */
    public int secrets() {
        return secrets;
    }

    /** Returns how many of them are stale: see {@link CachedSecret#isStale}. */
    public int staleSecrets() {
        return staleSecrets;
    }

    /** Returns of how many secrets there is no value, because none came yet or it has expired, and the last read failed. */
    public int missingSecrets() {
        return missingSecrets;
    }

    /** Returns how many reads of the service brought a value where there was none. */
    public long loads() {
        return loads;
    }

    /** Returns how many reads of the service brought a value where there was one. */
    public long refreshes() {
        return refreshes;
    }

    /** Returns how many reads of the service failed, those that the client has retried counted once. */
    public long failures() {
        return failures;
    }

    /** Returns how often {@link CachedSecret#get()} and {@link CachedSecret#getAsync()} gave a stale value. */
    public long staleServes() {
        return staleServes;
    }

    /** Returns how many values came from the {@link SecretStore} because the service could not be reached. */
    public long restores() {
        return restores;
    }

    /** Returns the time since the oldest value in memory was read from the service; empty if there is none. */
    public Optional<Duration> oldestAge() {
        return Optional.ofNullable(oldestAge);
    }

    @Override
    public String toString() {
        return "CacheStats[secrets=" + secrets + ", staleSecrets=" + staleSecrets
                + ", missingSecrets=" + missingSecrets + ", loads=" + loads + ", refreshes="
                + refreshes + ", failures=" + failures + ", staleServes=" + staleServes + ", restores=" + restores
                + ", oldestAge=" + oldestAge + "]";
    }
}
