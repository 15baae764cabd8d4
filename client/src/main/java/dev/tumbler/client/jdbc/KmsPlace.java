package dev.tumbler.client.jdbc;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.SecretsClientBuilder;
import dev.tumbler.client.internal.http.PemText;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where KMS is, as {@link SecretsClientBuilder} takes it.
 *
 * @param endpoint a URI; null if it follows from the rest
 * @param caCertificate a PEM file, or what stands in one; null to trust what the Java runtime does
 */
record KmsPlace(
        @Nullable String region,
        @Nullable String endpoint,
        boolean vpc,
        @Nullable String instance,
        @Nullable String caCertificate) {
    /** How the driver can be told, for messages. */
    static final String HOW_TO_SAY =
            "tumbler.region (or TUMBLER_REGION), tumbler.endpoint (or TUMBLER_ENDPOINT) or tumbler.instance";

    /** A region at its public endpoint. */
    static KmsPlace ofRegion(String region) {
        return new KmsPlace(region, null, false, null, null);
    }

    /** @param callTimeout null for the default */
    SecretsClient client(KmsIdentity identity, @Nullable Duration callTimeout) throws SQLException {
        try {
            SecretsClientBuilder builder = SecretsClient.builder().credentials(identity.provider());
            if (region != null) {
                builder.region(region);
            }
            if (endpoint != null) {
                builder.endpoint(URI.create(endpoint));
            }
            if (vpc) {
                builder.vpc();
            }
            if (instance != null) {
                builder.instance(instance);
            }
            if (caCertificate != null) {
                builder.caCertificate(PemText.of(caCertificate));
            }
            if (callTimeout != null) {
                builder.callTimeout(callTimeout);
            }
            return builder.build();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new SQLException("The settings of KMS are wrong: " + e.getMessage(), SqlStates.CONNECTION_FAILED, e);
        } catch (IOException e) {
            throw new SQLException(
                    "The file with the CA certificate cannot be read: " + caCertificate,
                    SqlStates.CONNECTION_FAILED,
                    e);
        }
    }
}
