package dev.tumbler.emulator.ram;

import java.time.Instant;

/**
 * What a session signs its requests with: an access key, and a token that has to come with it. Immutable.
 *
 * @param accessKey its id begins with {@code STS.}
 * @param securityToken not empty
 * @param expiration from when on they are refused
 * @param principal the assumed role
 */
public record SessionCredentials(
        AccessKey accessKey, String securityToken, Instant expiration, Principal.AssumedRole principal) {
    /** Neither the secret nor the token. */
    @Override
    public String toString() {
        return "SessionCredentials[" + accessKey.id() + ", until " + expiration + "]";
    }
}
