package dev.tumbler.client.cache;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How {@link SecretCache#preload} went.
 *
 * @param loaded the secrets that have a value now, those that had one before included
 * @param failures the others, each with what its read threw
 */
public record PreloadReport(List<CachedSecret<?>> loaded, Map<CachedSecret<?>, RuntimeException> failures) {
    /** Copies both. */
    public PreloadReport {
        loaded = List.copyOf(loaded);
        failures = Map.copyOf(failures);
    }

    /** Returns whether all secrets have a value. */
    public boolean isComplete() {
        return failures.isEmpty();
    }

    /**
     * Returns this report if it is complete; for a start that shall fail early.
     *
     * @throws IllegalStateException if it is not; the message names the secrets, and the failures are suppressed in it
     */
    public PreloadReport orThrow() {
        if (isComplete()) {
            return this;
        }
        String names = failures.keySet().stream()
                .map(secret -> "\"" + secret.secretName() + "\"")
                .sorted()
                .distinct()
                .collect(Collectors.joining(", "));
        IllegalStateException incomplete = new IllegalStateException(failures.size() + " of "
                + (loaded.size() + failures.size()) + " secrets could not be loaded: " + names);
        failures.values().forEach(incomplete::addSuppressed);
        throw incomplete;
    }
}
