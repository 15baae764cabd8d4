package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;

/**
 * What the users of a managed secret may add to it.
 *
 * <p>Source: KMS API reference, CreateSecret, ExtendedConfig, CustomData.
 *
 * @param json a JSON object, kept as it came
 * @param pairs how many members it has; at most 10
 */
public record CustomData(String json, int pairs) {
    /** No data. */
    public static final CustomData NONE = new CustomData("{}", 0);

    private static final int MAX_PAIRS = 10;

    public CustomData {
        if (pairs > MAX_PAIRS) {
            throw KmsError.invalidParameter(
                    "ExtendedConfig", "\"CustomData\" holds at most 10 pairs; these are " + pairs + ".");
        }
    }
}
