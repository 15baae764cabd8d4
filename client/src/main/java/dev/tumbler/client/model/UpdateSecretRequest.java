package dev.tumbler.client.model;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes what is known about a secret, not its value. What is not given stays as it is.
 */
public final class UpdateSecretRequest {
    private final String secretName;
    private final @Nullable String description;
    private final @Nullable String customData;

    private UpdateSecretRequest(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        description = builder.description;
        customData = builder.customData;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that holds the values of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.secretName = secretName;
        builder.description = description;
        builder.customData = customData;
        return builder;
    }

    /** Returns the name or ARN of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns the new description, if given. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** Returns the new custom data, if given. */
    public Optional<String> customData() {
        return Optional.ofNullable(customData);
    }

    @Override
    public String toString() {
        return Fields.describe(
                "UpdateSecretRequest", "secretName", secretName, "description", description, "customData", customData);
    }

    /** Collects the values of an {@link UpdateSecretRequest}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private @Nullable String description;
        private @Nullable String customData;

        private Builder() {}

        /** The name of the secret, or its ARN (the only form that crosses accounts). */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** The new description. */
        public Builder description(String description) {
            this.description = description;
            return this;
        }

        /** The new custom data in the extended configuration of a managed secret, in place of the old: a JSON object of at most 10 pairs. Source: KMS API reference, UpdateSecret, ExtendedConfig.CustomData. */
        public Builder customData(String customData) {
            this.customData = customData;
            return this;
        }

        /**
         * Builds the request.
         *
         * @throws IllegalStateException if a required value is missing; the message names all of them
         */
        public UpdateSecretRequest build() {
            Fields.require("UpdateSecretRequest", "secretName", secretName);
            return new UpdateSecretRequest(this);
        }
    }
}
