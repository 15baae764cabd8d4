package dev.tumbler.client.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists the tags of secrets, page by page. Narrowed by secrets and by tags; with neither, the tags of all secrets.
 */
public final class ListTagResourcesRequest {
    private final List<String> secretNames;
    private final Map<String, String> tags;
    private final @Nullable String nextToken;

    private ListTagResourcesRequest(Builder builder) {
        secretNames = List.copyOf(builder.secretNames);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(builder.tags));
        nextToken = builder.nextToken;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that holds the values of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.secretNames.addAll(secretNames);
        builder.tags.putAll(tags);
        builder.nextToken = nextToken;
        return builder;
    }

    /** Returns the names of the secrets; empty for all. */
    public List<String> secretNames() {
        return secretNames;
    }

    /** Returns the tags that a secret must have. */
    public Map<String, String> tags() {
        return tags;
    }

    /** Returns the place where the list goes on, if given. */
    public Optional<String> nextToken() {
        return Optional.ofNullable(nextToken);
    }

    @Override
    public String toString() {
        return Fields.describe(
                "ListTagResourcesRequest", "secretNames", secretNames, "tags", tags, "nextToken", nextToken);
    }

    /** Collects the values of a {@link ListTagResourcesRequest}; not thread-safe. */
    public static final class Builder {
        private final List<String> secretNames = new ArrayList<>();
        private final Map<String, String> tags = new LinkedHashMap<>();
        private @Nullable String nextToken;

        private Builder() {}

        /** The names of the secrets, at most 50. Source: KMS API reference, ListTagResources, ResourceId. */
        public Builder secretNames(Collection<String> secretNames) {
            this.secretNames.clear();
            this.secretNames.addAll(secretNames);
            return this;
        }

        /** The tags that a secret must have, by key; at most 20. */
        public Builder tags(Map<String, String> tags) {
            this.tags.clear();
            this.tags.putAll(tags);
            return this;
        }

        /** The place where the list goes on, from the page before. */
        public Builder nextToken(String nextToken) {
            this.nextToken = nextToken;
            return this;
        }

        /** Builds the request. */
        public ListTagResourcesRequest build() {
            return new ListTagResourcesRequest(this);
        }
    }
}
