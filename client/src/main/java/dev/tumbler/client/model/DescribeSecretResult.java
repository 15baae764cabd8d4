package dev.tumbler.client.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a secret, without its value.
 *
 * <p>Dates that the service left out, or wrote in a form that is none of its own, are empty.
 */
public final class DescribeSecretResult {
    private final String arn;
    private final String secretName;
    private final SecretType secretType;
    private final String description;
    private final @Nullable String encryptionKeyId;
    private final @Nullable String dkmsInstanceId;
    private final @Nullable Instant createTime;
    private final @Nullable Instant updateTime;
    private final @Nullable Instant plannedDeleteTime;
    private final RotationState rotation;
    private final @Nullable String extendedConfig;
    private final Map<String, String> tags;
    private final String requestId;

    private DescribeSecretResult(Builder builder) {
        arn = Objects.requireNonNull(builder.arn);
        secretName = Objects.requireNonNull(builder.secretName);
        secretType = Objects.requireNonNull(builder.secretType);
        description = builder.description;
        encryptionKeyId = builder.encryptionKeyId;
        dkmsInstanceId = builder.dkmsInstanceId;
        createTime = builder.createTime;
        updateTime = builder.updateTime;
        plannedDeleteTime = builder.plannedDeleteTime;
        rotation = builder.rotation;
        extendedConfig = builder.extendedConfig;
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(builder.tags));
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

    /** Returns the type of the secret. */
    public SecretType secretType() {
        return secretType;
    }

    /** Returns the description; may be empty. */
    public String description() {
        return description;
    }

    /** Returns the key that encrypts the values; empty for the default key. */
    public Optional<String> encryptionKeyId() {
        return Optional.ofNullable(encryptionKeyId);
    }

    /** Returns the KMS instance that holds the secret; empty for secrets of the shared gateway. */
    public Optional<String> dkmsInstanceId() {
        return Optional.ofNullable(dkmsInstanceId);
    }

    /** Returns when the secret was created. */
    public Optional<Instant> createTime() {
        return Optional.ofNullable(createTime);
    }

    /** Returns when the secret was last changed. */
    public Optional<Instant> updateTime() {
        return Optional.ofNullable(updateTime);
    }

    /** Returns when the secret will be gone; empty unless its deletion is scheduled. */
    public Optional<Instant> plannedDeleteTime() {
        return Optional.ofNullable(plannedDeleteTime);
    }

    /** Returns how the service rotates the secret. */
    public RotationState rotation() {
        return rotation;
    }

    /** Returns the extended configuration, a JSON object; empty for generic secrets or if not asked for. */
    public Optional<String> extendedConfig() {
        return Optional.ofNullable(extendedConfig);
    }

    /** Returns the tags by key; empty if not asked for. */
    public Map<String, String> tags() {
        return tags;
    }

    /** Returns the id that the service gave to the request, or an empty text if the answer had none. */
    public String requestId() {
        return requestId;
    }

    @Override
    public String toString() {
        return Fields.describe(
                "DescribeSecretResult",
                "arn",
                arn,
                "secretName",
                secretName,
                "secretType",
                secretType,
                "description",
                description,
                "encryptionKeyId",
                encryptionKeyId,
                "dkmsInstanceId",
                dkmsInstanceId,
                "createTime",
                createTime,
                "updateTime",
                updateTime,
                "plannedDeleteTime",
                plannedDeleteTime,
                "rotation",
                rotation,
                "extendedConfig",
                extendedConfig,
                "tags",
                tags,
                "requestId",
                requestId);
    }

    /** Collects the values of a {@link DescribeSecretResult}; not thread-safe. */
    public static final class Builder {
        private @Nullable String arn;
        private @Nullable String secretName;
        private @Nullable SecretType secretType;
        private String description = "";
        private @Nullable String encryptionKeyId;
        private @Nullable String dkmsInstanceId;
        private @Nullable Instant createTime;
        private @Nullable Instant updateTime;
        private @Nullable Instant plannedDeleteTime;
        private RotationState rotation = RotationState.builder().build();
        private @Nullable String extendedConfig;
        private final Map<String, String> tags = new LinkedHashMap<>();
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

        /** Sets the type of the secret. */
        public Builder secretType(SecretType secretType) {
            this.secretType = secretType;
            return this;
        }

        /** Sets the description. */
        public Builder description(String description) {
            this.description = description;
            return this;
        }

        /** Sets the key that encrypts the values. */
        public Builder encryptionKeyId(@Nullable String encryptionKeyId) {
            this.encryptionKeyId = encryptionKeyId;
            return this;
        }

        /** Sets the KMS instance that holds the secret. */
        public Builder dkmsInstanceId(@Nullable String dkmsInstanceId) {
            this.dkmsInstanceId = dkmsInstanceId;
            return this;
        }

        /** Sets when the secret was created. */
        public Builder createTime(@Nullable Instant createTime) {
            this.createTime = createTime;
            return this;
        }

        /** Sets when the secret was last changed. */
        public Builder updateTime(@Nullable Instant updateTime) {
            this.updateTime = updateTime;
            return this;
        }

        /** Sets when the secret will be gone. */
        public Builder plannedDeleteTime(@Nullable Instant plannedDeleteTime) {
            this.plannedDeleteTime = plannedDeleteTime;
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

        /** Sets the tags by key. */
        public Builder tags(Map<String, String> tags) {
            this.tags.clear();
            this.tags.putAll(tags);
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
        public DescribeSecretResult build() {
            Fields.require("DescribeSecretResult", "arn", arn, "secretName", secretName, "secretType", secretType);
            return new DescribeSecretResult(this);
        }
    }
}
