package dev.tumbler.client.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what is known about a secret, without its value.
 */
public final class DescribeSecretRequest {
    private final String secretName;
    private final boolean fetchTags;

    private DescribeSecretRequest(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        fetchTags = builder.fetchTags;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that holds the values of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.secretName = secretName;
        builder.fetchTags = fetchTags;
        return builder;
    }

    /** Returns the name or ARN of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns whether tags are asked for. */
    public boolean fetchTags() {
        return fetchTags;
    }

    @Override
    public String toString() {
        return Fields.describe("DescribeSecretRequest", "secretName", secretName, "fetchTags", fetchTags);
    }

    /** Collects the values of a {@link DescribeSecretRequest}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private boolean fetchTags;

        private Builder() {}

        /** The name of the secret, or its ARN (the only form that crosses accounts). */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** Whether the answer holds the tags; default false. */
        public Builder fetchTags(boolean fetchTags) {
            this.fetchTags = fetchTags;
            return this;
        }

        /**
         * Builds the request.
         *
         * @throws IllegalStateException if a required value is missing; the message names all of them
         */
        public DescribeSecretRequest build() {
            Fields.require("DescribeSecretRequest", "secretName", secretName);
            return new DescribeSecretRequest(this);
        }
    }
}
