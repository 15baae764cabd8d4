package dev.tumbler.emulator.key;

import org.jspecify.annotations.Nullable;

/**
 * All of a key that outlives the process.
 *
 * @param material what its primary version encrypts with; null if it has none
 */
public record StoredKey(KmsKey key, byte @Nullable [] material) {
    /** Without the material. */
    @Override
    public String toString() {
        return "StoredKey[" + key.keyId() + ", ***]";
    }
}
