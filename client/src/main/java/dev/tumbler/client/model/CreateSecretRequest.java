package dev.tumbler.client.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates a secret with its first version, which becomes {@code ACSCurrent}.
 *
 * <p>For an ApsaraDB RDS secret use {@link Builder#rdsDualAccount} or {@link Builder#rdsSingleAccount}, which write the JSON
 * that the service asks for.
 */
public final class CreateSecretRequest {
    private final String secretName;
    private final String versionId;
    private final SecretData secretData;
    private final @Nullable SecretDataType secretDataType;
    private final @Nullable SecretType secretType;
    private final @Nullable String encryptionKeyId;
    private final @Nullable String dkmsInstanceId;
    private final @Nullable String description;
    private final Map<String, String> tags;
    private final @Nullable String extendedConfig;
    private final @Nullable Boolean enableAutomaticRotation;
    private final @Nullable Duration rotationInterval;
    private final @Nullable String policy;

    private CreateSecretRequest(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        versionId = Objects.requireNonNull(builder.versionId);
        secretData = Objects.requireNonNull(builder.secretData);
        secretDataType = builder.secretDataType;
        secretType = builder.secretType;
        encryptionKeyId = builder.encryptionKeyId;
        dkmsInstanceId = builder.dkmsInstanceId;
        description = builder.description;
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(builder.tags));
        extendedConfig = builder.extendedConfig;
        enableAutomaticRotation = builder.enableAutomaticRotation;
        rotationInterval = builder.rotationInterval;
        policy = builder.policy;
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
        builder.secretType = secretType;
        builder.encryptionKeyId = encryptionKeyId;
        builder.dkmsInstanceId = dkmsInstanceId;
        builder.description = description;
        builder.tags.putAll(tags);
        builder.extendedConfig = extendedConfig;
        builder.enableAutomaticRotation = enableAutomaticRotation;
        builder.rotationInterval = rotationInterval;
        builder.policy = policy;
        return builder;
    }

    /** Returns the name of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns the id of the first version. */
    public String versionId() {
        return versionId;
    }

    /** Returns the content of the first version. */
    public SecretData secretData() {
        return secretData;
    }

    /** Returns the declared kind of the content, if any. */
    public Optional<SecretDataType> secretDataType() {
        return Optional.ofNullable(secretDataType);
    }

    /** Returns the type of the secret, if given. */
    public Optional<SecretType> secretType() {
        return Optional.ofNullable(secretType);
    }

    /** Returns the key that encrypts the values, if given. */
    public Optional<String> encryptionKeyId() {
        return Optional.ofNullable(encryptionKeyId);
    }

    /** Returns the KMS instance, if given. */
    public Optional<String> dkmsInstanceId() {
        return Optional.ofNullable(dkmsInstanceId);
    }

    /** Returns the description, if given. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** Returns the tags by key. */
    public Map<String, String> tags() {
        return tags;
    }

    /** Returns the configuration of a managed secret, if given. */
    public Optional<String> extendedConfig() {
        return Optional.ofNullable(extendedConfig);
    }

    /** Returns whether the service rotates the secret by itself, if said. */
    public Optional<Boolean> enableAutomaticRotation() {
        return Optional.ofNullable(enableAutomaticRotation);
    }

    /** Returns the time between automatic rotations, if given. */
    public Optional<Duration> rotationInterval() {
        return Optional.ofNullable(rotationInterval);
    }

    /** Returns the secret policy, if given. */
    public Optional<String> policy() {
        return Optional.ofNullable(policy);
    }

    @Override
    public String toString() {
        return Fields.describe(
                "CreateSecretRequest",
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
                "encryptionKeyId",
                encryptionKeyId,
                "dkmsInstanceId",
                dkmsInstanceId,
                "description",
                description,
                "tags",
                tags,
                "extendedConfig",
                extendedConfig,
                "enableAutomaticRotation",
                enableAutomaticRotation,
                "rotationInterval",
                rotationInterval,
                "policy",
                policy);
    }

    /** Collects the values of a {@link CreateSecretRequest}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private @Nullable String versionId;
        private @Nullable SecretData secretData;
        private @Nullable SecretDataType secretDataType;
        private @Nullable SecretType secretType;
        private @Nullable String encryptionKeyId;
        private @Nullable String dkmsInstanceId;
        private @Nullable String description;
        private final Map<String, String> tags = new LinkedHashMap<>();
        private @Nullable String extendedConfig;
        private @Nullable Boolean enableAutomaticRotation;
        private @Nullable Duration rotationInterval;
        private @Nullable String policy;

        private Builder() {}

        /** The name, 1 to 192 characters of {@code A-Za-z0-9_/+=.@-}, unique in the account and region. Source: KMS API reference, CreateSecret, SecretName. */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** The id of the first version, at most 64 characters. */
        public Builder versionId(String versionId) {
            this.versionId = versionId;
            return this;
        }

        /** The content of the first version, at most 30,720 bytes. */
        public Builder secretData(SecretData secretData) {
            this.secretData = secretData;
            return this;
        }

        /** What the content is; the service takes it for text when nothing is said. */
        public Builder secretDataType(SecretDataType secretDataType) {
            this.secretDataType = secretDataType;
            return this;
        }

        /** The type; the service makes a generic secret when nothing is said. */
        public Builder secretType(SecretType secretType) {
            this.secretType = secretType;
            return this;
        }

        /** The symmetric key that encrypts the values; the caller needs {@code kms:GenerateDataKey} on it. */
        public Builder encryptionKeyId(String encryptionKeyId) {
            this.encryptionKeyId = encryptionKeyId;
            return this;
        }

        /** The KMS instance that holds the secret, like {@code kst-...}. */
        public Builder dkmsInstanceId(String dkmsInstanceId) {
            this.dkmsInstanceId = dkmsInstanceId;
            return this;
        }

        /** A text for people. */
        public Builder description(String description) {
            this.description = description;
            return this;
        }

        /** The tags, in place of those given so far. */
        public Builder tags(Map<String, String> tags) {
            this.tags.clear();
            this.tags.putAll(tags);
            return this;
        }

        /** The configuration of a managed secret: a JSON object of at most 1,024 characters. The service ignores it for generic secrets. */
        public Builder extendedConfig(String extendedConfig) {
            this.extendedConfig = extendedConfig;
            return this;
        }

        /** Whether the service rotates the secret by itself; default false, and for managed secrets only. */
        public Builder enableAutomaticRotation(boolean enableAutomaticRotation) {
            this.enableAutomaticRotation = enableAutomaticRotation;
            return this;
        }

        /** The time between automatic rotations, in whole seconds; 6 hours to 365 days. Source: KMS API reference, CreateSecret, RotationInterval. */
        public Builder rotationInterval(Duration rotationInterval) {
            this.rotationInterval = rotationInterval;
            return this;
        }

        /** The secret policy, a JSON object of at most 32,768 bytes; for secrets of a KMS instance only. */
        public Builder policy(String policy) {
            this.policy = policy;
            return this;
        }

        /** As {@link #secretData(SecretData)}, from plain text. */
        public Builder secretData(String secretData) {
            return secretData(SecretData.of(secretData));
        }

        /** Adds a tag. */
        public Builder tag(String key, String value) {
            tags.put(key, value);
            return this;
        }

        /**
         * Makes this an ApsaraDB RDS secret of two accounts that rotate in turns. With one account given, the first
         * rotation creates the second. Sets secret type, secret data and extended configuration.
         *
         * @param dbInstanceId the RDS instance, like {@code rm-...}
         * @param accounts one or two accounts of the instance with their passwords
         */
        public Builder rdsDualAccount(String dbInstanceId, RdsCredentials... accounts) {
            if (accounts.length < 1 || accounts.length > 2) {
                throw new IllegalArgumentException(
                        "A dual-account secret has one or two accounts, not " + accounts.length);
            }
            return rds("DoubleUsers", dbInstanceId, List.of(accounts));
        }

        /**
         * Makes this an ApsaraDB RDS secret of one account, whose password rotation replaces in place. Sets secret type,
         * secret data and extended configuration.
         *
         * @param dbInstanceId the RDS instance, like {@code rm-...}
         * @param account an account of the instance with its password
         */
        public Builder rdsSingleAccount(String dbInstanceId, RdsCredentials account) {
            return rds("SingleUser", dbInstanceId, List.of(account));
        }

        private Builder rds(String secretSubType, String dbInstanceId, List<RdsCredentials> accounts) {
            return secretType(SecretType.RDS)
                    .secretData(SecretJson.accounts(accounts))
                    .extendedConfig(SecretJson.extendedConfig(secretSubType, dbInstanceId));
        }

        /**
         * Builds the request.
         *
         * @throws IllegalStateException if a required value is missing; the message names all of them
         */
        public CreateSecretRequest build() {
            Fields.require(
                    "CreateSecretRequest", "secretName", secretName, "versionId", versionId, "secretData", secretData);
            return new CreateSecretRequest(this);
        }
    }
}
