package dev.tumbler.client.model;

import java.time.Duration;
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
    private final @Nullable AutomaticRotation automaticRotation;
    private final @Nullable Duration rotationInterval;
    private final @Nullable Instant nextRotationDate;
    private final @Nullable Instant lastRotationDate;
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
        automaticRotation = builder.automaticRotation;
        rotationInterval = builder.rotationInterval;
        nextRotationDate = builder.nextRotationDate;
        lastRotationDate = builder.lastRotationDate;
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
        private @Nullable AutomaticRotation automaticRotation;
        private @Nullable Duration rotationInterval;
        private @Nullable Instant nextRotationDate;
        private @Nullable Instant lastRotationDate;
        private @Nullable String extendedConfig;
        private final Map<String, String> tags = new LinkedHashMap<>();
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

        /** Returns the type of the secret. */
        public Builder secretType(SecretType secretType) {
            this.secretType = secretType;
            return this;
        }

        /** Returns the description; may be empty. */
        public Builder description(String description) {
            this.description = description;
            return this;
        }

        /** Returns the key that encrypts the values; empty for the default key. */
        public Builder encryptionKeyId(@Nullable String encryptionKeyId) {
            this.encryptionKeyId = encryptionKeyId;
            return this;
        }

        /** Returns the KMS instance that holds the secret; empty for secrets of the shared gateway. */
        public Builder dkmsInstanceId(@Nullable String dkmsInstanceId) {
            this.dkmsInstanceId = dkmsInstanceId;
            return this;
        }

        /** Returns when the secret was created. */
        public Builder createTime(@Nullable Instant createTime) {
            this.createTime = createTime;
            return this;
        }

        /** Returns when the secret was last changed. */
        public Builder updateTime(@Nullable Instant updateTime) {
            this.updateTime = updateTime;
            return this;
        }

        /** Returns when the secret will be gone; empty unless its deletion is scheduled. */
        public Builder plannedDeleteTime(@Nullable Instant plannedDeleteTime) {
            this.plannedDeleteTime = plannedDeleteTime;
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

        /** Returns the tags by key; empty if not asked for. */
        public Builder tags(Map<String, String> tags) {
            this.tags.clear();
            this.tags.putAll(tags);
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
        public DescribeSecretResult build() {
            Fields.require("DescribeSecretResult", "arn", arn, "secretName", secretName, "secretType", secretType);
            return new DescribeSecretResult(this);
        }
    }
}
