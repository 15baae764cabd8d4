package dev.tumbler.client.model;

/**
 * The answer to a write that has no result: the service did what was asked.
 *
 * @param requestId the id that the service gave to the request, or an empty text if the answer had none
 */
public record Acknowledgement(String requestId) {}
