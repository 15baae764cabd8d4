package dev.tumbler.client.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one page of the secrets of the account in the region.
 */
public final class ListSecretsRequest {
    private final @Nullable Integer pageNumber;
    private final @Nullable Integer pageSize;
    private final boolean fetchTags;
    private final Map<FilterKey, List<String>> filters;

    private ListSecretsRequest(Builder builder) {
        pageNumber = builder.pageNumber;
        pageSize = builder.pageSize;
        fetchTags = builder.fetchTags;
        filters = Collections.unmodifiableMap(new LinkedHashMap<>(builder.filters));
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that holds the values of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.pageNumber = pageNumber;
        builder.pageSize = pageSize;
        builder.fetchTags = fetchTags;
        builder.filters.putAll(filters);
        return builder;
    }

    /** Returns the number of the page, if given. */
    public Optional<Integer> pageNumber() {
        return Optional.ofNullable(pageNumber);
    }

    /** Returns the number of secrets on a page, if given. */
    public Optional<Integer> pageSize() {
        return Optional.ofNullable(pageSize);
    }

    /** Returns whether tags are asked for. */
    public boolean fetchTags() {
        return fetchTags;
    }

    /** Returns the accepted values by key; empty for all secrets. */
    public Map<FilterKey, List<String>> filters() {
        return filters;
    }

    @Override
    public String toString() {
        return Fields.describe(
                "ListSecretsRequest",
                "pageNumber",
                pageNumber,
                "pageSize",
                pageSize,
                "fetchTags",
                fetchTags,
                "filters",
                filters);
    }

    /** Collects the values of a {@link ListSecretsRequest}; not thread-safe. */
    public static final class Builder {
        private @Nullable Integer pageNumber;
        private @Nullable Integer pageSize;
        private boolean fetchTags;
        private final Map<FilterKey, List<String>> filters = new LinkedHashMap<>();

        private Builder() {}

        /** The number of the page, from 1; default 1. */
        public Builder pageNumber(int pageNumber) {
            this.pageNumber = pageNumber;
            return this;
        }

        /** The number of secrets on a page, 1 to 100; default 10. Source: KMS API reference, ListSecrets, PageSize. */
        public Builder pageSize(int pageSize) {
            this.pageSize = pageSize;
            return this;
        }

        /** Whether the answer holds the tags; default false. */
        public Builder fetchTags(boolean fetchTags) {
            this.fetchTags = fetchTags;
            return this;
        }

        /**
         * Narrows the list to secrets that have one of these values; several keys must all match. At most 10 keys with 10
         * values each. Source: KMS API reference, ListSecrets, Filters.
         */
        public Builder filter(FilterKey key, String... values) {
            filters.put(key, List.of(values));
            return this;
        }

        /**
         * Builds the request.
         */
        public ListSecretsRequest build() {
            return new ListSecretsRequest(this);
        }
    }
}
