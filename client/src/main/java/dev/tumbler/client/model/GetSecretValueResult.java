package dev.tumbler.client.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of one version of a secret.
 *
 * <p>Dates that the service left out, or wrote in a form that is none of its own, are empty.
 */
public final class GetSecretValueResult {
    private final String secretName;
    private final String versionId;
    private final SecretData secretData;
    private final SecretDataType secretDataType;
    private final SecretType secretType;
    private final List<VersionStage> versionStages;
    private final @Nullable Instant createTime;
    private final @Nullable AutomaticRotation automaticRotation;
    private final @Nullable Duration rotationInterval;
    private final @Nullable Instant nextRotationDate;
    private final @Nullable Instant lastRotationDate;
    private final @Nullable String extendedConfig;
    private final String requestId;

    private GetSecretValueResult(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        versionId = Objects.requireNonNull(builder.versionId);
        secretData = Objects.requireNonNull(builder.secretData);
        secretDataType = Objects.requireNonNull(builder.secretDataType);
        secretType = Objects.requireNonNull(builder.secretType);
        versionStages = List.copyOf(builder.versionStages);
        createTime = builder.createTime;
        automaticRotation = builder.automaticRotation;
        rotationInterval = builder.rotationInterval;
        nextRotationDate = builder.nextRotationDate;
        lastRotationDate = builder.lastRotationDate;
        extendedConfig = builder.extendedConfig;
        requestId = builder.requestId;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the name of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns the id of the version. */
    public String versionId() {
        return versionId;
    }

    /** Returns the content. */
    public SecretData secretData() {
        return secretData;
    }

    /** Returns what the content is. */
    public SecretDataType secretDataType() {
        return secretDataType;
    }

    /** Returns the type of the secret. */
    public SecretType secretType() {
        return secretType;
    }

    /** Returns the stages that mark the version. */
    public List<VersionStage> versionStages() {
        return versionStages;
    }

    /** Returns when the secret was created. */
    public Optional<Instant> createTime() {
        return Optional.ofNullable(createTime);
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

    /** Returns when the secret was last rotated; empty if it never was. */
    public Optional<Instant> lastRotationDate() {
        return Optional.ofNullable(lastRotationDate);
    }

    /** Returns the extended configuration, a JSON object; empty for generic secrets or if not asked for. */
    public Optional<String> extendedConfig() {
        return Optional.ofNullable(extendedConfig);
    }

    /** Returns the id that the service gave to the request, or an empty text if the answer had none. */
    public String requestId() {
        return requestId;
    }

    /**
     * Returns the database account that the content names. The content of an RDS secret has this form, and a generic
     * secret may have it: {@code {"AccountName":"...","AccountPassword":"..."}}.
     *
     * @throws IllegalStateException if the content has another form; the message names the secret, never its content
     */
    public RdsCredentials asRdsCredentials() {
        return RdsJson.credentials(secretName, secretData);
    }

    @Override
    public String toString() {
        return Fields.describe(
                "GetSecretValueResult",
                "secretName",
                secretName,
                "versionId",
                versionId,
                "secretData",
                secretData,
                "secretDataType",
                secretDataType,
                "secretType",
                secretType,
                "versionStages",
                versionStages,
                "createTime",
                createTime,
                "automaticRotation",
                automaticRotation,
                "rotationInterval",
                rotationInterval,
                "nextRotationDate",
                nextRotationDate,
                "lastRotationDate",
                lastRotationDate,
                "extendedConfig",
                extendedConfig,
                "requestId",
                requestId);
    }

    /** Collects the values of a {@link GetSecretValueResult}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private @Nullable String versionId;
        private @Nullable SecretData secretData;
        private @Nullable SecretDataType secretDataType;
        private @Nullable SecretType secretType;
        private final List<VersionStage> versionStages = new ArrayList<>();
        private @Nullable Instant createTime;
        private @Nullable AutomaticRotation automaticRotation;
        private @Nullable Duration rotationInterval;
        private @Nullable Instant nextRotationDate;
        private @Nullable Instant lastRotationDate;
        private @Nullable String extendedConfig;
        private String requestId = "";

        private Builder() {}

        /** Returns the name of the secret. */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** Returns the id of the version. */
        public Builder versionId(String versionId) {
            this.versionId = versionId;
            return this;
        }

        /** Returns the content. */
        public Builder secretData(SecretData secretData) {
            this.secretData = secretData;
            return this;
        }

        /** Returns what the content is. */
        public Builder secretDataType(SecretDataType secretDataType) {
            this.secretDataType = secretDataType;
            return this;
        }

        /** Returns the type of the secret. */
        public Builder secretType(SecretType secretType) {
            this.secretType = secretType;
            return this;
        }

        /** Returns the stages that mark the version. */
        public Builder versionStages(List<VersionStage> versionStages) {
            this.versionStages.clear();
            this.versionStages.addAll(versionStages);
            return this;
        }

        /** Returns when the secret was created. */
        public Builder createTime(@Nullable Instant createTime) {
            this.createTime = createTime;
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

        /** Returns when the secret was last rotated; empty if it never was. */
        public Builder lastRotationDate(@Nullable Instant lastRotationDate) {
            this.lastRotationDate = lastRotationDate;
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
        public GetSecretValueResult build() {
            Fields.require(
                    "GetSecretValueResult",
                    "secretName",
                    secretName,
                    "versionId",
                    versionId,
                    "secretData",
                    secretData,
                    "secretDataType",
                    secretDataType,
                    "secretType",
                    secretType);
            return new GetSecretValueResult(this);
        }
    }
}
