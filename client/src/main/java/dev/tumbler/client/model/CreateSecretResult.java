package dev.tumbler.client.model;

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
    private final RotationState rotation;
    private final @Nullable String extendedConfig;
    private final String requestId;

    private CreateSecretResult(Builder builder) {
        arn = Objects.requireNonNull(builder.arn);
        secretName = Objects.requireNonNull(builder.secretName);
        versionId = Objects.requireNonNull(builder.versionId);
        secretType = Objects.requireNonNull(builder.secretType);
        dkmsInstanceId = builder.dkmsInstanceId;
        rotation = builder.rotation;
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

    /** Returns how the service rotates the secret. */
    public RotationState rotation() {
        return rotation;
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
                "rotation",
                rotation,
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
        private RotationState rotation = RotationState.builder().build();
        private @Nullable String extendedConfig;
        private String requestId = "";

        private Builder() {}

        /** Sets the ARN of the secret. */
        public Builder arn(String arn) {
            this.arn = arn;
            return this;
        }

        /** Sets the name of the secret. */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** Sets the id of the first version. */
        public Builder versionId(String versionId) {
            this.versionId = versionId;
            return this;
        }

        /** Sets the type of the secret. */
        public Builder secretType(SecretType secretType) {
            this.secretType = secretType;
            return this;
        }

        /** Sets the KMS instance that holds the secret. */
        public Builder dkmsInstanceId(@Nullable String dkmsInstanceId) {
            this.dkmsInstanceId = dkmsInstanceId;
            return this;
        }

        /** Sets how the service rotates the secret; by default not at all. */
        public Builder rotation(RotationState rotation) {
            this.rotation = rotation;
            return this;
        }

        /** Sets the extended configuration, a JSON object. */
        public Builder extendedConfig(@Nullable String extendedConfig) {
            this.extendedConfig = extendedConfig;
            return this;
        }

        /** Sets the id that the service gave to the request; by default an empty text. */
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
