package dev.tumbler.client.internal.signing;

import org.jspecify.annotations.Nullable;

/**
 * What a signature is made with.
 *
 * @param accessKeyId the access key id, which is sent
 * @param accessKeySecret the access key secret; {@link #toString()} leaves it out
 * @param securityToken the token of temporary keys, which is sent; {@link #toString()} leaves it out
 */
public record SigningKey(
        String accessKeyId,
        String accessKeySecret,
        @Nullable String securityToken) {
    @Override
    public String toString() {
        return "SigningKey[accessKeyId=" + accessKeyId + "]";
    }
}
