package dev.tumbler.client.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version in a list, without its value.
 */
public final class SecretVersion {
    private final String versionId;
    private final @Nullable Instant createTime;
    private final List<VersionStage> versionStages;

    private SecretVersion(Builder builder) {
        versionId = Objects.requireNonNull(builder.versionId);
        createTime = builder.createTime;
        versionStages = List.copyOf(builder.versionStages);
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the id of the version. */
    public String versionId() {
        return versionId;
    }

    /** Returns when the version was stored. */
    public Optional<Instant> createTime() {
        return Optional.ofNullable(createTime);
    }

    /** Returns the stages that mark the version; empty for a deprecated one. */
    public List<VersionStage> versionStages() {
        return versionStages;
    }

    @Override
    public String toString() {
        return Fields.describe(
                "SecretVersion", "versionId", versionId, "createTime", createTime, "versionStages", versionStages);
    }

    /** Collects the values of a {@link SecretVersion}; not thread-safe. */
    public static final class Builder {
        private @Nullable String versionId;
        private @Nullable Instant createTime;
        private final List<VersionStage> versionStages = new ArrayList<>();

        private Builder() {}

        /** Sets the id of the version. */
        public Builder versionId(String versionId) {
            this.versionId = versionId;
            return this;
        }

        /** Sets when the version was stored. */
        public Builder createTime(@Nullable Instant createTime) {
            this.createTime = createTime;
            return this;
        }

        /** Sets the stages that mark the version. */
        public Builder versionStages(Collection<VersionStage> versionStages) {
            this.versionStages.clear();
            this.versionStages.addAll(versionStages);
            return this;
        }

        /**
         * Builds the value.
         *
         * @throws IllegalStateException if a required value is missing; the message names all of them
         */
        public SecretVersion build() {
            Fields.require("SecretVersion", "versionId", versionId);
            return new SecretVersion(this);
        }
    }
}
