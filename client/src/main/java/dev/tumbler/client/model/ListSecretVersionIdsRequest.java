package dev.tumbler.client.model;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists the versions of a secret, page by page.
 */
public final class ListSecretVersionIdsRequest {
    private final String secretName;
    private final boolean includeDeprecated;
    private final @Nullable Integer pageNumber;
    private final @Nullable Integer pageSize;

    private ListSecretVersionIdsRequest(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        includeDeprecated = builder.includeDeprecated;
        pageNumber = builder.pageNumber;
        pageSize = builder.pageSize;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that holds the values of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.secretName = secretName;
        builder.includeDeprecated = includeDeprecated;
        builder.pageNumber = pageNumber;
        builder.pageSize = pageSize;
        return builder;
    }

    /** Returns the name or ARN of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns whether versions without any stage are listed too. */
    public boolean includeDeprecated() {
        return includeDeprecated;
    }

    /** Returns the page, if given. */
    public Optional<Integer> pageNumber() {
        return Optional.ofNullable(pageNumber);
    }

    /** Returns the greatest number of entries on a page, if given. */
    public Optional<Integer> pageSize() {
        return Optional.ofNullable(pageSize);
    }

    @Override
    public String toString() {
        return Fields.describe(
                "ListSecretVersionIdsRequest",
                "secretName",
                secretName,
                "includeDeprecated",
                includeDeprecated,
                "pageNumber",
                pageNumber,
                "pageSize",
                pageSize);
    }

    /** Collects the values of a {@link ListSecretVersionIdsRequest}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private boolean includeDeprecated;
        private @Nullable Integer pageNumber;
        private @Nullable Integer pageSize;

        private Builder() {}

        /** The name of the secret, or its ARN (the only form that crosses accounts). */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** Whether versions without any stage are listed too; default false. */
        public Builder includeDeprecated(boolean includeDeprecated) {
            this.includeDeprecated = includeDeprecated;
            return this;
        }

        /** The page, from 1; default 1. */
        public Builder pageNumber(int pageNumber) {
            this.pageNumber = pageNumber;
            return this;
        }

        /** The greatest number of entries on a page, 1 to 100; the service's default is 20. */
        public Builder pageSize(int pageSize) {
            this.pageSize = pageSize;
            return this;
        }

        /**
         * Builds the request.
         *
         * @throws IllegalStateException if a required value is missing; the message names all of them
         */
        public ListSecretVersionIdsRequest build() {
            Fields.require("ListSecretVersionIdsRequest", "secretName", secretName);
            return new ListSecretVersionIdsRequest(this);
        }
    }
}
