package dev.tumbler.client.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a created secret.
 */
public final class CreateSecretResult {
    private final String arn;
    private final String secretName;
    private final String versionId;
    private final SecretType secretType;
    private final @Nullable String dkmsInstanceId;
    private final @Nullable AutomaticRotation automaticRotation;
    private final @Nullable Duration rotationInterval;
    private final @Nullable Instant nextRotationDate;
    private final @Nullable String extendedConfig;
    private final String requestId;

    private CreateSecretResult(Builder builder) {
        arn = Objects.requireNonNull(builder.arn);
        secretName = Objects.requireNonNull(builder.secretName);
        versionId = Objects.requireNonNull(builder.versionId);
        secretType = Objects.requireNonNull(builder.secretType);
        dkmsInstanceId = builder.dkmsInstanceId;
        automaticRotation = builder.automaticRotation;
        rotationInterval = builder.rotationInterval;
        nextRotationDate = builder.nextRotationDate;
        extendedConfig = builder.extendedConfig;
        requestId = builder.requestId;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the ARN of the secret. */
    public String arn() {
        return arn;
    }

    /** Returns the name of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns the id of the first version. */
    public String versionId() {
        return versionId;
    }

    /** Returns the type of the secret. */
    public SecretType secretType() {
        return secretType;
    }

    /** Returns the KMS instance that holds the secret; empty for secrets of the shared gateway. */
    public Optional<String> dkmsInstanceId() {
        return Optional.ofNullable(dkmsInstanceId);
    }

    /** Returns the state of automatic rotation; empty for generic secrets. */
    public Optional<AutomaticRotation> automaticRotation() {
        return Optional.ofNullable(automaticRotation);
    }

    /** Returns the time between automatic rotations; empty unless they are on. */
    public Optional<Duration> rotationInterval() {
        return Optional.ofNullable(rotationInterval);
    }

    /** Returns when the next automatic rotation is due; empty unless they are on. */
    public Optional<Instant> nextRotationDate() {
        return Optional.ofNullable(nextRotationDate);
    }

    /** Returns the extended configuration, a JSON object; empty for generic secrets or if not asked for. */
    public Optional<String> extendedConfig() {
        return Optional.ofNullable(extendedConfig);
    }

    /** Returns the id that the service gave to the request, or an empty text if the answer had none. */
    public String requestId() {
        return requestId;
    }

    @Override
    public String toString() {
        return Fields.describe(
                "CreateSecretResult",
                "arn",
                arn,
                "secretName",
                secretName,
                "versionId",
                versionId,
                "secretType",
                secretType,
                "dkmsInstanceId",
                dkmsInstanceId,
                "automaticRotation",
                automaticRotation,
                "rotationInterval",
                rotationInterval,
                "nextRotationDate",
                nextRotationDate,
                "extendedConfig",
                extendedConfig,
                "requestId",
                requestId);
    }

    /** Collects the values of a {@link CreateSecretResult}; not thread-safe. */
    public static final class Builder {
        private @Nullable String arn;
        private @Nullable String secretName;
        private @Nullable String versionId;
        private @Nullable SecretType secretType;
        private @Nullable String dkmsInstanceId;
        private @Nullable AutomaticRotation automaticRotation;
        private @Nullable Duration rotationInterval;
        private @Nullable Instant nextRotationDate;
        private @Nullable String extendedConfig;
        private String requestId = "";

        private Builder() {}

        /** Returns the ARN of the secret. */
        public Builder arn(String arn) {
            this.arn = arn;
            return this;
        }

        /** Returns the name of the secret. */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** Returns the id of the first version. */
        public Builder versionId(String versionId) {
            this.versionId = versionId;
            return this;
        }

        /** Returns the type of the secret. */
        public Builder secretType(SecretType secretType) {
            this.secretType = secretType;
            return this;
        }

        /** Returns the KMS instance that holds the secret; empty for secrets of the shared gateway. */
        public Builder dkmsInstanceId(@Nullable String dkmsInstanceId) {
            this.dkmsInstanceId = dkmsInstanceId;
            return this;
        }

        /** Returns the state of automatic rotation; empty for generic secrets. */
        public Builder automaticRotation(@Nullable AutomaticRotation automaticRotation) {
            this.automaticRotation = automaticRotation;
            return this;
        }

        /** Returns the time between automatic rotations; empty unless they are on. */
        public Builder rotationInterval(@Nullable Duration rotationInterval) {
            this.rotationInterval = rotationInterval;
            return this;
        }

        /** Returns when the next automatic rotation is due; empty unless they are on. */
        public Builder nextRotationDate(@Nullable Instant nextRotationDate) {
            this.nextRotationDate = nextRotationDate;
            return this;
        }

        /** Returns the extended configuration, a JSON object; empty for generic secrets or if not asked for. */
        public Builder extendedConfig(@Nullable String extendedConfig) {
            this.extendedConfig = extendedConfig;
            return this;
        }

        /** Returns the id that the service gave to the request, or an empty text if the answer had none. */
        public Builder requestId(String requestId) {
            this.requestId = requestId;
            return this;
        }

        /**
         * Builds the result.
         *
         * @throws IllegalStateException if a required value is missing; the message names all of them
         */
        public CreateSecretResult build() {
            Fields.require(
                    "CreateSecretResult",
                    "arn",
                    arn,
                    "secretName",
                    secretName,
                    "versionId",
                    versionId,
                    "secretType",
                    secretType);
            return new CreateSecretResult(this);
        }
    }
}
