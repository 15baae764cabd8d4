package dev.tumbler.emulator.ram;

/**
 * Who sent a request.
 *
 * @param accountId the Alibaba Cloud account, a number of up to 16 digits
 * @param accessKeyId the access key that signed; not necessarily a registered one
 */
public record Caller(String accountId, String accessKeyId) {}
