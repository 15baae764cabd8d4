package dev.tumbler.client.jdbc;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.cache.SecretCacheBuilder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the driver reads secrets, and as whom. The same settings are equal, and share what is opened.
 *
 * @param places those after the first are asked while it has no answer
 * @param callTimeout null for the default
 * @param refreshInterval null for the default
 */
record KmsSettings(
        List<KmsPlace> places,
        KmsIdentity identity,
        @Nullable Duration callTimeout,
        @Nullable Duration refreshInterval) {
    /** So that a login can wait for the first place and still hear from another. */
    private static final Duration CALL_TIMEOUT_OF_SEVERAL = Duration.ofSeconds(10);

    /** Returns a client for each place. */
    List<SecretsClient> clients() throws SQLException {
        if (places.isEmpty()) {
            throw new SQLException(
                    "The driver needs to know where KMS is: set " + KmsPlace.HOW_TO_SAY, SqlStates.CONNECTION_FAILED);
        }
        Duration limit = callTimeout == null && places.size() > 1 ? CALL_TIMEOUT_OF_SEVERAL : callTimeout;
        List<SecretsClient> clients = new ArrayList<>();
        try {
            for (KmsPlace place : places) {
                clients.add(place.client(identity, limit));
            }
        } catch (SQLException e) {
            clients.forEach(SecretsClient::close);
            throw e;
        }
        return clients;
    }

    /** Returns a cache that reads through these clients. */
    SecretCache cache(List<SecretsClient> clients) throws SQLException {
        SecretCacheBuilder cache = SecretCache.builder(clients.get(0));
        clients.stream().skip(1).forEach(cache::fallback);
        try {
            if (refreshInterval != null) {
                cache.refreshInterval(refreshInterval);
            }
            return cache.build();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new SQLException(
                    DriverProperty.REFRESH_INTERVAL + " is wrong: " + e.getMessage(), SqlStates.CONNECTION_FAILED, e);
        }
    }
}
