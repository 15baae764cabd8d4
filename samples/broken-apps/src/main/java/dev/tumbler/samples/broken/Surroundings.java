package dev.tumbler.samples.broken;

import com.aliyun.kms20160120.Client;
import com.aliyun.teaopenapi.models.Config;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import java.net.URI;
import java.time.InstantSource;

/**
 * What an application is given where it runs.
 *
 * @param endpoint of the KMS
 * @param clock what time it is
 * @param secretName the secret with the account of the database
 */
public record Surroundings(
        URI endpoint,
        String accessKeyId,
        String accessKeySecret,
        Database database,
        InstantSource clock,
        String secretName) {
    SecretsClient client(RetryPolicy retry) {
        return SecretsClient.builder()
                .endpoint(endpoint)
                .credentials(CredentialsProvider.of(accessKeyId, accessKeySecret))
                .retry(retry)
                .build();
    }

    Client officialSdk() throws Exception {
        return new Client(new Config()
                .setEndpoint(endpoint.getAuthority())
                .setProtocol("HTTP")
                .setAccessKeyId(accessKeyId)
                .setAccessKeySecret(accessKeySecret));
    }

    @Override
    public String toString() {
        return secretName + " at " + endpoint;
    }
}
