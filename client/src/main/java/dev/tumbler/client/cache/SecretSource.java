package dev.tumbler.client.cache;

import dev.tumbler.client.FailureKind;
import dev.tumbler.client.KmsException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsException;
import dev.tumbler.client.model.GetSecretValueRequest;
import dev.tumbler.client.model.GetSecretValueResult;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a cache reads.
 *
 * @param fallbacks who is asked, in this order, if the client has no answer
 */
record SecretSource(SecretsClient client, List<SecretsClient> fallbacks) {
    private static final Logger LOG = LoggerFactory.getLogger(SecretSource.class);

    /** @throws RuntimeException what the client threw; what the fallbacks threw is suppressed in it */
    GetSecretValueResult read(SecretAddress address, boolean retryThrottled) {
        try {
            return client.getSecretValue(request(address, retryThrottled && fallbacks.isEmpty()));
        } catch (KmsException | CredentialsException e) {
            if (!FailureKind.isTemporary(e)) {
                throw e;
            }
            return readElsewhere(request(address, retryThrottled), e);
        }
    }

    private GetSecretValueResult readElsewhere(GetSecretValueRequest request, RuntimeException failure) {
        for (SecretsClient fallback : fallbacks) {
            try {
                GetSecretValueResult result = fallback.getSecretValue(request);
                LOG.info("Secret \"{}\": a fallback has answered: {}", request.secretName(), failure.getMessage());
                return result;
            } catch (KmsException | CredentialsException e) {
                // Clients that share their credentials can fail by the same exception.
                if (e != failure) {
                    failure.addSuppressed(e);
                }
            }
        }
        throw failure;
    }

    private static GetSecretValueRequest request(SecretAddress address, boolean retryThrottled) {
        // Always whole, as the official client does, so that what is stored serves every form.
        GetSecretValueRequest.Builder request = GetSecretValueRequest.builder()
                .secretName(address.secretName())
                .fetchExtendedConfig(true)
                .retryThrottled(retryThrottled);
        VersionSelector version = address.version();
        if (version.versionStage() != null) {
            request.versionStage(version.versionStage());
        }
        if (version.versionId() != null) {
            request.versionId(version.versionId());
        }
        return request.build();
    }
}
