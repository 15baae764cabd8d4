package dev.tumbler.client.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of secrets.
 */
public final class ListSecretsResult {
    private final List<SecretSummary> items;
    private final Integer pageNumber;
    private final Integer pageSize;
    private final Integer totalCount;
    private final String requestId;

    private ListSecretsResult(Builder builder) {
        items = List.copyOf(builder.items);
        pageNumber = Objects.requireNonNull(builder.pageNumber);
        pageSize = Objects.requireNonNull(builder.pageSize);
        totalCount = Objects.requireNonNull(builder.totalCount);
        requestId = builder.requestId;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the secrets of this page. */
    public List<SecretSummary> items() {
        return items;
    }

    /** Returns the number of this page, from 1. */
    public Integer pageNumber() {
        return pageNumber;
    }

    /** Returns the greatest number of secrets on a page. */
    public Integer pageSize() {
        return pageSize;
    }

    /** Returns the number of secrets on all pages. */
    public Integer totalCount() {
        return totalCount;
    }

    /** Returns the id that the service gave to the request, or an empty text if the answer had none. */
    public String requestId() {
        return requestId;
    }

    @Override
    public String toString() {
        return Fields.describe(
                "ListSecretsResult",
                "items",
                items,
                "pageNumber",
                pageNumber,
                "pageSize",
                pageSize,
                "totalCount",
                totalCount,
                "requestId",
                requestId);
    }

    /** Collects the values of a {@link ListSecretsResult}; not thread-safe. */
    public static final class Builder {
        private final List<SecretSummary> items = new ArrayList<>();
        private @Nullable Integer pageNumber;
        private @Nullable Integer pageSize;
        private @Nullable Integer totalCount;
        private String requestId = "";

        private Builder() {}

        /** Returns the secrets of this page. */
        public Builder items(List<SecretSummary> items) {
            this.items.clear();
            this.items.addAll(items);
            return this;
        }

        /** Returns the number of this page, from 1. */
        public Builder pageNumber(Integer pageNumber) {
            this.pageNumber = pageNumber;
            return this;
        }

        /** Returns the greatest number of secrets on a page. */
        public Builder pageSize(Integer pageSize) {
            this.pageSize = pageSize;
            return this;
        }

        /** Returns the number of secrets on all pages. */
        public Builder totalCount(Integer totalCount) {
            this.totalCount = totalCount;
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
        public ListSecretsResult build() {
            Fields.require(
                    "ListSecretsResult", "pageNumber", pageNumber, "pageSize", pageSize, "totalCount", totalCount);
            return new ListSecretsResult(this);
        }
    }
}
