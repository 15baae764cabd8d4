package dev.tumbler.client.model;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the value of one version of a secret.
 *
 * <p>Without stage and version id that is the version marked {@code ACSCurrent}.
 */
public final class GetSecretValueRequest {
    private final String secretName;
    private final @Nullable VersionStage versionStage;
    private final @Nullable String versionId;
    private final boolean fetchExtendedConfig;
    private final boolean retryThrottled;

    private GetSecretValueRequest(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        versionStage = builder.versionStage;
        versionId = builder.versionId;
        fetchExtendedConfig = builder.fetchExtendedConfig;
        retryThrottled = builder.retryThrottled;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that holds the values of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.secretName = secretName;
        builder.versionStage = versionStage;
        builder.versionId = versionId;
        builder.fetchExtendedConfig = fetchExtendedConfig;
        builder.retryThrottled = retryThrottled;
        return builder;
    }

    /** Returns the name or ARN of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns the stage asked for, if any. */
    public Optional<VersionStage> versionStage() {
        return Optional.ofNullable(versionStage);
    }

    /** Returns the version asked for, if any. */
    public Optional<String> versionId() {
        return Optional.ofNullable(versionId);
    }

    /** Returns whether the extended configuration is asked for. */
    public boolean fetchExtendedConfig() {
        return fetchExtendedConfig;
    }

    /** Returns whether the client repeats the read after throttling. */
    public boolean retryThrottled() {
        return retryThrottled;
    }

    @Override
    public String toString() {
        return Fields.describe(
                "GetSecretValueRequest",
                "secretName",
                secretName,
                "versionStage",
                versionStage,
                "versionId",
                versionId,
                "fetchExtendedConfig",
                fetchExtendedConfig,
                "retryThrottled",
                retryThrottled);
    }

    /** Collects the values of a {@link GetSecretValueRequest}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private @Nullable VersionStage versionStage;
        private @Nullable String versionId;
        private boolean fetchExtendedConfig;
        private boolean retryThrottled = true;

        private Builder() {}

        /** The name of the secret, or its ARN (the only form that crosses accounts). */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** The stage whose version is wanted. Managed secrets know only {@code ACSCurrent}, the default, and {@code ACSPrevious}. Source: KMS API reference, GetSecretValue, VersionStage. */
        public Builder versionStage(VersionStage versionStage) {
            this.versionStage = versionStage;
            return this;
        }

        /** The version that is wanted. For generic secrets only: the service ignores it for managed ones. Source: KMS API reference, GetSecretValue, VersionId. */
        public Builder versionId(String versionId) {
            this.versionId = versionId;
            return this;
        }

        /** Whether the answer holds the extended configuration of a managed secret; default false. */
        public Builder fetchExtendedConfig(boolean fetchExtendedConfig) {
            this.fetchExtendedConfig = fetchExtendedConfig;
            return this;
        }

        /**
         * Whether the client repeats the read, as its retry policy says, when the service answers that there are too many;
         * default true. False leaves that to a caller with a pace of its own, as a cache. Not sent.
         */
        public Builder retryThrottled(boolean retryThrottled) {
            this.retryThrottled = retryThrottled;
            return this;
        }

        /**
         * Builds the request.
         *
         * @throws IllegalStateException if a required value is missing; the message names all of them
         */
        public GetSecretValueRequest build() {
            Fields.require("GetSecretValueRequest", "secretName", secretName);
            return new GetSecretValueRequest(this);
        }
    }
}
