package dev.tumbler.client.auth;

import java.util.Objects;

/** What requests are signed with: an {@link AccessKey}, or the {@link ClientKey} of an application access point. */
public sealed interface Credentials permits AccessKey, ClientKey {
    /** Returns the id that is sent with each request, which is no secret: of a client key it is the key id. */
    String accessKeyId();

    /**
     * Returns a lasting access key.
     *
     * @throws IllegalArgumentException if one of them is blank, or has a character that is no visible ASCII
     */
    static AccessKey of(String accessKeyId, String accessKeySecret) {
        return new AccessKey(accessKeyId, accessKeySecret, null);
    }

    /**
     * Returns a temporary access key of STS.
     *
     * @throws IllegalArgumentException if one of them is blank, or has a character that is no visible ASCII
     */
    static AccessKey of(String accessKeyId, String accessKeySecret, String securityToken) {
        return new AccessKey(accessKeyId, accessKeySecret, Objects.requireNonNull(securityToken, "securityToken"));
    }
}
