package dev.tumbler.client.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the service rotates a secret. All parts are empty for generic secrets. Dates that the service wrote in a form that is
 * none of its own are empty.
 */
public final class RotationState {
    private final @Nullable AutomaticRotation automaticRotation;
    private final @Nullable Duration rotationInterval;
    private final @Nullable Instant nextRotationDate;
    private final @Nullable Instant lastRotationDate;

    private RotationState(Builder builder) {
        automaticRotation = builder.automaticRotation;
        rotationInterval = builder.rotationInterval;
        nextRotationDate = builder.nextRotationDate;
        lastRotationDate = builder.lastRotationDate;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the state of automatic rotation; empty for generic secrets. */
    public Optional<AutomaticRotation> automaticRotation() {
        return Optional.ofNullable(automaticRotation);
    }

    /** Returns the time between automatic rotations; empty unless they are on. */
    public Optional<Duration> rotationInterval() {
        return Optional.ofNullable(rotationInterval);
    }

    /** Returns when the next automatic rotation is due; empty unless they are on. */
    public Optional<Instant> nextRotationDate() {
        return Optional.ofNullable(nextRotationDate);
    }

    /** Returns when the secret was last rotated; empty if it never was, or in the answer to a CreateSecret. */
    public Optional<Instant> lastRotationDate() {
        return Optional.ofNullable(lastRotationDate);
    }

    @Override
    public String toString() {
        return Fields.describe(
                "RotationState",
                "automaticRotation",
                automaticRotation,
                "rotationInterval",
                rotationInterval,
                "nextRotationDate",
                nextRotationDate,
                "lastRotationDate",
                lastRotationDate);
    }

    /** Collects the values of a {@link RotationState}; not thread-safe. */
    public static final class Builder {
        private @Nullable AutomaticRotation automaticRotation;
        private @Nullable Duration rotationInterval;
        private @Nullable Instant nextRotationDate;
        private @Nullable Instant lastRotationDate;

        private Builder() {}

        /** Sets the state of automatic rotation. */
        public Builder automaticRotation(@Nullable AutomaticRotation automaticRotation) {
            this.automaticRotation = automaticRotation;
            return this;
        }

        /** Sets the time between automatic rotations. */
        public Builder rotationInterval(@Nullable Duration rotationInterval) {
            this.rotationInterval = rotationInterval;
            return this;
        }

        /** Sets when the next automatic rotation is due. */
        public Builder nextRotationDate(@Nullable Instant nextRotationDate) {
            this.nextRotationDate = nextRotationDate;
            return this;
        }

        /** Sets when the secret was last rotated. */
        public Builder lastRotationDate(@Nullable Instant lastRotationDate) {
            this.lastRotationDate = lastRotationDate;
            return this;
        }

        /** Builds the value. */
        public RotationState build() {
            return new RotationState(this);
        }
    }
}
