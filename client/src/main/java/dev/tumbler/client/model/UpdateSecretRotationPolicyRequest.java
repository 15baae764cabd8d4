package dev.tumbler.client.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns automatic rotation of a managed secret on or off.
 */
public final class UpdateSecretRotationPolicyRequest {
    private final String secretName;
    private final Boolean enableAutomaticRotation;
    private final @Nullable Duration rotationInterval;

    private UpdateSecretRotationPolicyRequest(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        enableAutomaticRotation = Objects.requireNonNull(builder.enableAutomaticRotation);
        rotationInterval = builder.rotationInterval;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that holds the values of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.secretName = secretName;
        builder.enableAutomaticRotation = enableAutomaticRotation;
        builder.rotationInterval = rotationInterval;
        return builder;
    }

    /** Returns the name or ARN of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns whether the service rotates the secret by itself. */
    public Boolean enableAutomaticRotation() {
        return enableAutomaticRotation;
    }

    /** Returns the time between automatic rotations, if given. */
    public Optional<Duration> rotationInterval() {
        return Optional.ofNullable(rotationInterval);
    }

    @Override
    public String toString() {
        return Fields.describe(
                "UpdateSecretRotationPolicyRequest",
                "secretName",
                secretName,
                "enableAutomaticRotation",
                enableAutomaticRotation,
                "rotationInterval",
                rotationInterval);
    }

    /** Collects the values of an {@link UpdateSecretRotationPolicyRequest}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private @Nullable Boolean enableAutomaticRotation;
        private @Nullable Duration rotationInterval;

        private Builder() {}

        /** The name of the secret, or its ARN (the only form that crosses accounts). */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** Whether the service rotates the secret by itself. */
        public Builder enableAutomaticRotation(Boolean enableAutomaticRotation) {
            this.enableAutomaticRotation = enableAutomaticRotation;
            return this;
        }

        /** The time between automatic rotations, in whole seconds; 6 hours to 365 days. Source: KMS API reference, UpdateSecretRotationPolicy, RotationInterval. */
        public Builder rotationInterval(Duration rotationInterval) {
            this.rotationInterval = rotationInterval;
            return this;
        }

        /**
         * Builds the request.
         *
         * @throws IllegalStateException if a required value is missing, or automatic rotation is to be on and no interval is given
         */
        public UpdateSecretRotationPolicyRequest build() {
            Fields.require(
                    "UpdateSecretRotationPolicyRequest",
                    "secretName",
                    secretName,
                    "enableAutomaticRotation",
                    enableAutomaticRotation);
            if (Boolean.TRUE.equals(enableAutomaticRotation) && rotationInterval == null) {
                throw new IllegalStateException(
                        "UpdateSecretRotationPolicyRequest needs rotationInterval, because enableAutomaticRotation is true");
            }
            return new UpdateSecretRotationPolicyRequest(this);
        }
    }
}
