package dev.tumbler.client.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Takes tags off several secrets. Tags that a secret does not have are ignored.
 */
public final class UntagResourcesRequest {
    private final List<String> secretNames;
    private final List<String> tagKeys;
    private final boolean all;

    private UntagResourcesRequest(Builder builder) {
        secretNames = List.copyOf(builder.secretNames);
        tagKeys = List.copyOf(builder.tagKeys);
        all = builder.all;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that holds the values of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.secretNames.addAll(secretNames);
        builder.tagKeys.addAll(tagKeys);
        builder.all = all;
        return builder;
    }

    /** Returns the names of the secrets. */
    public List<String> secretNames() {
        return secretNames;
    }

    /** Returns the keys of the tags to take off; empty for all of them. */
    public List<String> tagKeys() {
        return tagKeys;
    }

    /** Returns whether all tags are taken off. */
    public boolean all() {
        return all;
    }

    @Override
    public String toString() {
        return Fields.describe("UntagResourcesRequest", "secretNames", secretNames, "tagKeys", tagKeys, "all", all);
    }

    /** Collects the values of an {@link UntagResourcesRequest}; not thread-safe. */
    public static final class Builder {
        private final List<String> secretNames = new ArrayList<>();
        private final List<String> tagKeys = new ArrayList<>();
        private boolean all;

        private Builder() {}

        /** The names of the secrets, at most 50. Source: KMS API reference, UntagResources, ResourceId. */
        public Builder secretNames(Collection<String> secretNames) {
            this.secretNames.clear();
            this.secretNames.addAll(secretNames);
            return this;
        }

        /** The keys of the tags to take off, at most 20. */
        public Builder tagKeys(Collection<String> tagKeys) {
            this.tagKeys.clear();
            this.tagKeys.addAll(tagKeys);
            return this;
        }

        /** Whether all tags are taken off, in place of some keys; default false. */
        public Builder all(boolean all) {
            this.all = all;
            return this;
        }

        /**
         * Builds the request.
         *
         * @throws IllegalStateException if there is no secret, or not exactly one of tagKeys and all
         */
        public UntagResourcesRequest build() {
            if (secretNames.isEmpty()) {
                throw new IllegalStateException("UntagResourcesRequest needs secretNames");
            }
            if (tagKeys.isEmpty() != all) {
                throw new IllegalStateException("UntagResourcesRequest needs either tagKeys or all");
            }
            return new UntagResourcesRequest(this);
        }
    }
}
