package dev.tumbler.client.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of a secret. It shows itself only to {@link #asString()}; {@link #toString()} is redacted, so that it can
 * stand in requests, results and log statements.
 */
public final class SecretData {
    private final String value;

    private SecretData(String value) {
        this.value = value;
    }

    /** Returns secret data with this content. */
    public static SecretData of(String value) {
        return new SecretData(Objects.requireNonNull(value, "value"));
    }

    /** Returns the content in clear text. */
    public String asString() {
        return value;
    }

    /** Returns whether the other object is secret data with the same content. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretData that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "(redacted)";
    }
}
