package dev.tumbler.client.model;

import java.util.List;

/**
 * The answer to a stored version.
 *
 * @param secretName the name of the secret
 * @param versionId the id of the version
 * @param versionStages the stages that mark the version
 * @param requestId the id that the service gave to the request, or an empty text if the answer had none
 */
public record PutSecretValueResult(
        String secretName, String versionId, List<VersionStage> versionStages, String requestId) {
    /** Copies the stages. */
    public PutSecretValueResult {
        versionStages = List.copyOf(versionStages);
    }
}
