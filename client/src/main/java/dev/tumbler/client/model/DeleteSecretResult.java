package dev.tumbler.client.model;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a deletion.
 */
public final class DeleteSecretResult {
    private final String secretName;
    private final @Nullable Instant plannedDeleteTime;
    private final String requestId;

    private DeleteSecretResult(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        plannedDeleteTime = builder.plannedDeleteTime;
        requestId = builder.requestId;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the name of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns when the secret will be gone. */
    public Optional<Instant> plannedDeleteTime() {
        return Optional.ofNullable(plannedDeleteTime);
    }

    /** Returns the id that the service gave to the request, or an empty text if the answer had none. */
    public String requestId() {
        return requestId;
    }

    @Override
    public String toString() {
        return Fields.describe(
                "DeleteSecretResult",
                "secretName",
                secretName,
                "plannedDeleteTime",
                plannedDeleteTime,
                "requestId",
                requestId);
    }

    /** Collects the values of a {@link DeleteSecretResult}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private @Nullable Instant plannedDeleteTime;
        private String requestId = "";

        private Builder() {}

        /** Sets the name of the secret. */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** Sets when the secret will be gone. */
        public Builder plannedDeleteTime(@Nullable Instant plannedDeleteTime) {
            this.plannedDeleteTime = plannedDeleteTime;
            return this;
        }

        /** Sets the id that the service gave to the request; by default an empty text. */
        public Builder requestId(String requestId) {
            this.requestId = requestId;
            return this;
        }

        /**
         * Builds the result.
         *
         * @throws IllegalStateException if a required value is missing; the message names all of them
         */
        public DeleteSecretResult build() {
            Fields.require("DeleteSecretResult", "secretName", secretName);
            return new DeleteSecretResult(this);
        }
    }
}
