package dev.tumbler.client.model;

/**
 * The answer to a rotation.
 *
 * @param arn the ARN of the secret
 * @param secretName the name of the secret
 * @param versionId the id of the new version
 * @param requestId the id that the service gave to the request, or an empty text if the answer had none
 */
public record RotateSecretResult(String arn, String secretName, String versionId, String requestId) {}
