package dev.tumbler.client.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a stored version.
 */
public final class PutSecretValueResult {
    private final String secretName;
    private final String versionId;
    private final List<VersionStage> versionStages;
    private final String requestId;

    private PutSecretValueResult(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        versionId = Objects.requireNonNull(builder.versionId);
        versionStages = List.copyOf(builder.versionStages);
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

    /** Returns the stages that mark the version. */
    public List<VersionStage> versionStages() {
        return versionStages;
    }

    /** Returns the id that the service gave to the request, or an empty text if the answer had none. */
    public String requestId() {
        return requestId;
    }

    @Override
    public String toString() {
        return Fields.describe(
                "PutSecretValueResult",
                "secretName",
                secretName,
                "versionId",
                versionId,
                "versionStages",
                versionStages,
                "requestId",
                requestId);
    }

    /** Collects the values of a {@link PutSecretValueResult}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private @Nullable String versionId;
        private final List<VersionStage> versionStages = new ArrayList<>();
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

        /** Returns the stages that mark the version. */
        public Builder versionStages(List<VersionStage> versionStages) {
            this.versionStages.clear();
            this.versionStages.addAll(versionStages);
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
        public PutSecretValueResult build() {
            Fields.require("PutSecretValueResult", "secretName", secretName, "versionId", versionId);
            return new PutSecretValueResult(this);
        }
    }
}
