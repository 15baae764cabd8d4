package dev.tumbler.client.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One secret in a list.
 */
public final class SecretSummary {
    private final String secretName;
    private final SecretType secretType;
    private final @Nullable Instant createTime;
    private final @Nullable Instant updateTime;
    private final @Nullable Instant plannedDeleteTime;
    private final Map<String, String> tags;

    private SecretSummary(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        secretType = Objects.requireNonNull(builder.secretType);
        createTime = builder.createTime;
        updateTime = builder.updateTime;
        plannedDeleteTime = builder.plannedDeleteTime;
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(builder.tags));
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the name of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns the type of the secret. */
    public SecretType secretType() {
        return secretType;
    }

    /** Returns when the secret was created. */
    public Optional<Instant> createTime() {
        return Optional.ofNullable(createTime);
    }

    /** Returns when the secret was last changed. */
    public Optional<Instant> updateTime() {
        return Optional.ofNullable(updateTime);
    }

    /** Returns when the secret will be gone; empty unless its deletion is scheduled. */
    public Optional<Instant> plannedDeleteTime() {
        return Optional.ofNullable(plannedDeleteTime);
    }

    /** Returns the tags by key; empty if not asked for. */
    public Map<String, String> tags() {
        return tags;
    }

    @Override
    public String toString() {
        return Fields.describe(
                "SecretSummary",
                "secretName",
                secretName,
                "secretType",
                secretType,
                "createTime",
                createTime,
                "updateTime",
                updateTime,
                "plannedDeleteTime",
                plannedDeleteTime,
                "tags",
                tags);
    }

    /** Collects the values of a {@link SecretSummary}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private @Nullable SecretType secretType;
        private @Nullable Instant createTime;
        private @Nullable Instant updateTime;
        private @Nullable Instant plannedDeleteTime;
        private final Map<String, String> tags = new LinkedHashMap<>();

        private Builder() {}

        /** Sets the name of the secret. */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** Sets the type of the secret. */
        public Builder secretType(SecretType secretType) {
            this.secretType = secretType;
            return this;
        }

        /** Sets when the secret was created. */
        public Builder createTime(@Nullable Instant createTime) {
            this.createTime = createTime;
            return this;
        }

        /** Sets when the secret was last changed. */
        public Builder updateTime(@Nullable Instant updateTime) {
            this.updateTime = updateTime;
            return this;
        }

        /** Sets when the secret will be gone. */
        public Builder plannedDeleteTime(@Nullable Instant plannedDeleteTime) {
            this.plannedDeleteTime = plannedDeleteTime;
            return this;
        }

        /** Sets the tags by key. */
        public Builder tags(Map<String, String> tags) {
            this.tags.clear();
            this.tags.putAll(tags);
            return this;
        }

        /**
         * Builds the result.
         *
         * @throws IllegalStateException if a required value is missing; the message names all of them
         */
        public SecretSummary build() {
            Fields.require("SecretSummary", "secretName", secretName, "secretType", secretType);
            return new SecretSummary(this);
        }
    }
}
