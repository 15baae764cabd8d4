package dev.tumbler.client.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores a new version of a generic secret.
 *
 * <p>The version id makes a repeat harmless: the service ignores a second request with the same id and the same data.
 * Source: KMS API reference, PutSecretValue, VersionId.
 */
public final class PutSecretValueRequest {
    private final String secretName;
    private final String versionId;
    private final SecretData secretData;
    private final @Nullable SecretDataType secretDataType;
    private final List<VersionStage> versionStages;

    private PutSecretValueRequest(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        versionId = Objects.requireNonNull(builder.versionId);
        secretData = Objects.requireNonNull(builder.secretData);
        secretDataType = builder.secretDataType;
        versionStages = List.copyOf(builder.versionStages);
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
        builder.secretData = secretData;
        builder.secretDataType = secretDataType;
        builder.versionStages.addAll(versionStages);
        return builder;
    }

    /** Returns the name or ARN of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns the id of the new version. */
    public String versionId() {
        return versionId;
    }

    /** Returns the content of the new version. */
    public SecretData secretData() {
        return secretData;
    }

    /** Returns the declared kind of the content, if any. */
    public Optional<SecretDataType> secretDataType() {
        return Optional.ofNullable(secretDataType);
    }

    /** Returns the stages that the new version takes; empty for the default. */
    public List<VersionStage> versionStages() {
        return versionStages;
    }

    @Override
    public String toString() {
        return Fields.describe(
                "PutSecretValueRequest",
                "secretName",
                secretName,
                "versionId",
                versionId,
                "secretData",
                secretData,
                "secretDataType",
                secretDataType,
                "versionStages",
                versionStages);
    }

    /** Collects the values of a {@link PutSecretValueRequest}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private @Nullable String versionId;
        private @Nullable SecretData secretData;
        private @Nullable SecretDataType secretDataType;
        private final List<VersionStage> versionStages = new ArrayList<>();

        private Builder() {}

        /** The name of the secret, or its ARN (the only form that crosses accounts). */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** The id of the new version, at most 64 characters and unique in the secret. */
        public Builder versionId(String versionId) {
            this.versionId = versionId;
            return this;
        }

        /** The content of the new version, at most 30,720 bytes. */
        public Builder secretData(SecretData secretData) {
            this.secretData = secretData;
            return this;
        }

        /** What the content is; the service takes it for text when nothing is said. */
        public Builder secretDataType(SecretDataType secretDataType) {
            this.secretDataType = secretDataType;
            return this;
        }

        /** The stages that the new version takes. By default it becomes {@code ACSCurrent}, and the version that was becomes {@code ACSPrevious}. */
        public Builder versionStages(List<VersionStage> versionStages) {
            this.versionStages.clear();
            this.versionStages.addAll(versionStages);
            return this;
        }

        /** As {@link #secretData(SecretData)}, from plain text. */
        public Builder secretData(String secretData) {
            return secretData(SecretData.of(secretData));
        }

        /**
         * Builds the request.
         *
         * @throws IllegalStateException if a required value is missing; the message names all of them
         */
        public PutSecretValueRequest build() {
            Fields.require(
                    "PutSecretValueRequest",
                    "secretName",
                    secretName,
                    "versionId",
                    versionId,
                    "secretData",
                    secretData);
            return new PutSecretValueRequest(this);
        }
    }
}
