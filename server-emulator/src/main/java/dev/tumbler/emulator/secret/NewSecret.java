package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.rotation.RotationStrategy;
import dev.tumbler.emulator.tag.Tags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A secret to be created. */
public record NewSecret(
        String name,
        String versionId,
        Content content,
        String description,
        @Nullable String encryptionKeyId,
        @Nullable String dkmsInstanceId,
        Tags tags) {
    /** What kind of secret, and its first value. */
    public sealed interface Content {}

    /** A secret that users version themselves. */
    public record Generic(SecretValue value) implements Content {}

    /**
     * A secret that the service rotates.
     *
     * @param accounts the current account first
     */
    public record Rds(
            RotationStrategy strategy,
            String dbInstanceId,
            List<SecretValue.Account> accounts,
            String customData,
            RotationPolicy rotation)
            implements Content {
        public Rds {
            accounts = List.copyOf(accounts);
        }
    }
}
