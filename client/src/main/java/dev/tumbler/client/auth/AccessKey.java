package dev.tumbler.client.auth;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An access key of an account, a RAM user or, with a security token, of a session of STS. Immutable; {@link #toString()}
 * and mappers to JSON show the access key id only. Made by {@link Credentials#of(String, String)}.
 */
public final class AccessKey implements Credentials {
    private final String accessKeyId;
    private final transient String accessKeySecret;
    private final transient @Nullable String securityToken;

    AccessKey(String accessKeyId, String accessKeySecret, @Nullable String securityToken) {
        this.accessKeyId = requireText("accessKeyId", accessKeyId);
        this.accessKeySecret = requireText("accessKeySecret", accessKeySecret);
        this.securityToken = securityToken == null ? null : requireText("securityToken", securityToken);
    }

    static String requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is blank");
        }
        // Headers and queries carry them, and what refuses the character later would quote all of it.
        if (value.chars().anyMatch(character -> character <= ' ' || character > '~')) {
            throw new IllegalArgumentException(name + " has a character that is no visible ASCII");
        }
        return value;
    }

    @Override
    public String accessKeyId() {
        return accessKeyId;
    }

    /** Returns the access key secret, in clear text. */
    public String accessKeySecret() {
        return accessKeySecret;
    }

    /** Returns the security token of a temporary access key, in clear text. */
    public Optional<String> securityToken() {
        return Optional.ofNullable(securityToken);
    }

    /** Returns whether the other object is the same access key with the same token. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccessKey that
                && accessKeyId.equals(that.accessKeyId)
                && accessKeySecret.equals(that.accessKeySecret)
                && Objects.equals(securityToken, that.securityToken);
    }

    @Override
    public int hashCode() {
        return Objects.hash(accessKeyId, accessKeySecret, securityToken);
    }

    @Override
    public String toString() {
        return "AccessKey[accessKeyId=" + accessKeyId + ", accessKeySecret=(redacted)"
                + (securityToken == null ? "]" : ", securityToken=(redacted)]");
    }
}
