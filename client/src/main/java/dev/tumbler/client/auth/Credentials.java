package dev.tumbler.client.auth;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An access key, with a security token if it is a temporary one of STS. Immutable; {@link #toString()} and mappers to JSON
 * show the access key id only.
 */
public final class Credentials {
    private final String accessKeyId;
    private final transient String accessKeySecret;
    private final transient @Nullable String securityToken;

    private Credentials(String accessKeyId, String accessKeySecret, @Nullable String securityToken) {
        this.accessKeyId = requireText("accessKeyId", accessKeyId);
        this.accessKeySecret = requireText("accessKeySecret", accessKeySecret);
        this.securityToken = securityToken == null ? null : requireText("securityToken", securityToken);
    }

    /**
     * Returns a lasting access key.
     *
     * @throws IllegalArgumentException if one of them is blank, or has a character that is no visible ASCII
     */
    public static Credentials of(String accessKeyId, String accessKeySecret) {
        return new Credentials(accessKeyId, accessKeySecret, null);
    }

    /**
     * Returns a temporary access key of STS.
     *
     * @throws IllegalArgumentException if one of them is blank, or has a character that is no visible ASCII
     */
    public static Credentials of(String accessKeyId, String accessKeySecret, String securityToken) {
        return new Credentials(accessKeyId, accessKeySecret, Objects.requireNonNull(securityToken, "securityToken"));
    }

    private static String requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is blank");
        }
        // Headers and queries carry them, and what refuses the character later would quote all of it.
        if (value.chars().anyMatch(character -> character <= ' ' || character > '~')) {
            throw new IllegalArgumentException(name + " has a character that is no visible ASCII");
        }
        return value;
    }

    /** Returns the access key id, which is no secret. */
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
        return other instanceof Credentials that
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
        return "Credentials[accessKeyId=" + accessKeyId + ", accessKeySecret=(redacted)"
                + (securityToken == null ? "]" : ", securityToken=(redacted)]");
    }
}
