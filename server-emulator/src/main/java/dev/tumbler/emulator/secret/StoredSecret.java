package dev.tumbler.emulator.secret;

import org.jspecify.annotations.Nullable;

/**
 * All of a secret that outlives the process.
 *
 * @param pending the rotation that has begun and not ended; null if there is none
 */
public record StoredSecret(Secret secret, @Nullable PendingRotation pending) {}
