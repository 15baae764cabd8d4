package dev.tumbler.client.jdbc;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.SecretsClientBuilder;
import dev.tumbler.client.auth.CredentialsException;
import java.net.URI;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Where KMS is: a region, an endpoint, or both.
 *
 * @param endpoint a URI; null if it follows from the region
 */
record KmsPlace(@Nullable String region, @Nullable String endpoint) {
    SecretsClient client(KmsIdentity identity) throws SQLException {
        try {
            SecretsClientBuilder builder = SecretsClient.builder().credentials(identity.provider());
            if (region != null) {
                builder.region(region);
            }
            if (endpoint != null) {
                builder.endpoint(URI.create(endpoint));
            }
            return builder.build();
        } catch (IllegalArgumentException | CredentialsException e) {
            throw new SQLException("The settings of KMS are wrong: " + e.getMessage(), SqlStates.CONNECTION_FAILED, e);
        }
    }
}
