package dev.tumbler.client.internal.signing;

import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/** What a signature is made with. */
public sealed interface SigningKey {
    /** Returns the id that is sent, so that the service knows the key. */
    String accessKeyId();

    /**
     * An access key, whose secret both sides have.
     *
     * @param accessKeySecret the access key secret; {@link #toString()} leaves it out
     * @param securityToken the token of temporary keys, which is sent; {@link #toString()} leaves it out
     */
    record Hmac(
            String accessKeyId,
            String accessKeySecret,
            @Nullable String securityToken) implements SigningKey {
        @Override
        public String toString() {
            return "Hmac[accessKeyId=" + accessKeyId + "]";
        }
    }

    /**
     * A client key, of whose pair the service has the public key.
     *
     * @param privateKey an RSA key; {@link #toString()} leaves it out
     */
    record Rsa(String accessKeyId, PrivateKey privateKey) implements SigningKey {
        @Override
        public String toString() {
            return "Rsa[accessKeyId=" + accessKeyId + "]";
        }
    }
}
