package dev.tumbler.client.model;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves a stage of a generic secret to another version, or takes a custom stage away.
 *
 * <p>{@code ACSCurrent} and {@code ACSPrevious} can be moved and not taken away. With both versions given, the stage moves only
 * if the version it is removed from has it. Source: KMS API reference, UpdateSecretVersionStage.
 */
public final class UpdateSecretVersionStageRequest {
    private final String secretName;
    private final VersionStage versionStage;
    private final @Nullable String moveToVersion;
    private final @Nullable String removeFromVersion;

    private UpdateSecretVersionStageRequest(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        versionStage = Objects.requireNonNull(builder.versionStage);
        moveToVersion = builder.moveToVersion;
        removeFromVersion = builder.removeFromVersion;
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
        builder.moveToVersion = moveToVersion;
        builder.removeFromVersion = removeFromVersion;
        return builder;
    }

    /** Returns the name or ARN of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns the stage. */
    public VersionStage versionStage() {
        return versionStage;
    }

    /** Returns the id of the version that gets the stage, if given. */
    public Optional<String> moveToVersion() {
        return Optional.ofNullable(moveToVersion);
    }

    /** Returns the id of the version that loses the stage, if given. */
    public Optional<String> removeFromVersion() {
        return Optional.ofNullable(removeFromVersion);
    }

    @Override
    public String toString() {
        return Fields.describe(
                "UpdateSecretVersionStageRequest",
                "secretName",
                secretName,
                "versionStage",
                versionStage,
                "moveToVersion",
                moveToVersion,
                "removeFromVersion",
                removeFromVersion);
    }

    /** Collects the values of an {@link UpdateSecretVersionStageRequest}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private @Nullable VersionStage versionStage;
        private @Nullable String moveToVersion;
        private @Nullable String removeFromVersion;

        private Builder() {}

        /** The name of the secret, or its ARN (the only form that crosses accounts). */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** The stage. */
        public Builder versionStage(VersionStage versionStage) {
            this.versionStage = versionStage;
            return this;
        }

        /** The id of the version that gets the stage. */
        public Builder moveToVersion(String moveToVersion) {
            this.moveToVersion = moveToVersion;
            return this;
        }

        /** The id of the version that loses the stage. */
        public Builder removeFromVersion(String removeFromVersion) {
            this.removeFromVersion = removeFromVersion;
            return this;
        }

        /**
         * Builds the request.
         *
         * @throws IllegalStateException if a required value is missing, or neither moveToVersion nor removeFromVersion is given
         */
        public UpdateSecretVersionStageRequest build() {
            Fields.require("UpdateSecretVersionStageRequest", "secretName", secretName, "versionStage", versionStage);
            if (moveToVersion == null && removeFromVersion == null) {
                throw new IllegalStateException(
                        "UpdateSecretVersionStageRequest needs moveToVersion or removeFromVersion");
            }
            return new UpdateSecretVersionStageRequest(this);
        }
    }
}
