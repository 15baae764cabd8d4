package dev.tumbler.client.model;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a secret: scheduled, so that it can be restored, unless it is forced.
 */
public final class DeleteSecretRequest {
    private final String secretName;
    private final boolean forceDeleteWithoutRecovery;
    private final @Nullable Integer recoveryWindowInDays;

    private DeleteSecretRequest(Builder builder) {
        secretName = Objects.requireNonNull(builder.secretName);
        forceDeleteWithoutRecovery = builder.forceDeleteWithoutRecovery;
        recoveryWindowInDays = builder.recoveryWindowInDays;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that holds the values of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.secretName = secretName;
        builder.forceDeleteWithoutRecovery = forceDeleteWithoutRecovery;
        builder.recoveryWindowInDays = recoveryWindowInDays;
        return builder;
    }

    /** Returns the name or ARN of the secret. */
    public String secretName() {
        return secretName;
    }

    /** Returns whether the secret is to be gone at once. */
    public boolean forceDeleteWithoutRecovery() {
        return forceDeleteWithoutRecovery;
    }

    /** Returns the days during which the secret can be restored, if given. */
    public Optional<Integer> recoveryWindowInDays() {
        return Optional.ofNullable(recoveryWindowInDays);
    }

    @Override
    public String toString() {
        return Fields.describe(
                "DeleteSecretRequest",
                "secretName",
                secretName,
                "forceDeleteWithoutRecovery",
                forceDeleteWithoutRecovery,
                "recoveryWindowInDays",
                recoveryWindowInDays);
    }

    /** Collects the values of a {@link DeleteSecretRequest}; not thread-safe. */
    public static final class Builder {
        private @Nullable String secretName;
        private boolean forceDeleteWithoutRecovery;
        private @Nullable Integer recoveryWindowInDays;

        private Builder() {}

        /** The name of the secret, or its ARN (the only form that crosses accounts). */
        public Builder secretName(String secretName) {
            this.secretName = secretName;
            return this;
        }

        /** Whether the secret is to be gone at once, beyond recovery; default false. */
        public Builder forceDeleteWithoutRecovery(boolean forceDeleteWithoutRecovery) {
            this.forceDeleteWithoutRecovery = forceDeleteWithoutRecovery;
            return this;
        }

        /** The days during which the secret can be restored: 7 to 30, by default 30. Source: KMS API reference, DeleteSecret, RecoveryWindowInDays. */
        public Builder recoveryWindowInDays(int recoveryWindowInDays) {
            this.recoveryWindowInDays = recoveryWindowInDays;
            return this;
        }

        /**
         * Builds the request.
         *
         * @throws IllegalStateException if a required value is missing; the message names all of them, or if both a recovery window and a forced deletion are asked for, which the service refuses
         */
        public DeleteSecretRequest build() {
            Fields.require("DeleteSecretRequest", "secretName", secretName);
            if (forceDeleteWithoutRecovery && recoveryWindowInDays != null) {
                throw new IllegalStateException(
                        "DeleteSecretRequest: forceDeleteWithoutRecovery excludes recoveryWindowInDays");
            }
            return new DeleteSecretRequest(this);
        }
    }
}
