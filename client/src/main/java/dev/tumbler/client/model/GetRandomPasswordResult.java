package dev.tumbler.client.model;

/**
 * A random password. The service keeps no copy of it.
 *
 * @param randomPassword the password
 * @param requestId the id that the service gave to the request, or an empty text if the answer had none
 */
public record GetRandomPasswordResult(SecretData randomPassword, String requestId) {}
