package dev.tumbler.client.model;

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
    private final RotationState rotation;
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
        rotation = builder.rotation;
        extendedConfig = builder.extendedConfig;
        requestId = builder.requestId;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with all that this has. */
    public Builder toBuilder() {
        return builder()
                .secretName(secretName)
                .versionId(versionId)
                .secretData(secretData)
                .secretDataType(secretDataType)
                .secretType(secretType)
                .versionStages(versionStages)
                .createTime(createTime)
                .rotation(rotation)
                .extendedConfig(extendedConfig)
                .requestId(requestId);
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

    /**
     * Returns the database account that the content names. The content of an RDS secret has this form, and a generic
     * secret may have it: {@code {"AccountName":"...","AccountPassword":"..."}}.
     *
     * @throws IllegalStateException if the content has another form; the message names the secret, never its content
     */
    public RdsCredentials asRdsCredentials() {
        return SecretJson.credentials(secretName, secretData);
    }

    /**
     * Returns the content, a JSON object, as an object of this class. Names are matched to record components or fields as
     * Gson does; what the content has and the class has not is ignored, and what it lacks is null or zero.
     *
     * @param type a record (with Gson 2.10 or later on the classpath), or a class with fields
     * @throws IllegalStateException if the content is no such JSON; the message names the secret, never its content
     */
    public <T> T as(Class<T> type) {
        return SecretJson.read(secretName, secretData, type);
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
                "rotation",
                rotation,
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
        private RotationState rotation = RotationState.builder().build();
        private @Nullable String extendedConfig;
        private String requestId = "";

        private Builder() {}

        /** Sets the name of the secret. */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** Sets the id of the version. */
        public Builder versionId(String versionId) {
            this.versionId = versionId;
            return this;
        }

        /** Sets the content. */
        public Builder secretData(SecretData secretData) {
            this.secretData = secretData;
            return this;
        }

        /** Sets what the content is. */
        public Builder secretDataType(SecretDataType secretDataType) {
            this.secretDataType = secretDataType;
            return this;
        }

        /** Sets the type of the secret. */
        public Builder secretType(SecretType secretType) {
            this.secretType = secretType;
            return this;
        }

        /** Sets the stages that mark the version. */
        public Builder versionStages(List<VersionStage> versionStages) {
            this.versionStages.clear();
            this.versionStages.addAll(versionStages);
            return this;
        }

        /** Sets when the secret was created. */
        public Builder createTime(@Nullable Instant createTime) {
            this.createTime = createTime;
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
