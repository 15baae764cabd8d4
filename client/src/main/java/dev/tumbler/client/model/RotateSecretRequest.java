package dev.tumbler.client.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rotates a managed secret now.
 *
 * <p>The version id makes a repeat harmless: the service ignores a request whose version already exists. Source: KMS API
 * reference, RotateSecret, VersionId.
 */
public final class RotateSecretRequest {
    private final String secretName;
    private final String versionId;

    private RotateSecretRequest(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        versionId = Objects.requireNonNull(builder.versionId);
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that holds the values of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.secretName = secretName;
        builder.versionId = versionId;
        return builder;
    }

    /** Returns the name or ARN of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns the id that the new version will have. */
    public String versionId() {
        return versionId;
    }

    @Override
    public String toString() {
        return Fields.describe("RotateSecretRequest", "secretName", secretName, "versionId", versionId);
    }

    /** Collects the values of a {@link RotateSecretRequest}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private @Nullable String versionId;

        private Builder() {}

        /** The name of the secret, or its ARN (the only form that crosses accounts). */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** The id that the new version will have, at most 64 characters and unique in the secret. */
        public Builder versionId(String versionId) {
            this.versionId = versionId;
            return this;
        }

        /**
         * Builds the request.
         *
         * @throws IllegalStateException if a required value is missing; the message names all of them
         */
        public RotateSecretRequest build() {
            Fields.require("RotateSecretRequest", "secretName", secretName, "versionId", versionId);
            return new RotateSecretRequest(this);
        }
    }
}
