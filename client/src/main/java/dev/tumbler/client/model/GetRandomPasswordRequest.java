package dev.tumbler.client.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a random password, by default of 32 characters of all four kinds: digits, lower-case and upper-case letters, and
 * punctuation.
 */
public final class GetRandomPasswordRequest {
    private final @Nullable Integer passwordLength;
    private final @Nullable String excludeCharacters;
    private final boolean excludeLowercase;
    private final boolean excludeUppercase;
    private final boolean excludeNumbers;
    private final boolean excludePunctuation;
    private final boolean requireEachIncludedType;

    private GetRandomPasswordRequest(Builder builder) {
        passwordLength = builder.passwordLength;
        excludeCharacters = builder.excludeCharacters;
        excludeLowercase = builder.excludeLowercase;
        excludeUppercase = builder.excludeUppercase;
        excludeNumbers = builder.excludeNumbers;
        excludePunctuation = builder.excludePunctuation;
        requireEachIncludedType = builder.requireEachIncludedType;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that holds the values of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.passwordLength = passwordLength;
        builder.excludeCharacters = excludeCharacters;
        builder.excludeLowercase = excludeLowercase;
        builder.excludeUppercase = excludeUppercase;
        builder.excludeNumbers = excludeNumbers;
        builder.excludePunctuation = excludePunctuation;
        builder.requireEachIncludedType = requireEachIncludedType;
        return builder;
    }

    /** Returns the length, if given. */
    public Optional<Integer> passwordLength() {
        return Optional.ofNullable(passwordLength);
    }

    /** Returns the characters that do not occur, if given. */
    public Optional<String> excludeCharacters() {
        return Optional.ofNullable(excludeCharacters);
    }

    /** Returns whether lower-case letters are left out. */
    public boolean excludeLowercase() {
        return excludeLowercase;
    }

    /** Returns whether upper-case letters are left out. */
    public boolean excludeUppercase() {
        return excludeUppercase;
    }

    /** Returns whether digits are left out. */
    public boolean excludeNumbers() {
        return excludeNumbers;
    }

    /** Returns whether punctuation is left out. */
    public boolean excludePunctuation() {
        return excludePunctuation;
    }

    /** Returns whether each kind that is not left out must occur. */
    public boolean requireEachIncludedType() {
        return requireEachIncludedType;
    }

    @Override
    public String toString() {
        return Fields.describe(
                "GetRandomPasswordRequest",
                "passwordLength",
                passwordLength,
                "excludeCharacters",
                excludeCharacters,
                "excludeLowercase",
                excludeLowercase,
                "excludeUppercase",
                excludeUppercase,
                "excludeNumbers",
                excludeNumbers,
                "excludePunctuation",
                excludePunctuation,
                "requireEachIncludedType",
                requireEachIncludedType);
    }

    /** Collects the values of a {@link GetRandomPasswordRequest}; not thread-safe. */
    public static final class Builder {
        private @Nullable Integer passwordLength;
        private @Nullable String excludeCharacters;
        private boolean excludeLowercase;
        private boolean excludeUppercase;
        private boolean excludeNumbers;
        private boolean excludePunctuation;
        private boolean requireEachIncludedType;

        private Builder() {}

        /** The length, 8 to 128 characters; the service's default is 32. Source: KMS API reference, GetRandomPassword, PasswordLength. */
        public Builder passwordLength(int passwordLength) {
            this.passwordLength = passwordLength;
            return this;
        }

        /** Characters that must not occur. */
        public Builder excludeCharacters(String excludeCharacters) {
            this.excludeCharacters = excludeCharacters;
            return this;
        }

        /** Whether lower-case letters are left out; default false. */
        public Builder excludeLowercase(boolean excludeLowercase) {
            this.excludeLowercase = excludeLowercase;
            return this;
        }

        /** Whether upper-case letters are left out; default false. */
        public Builder excludeUppercase(boolean excludeUppercase) {
            this.excludeUppercase = excludeUppercase;
            return this;
        }

        /** Whether digits are left out; default false. */
        public Builder excludeNumbers(boolean excludeNumbers) {
            this.excludeNumbers = excludeNumbers;
            return this;
        }

        /** Whether punctuation is left out; default false. */
        public Builder excludePunctuation(boolean excludePunctuation) {
            this.excludePunctuation = excludePunctuation;
            return this;
        }

        /** Whether each kind that is not left out must occur; default false. */
        public Builder requireEachIncludedType(boolean requireEachIncludedType) {
            this.requireEachIncludedType = requireEachIncludedType;
            return this;
        }

        /** Builds the request. */
        public GetRandomPasswordRequest build() {
            return new GetRandomPasswordRequest(this);
        }
    }
}
