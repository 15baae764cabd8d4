package dev.tumbler.emulator.key;

import dev.tumbler.emulator.tag.Tags;
import org.jspecify.annotations.Nullable;

/**
 * A key to be created.
 *
 * @param usage null for the default of the specification
 * @param dkmsInstanceId the KMS instance to create it in, or null
 */
public record NewKey(
        KeySpec spec,
        @Nullable KeyUsage usage,
        KmsKey.Origin origin,
        KmsKey.ProtectionLevel protectionLevel,
        String description,
        @Nullable String dkmsInstanceId,
        Tags tags) {}
