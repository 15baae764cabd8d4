package dev.tumbler.emulator.ram;

/**
 * An access key, which signs requests. Immutable.
 *
 * @param id the AccessKey ID; not empty
 * @param secret the AccessKey secret; not empty
 */
public record AccessKey(String id, String secret) {
    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException if one of them is empty
     */
    public AccessKey {
        if (id.isEmpty() || secret.isEmpty()) {
            throw new IllegalArgumentException("An access key needs an id and a secret");
        }
    }

    /** The id alone. */
    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}
