package dev.tumbler.client.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a rotation. It may still be under way; a read shows when it is done.
 */
public final class RotateSecretResult {
    private final String arn;
    private final String secretName;
    private final String versionId;
    private final String requestId;

    private RotateSecretResult(Builder builder) {
        arn = Objects.requireNonNull(builder.arn);
        secretName = Objects.requireNonNull(builder.secretName);
        versionId = Objects.requireNonNull(builder.versionId);
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

    /** Returns the id of the new version. */
    public String versionId() {
        return versionId;
    }

    /** Returns the id that the service gave to the request, or an empty text if the answer had none. */
    public String requestId() {
        return requestId;
    }

    @Override
    public String toString() {
        return Fields.describe(
                "RotateSecretResult",
                "arn",
                arn,
                "secretName",
                secretName,
                "versionId",
                versionId,
                "requestId",
                requestId);
    }

    /** Collects the values of a {@link RotateSecretResult}; not thread-safe. */
    public static final class Builder {
        private @Nullable String arn;
        private @Nullable String secretName;
        private @Nullable String versionId;
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

        /** Returns the id of the new version. */
        public Builder versionId(String versionId) {
            this.versionId = versionId;
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
        public RotateSecretResult build() {
            Fields.require("RotateSecretResult", "arn", arn, "secretName", secretName, "versionId", versionId);
            return new RotateSecretResult(this);
        }
    }
}
