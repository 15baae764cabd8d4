package dev.tumbler.client.cache;

import java.util.Objects;

/** What a handle reads. */
record SecretAddress(String secretName, VersionSelector version) {
    SecretAddress {
        Objects.requireNonNull(secretName, "secretName");
        Objects.requireNonNull(version, "version");
    }

    @Override
    public String toString() {
        return "\"" + secretName + "\" " + version;
    }
}
