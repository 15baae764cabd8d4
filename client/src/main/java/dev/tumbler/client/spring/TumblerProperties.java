package dev.tumbler.client.spring;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of client, cache and data source, {@code tumbler.*}. Without a region, an endpoint or an instance nothing is
 * configured.
 *
 * @param region such as {@code cn-hangzhou}
 * @param endpoint another server than the region's, such as an emulator
 * @param vpc the region's endpoint inside its VPC
 * @param instance the id of a KMS instance, {@code kst-…}
 * @param accessKeyId with {@code accessKeySecret}, instead of the official default chain
 * @param securityToken for a temporary access key
 * @param caCertificate PEM, or a file with it; then nothing else is trusted
 * @param callTimeout of one operation with all its retries; 30 seconds unless given
 * @param refreshInterval the longest time between two reads of a secret; 10 minutes unless given
 * @param expireAfter the longest time for which a value is served while the service is away; 24 hours unless given
 * @param loginRetryTimeout how long a refused login waits for a newer version of the secret; 10 seconds unless given
 */
@ConfigurationProperties("tumbler")
public record TumblerProperties(
        @Nullable String region,
        @Nullable URI endpoint,
        boolean vpc,
        @Nullable String instance,
        @Nullable String accessKeyId,
        @Nullable String accessKeySecret,
        @Nullable String securityToken,
        @Nullable String caCertificate,
        @Nullable Duration callTimeout,
        @Nullable Duration refreshInterval,
        @Nullable Duration expireAfter,
        @Nullable Duration loginRetryTimeout) {
    /** Where KMS is; nothing of what is secret. */
    @Override
    public String toString() {
        return "TumblerProperties[region=" + region + ", endpoint=" + endpoint + ", vpc=" + vpc + ", instance="
                + instance + "]";
    }
}
