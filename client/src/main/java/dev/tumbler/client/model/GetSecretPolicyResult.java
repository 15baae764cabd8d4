package dev.tumbler.client.model;

/**
 * The policy of a secret.
 *
 * @param policy the policy, a JSON object
 * @param requestId the id that the service gave to the request, or an empty text if the answer had none
 */
public record GetSecretPolicyResult(String policy, String requestId) {}
