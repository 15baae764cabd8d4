package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.tag.Tags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A secret to be created.
 *
 * @param name for RAM secrets {@code $Auto}
 * @param dkmsInstanceId the KMS instance that it belongs to
 * @param policy null for the default one; only secrets of KMS instances have any
 */
public record NewSecret(
        String name,
        String versionId,
        Content content,
        String description,
        @Nullable String encryptionKeyId,
        @Nullable String dkmsInstanceId,
        Tags tags,
        @Nullable SecretPolicy policy) {
    /** What kind of secret, and its first value. */
    public sealed interface Content {}

    /** A secret that users version themselves. */
    public record Generic(SecretValue value) implements Content {}

    /**
     * A secret that the service manages.
     *
     * @param values what is known of the credentials, the current ones first; empty if the service makes them
     */
    public record Managed(Management management, List<SecretValue> values) implements Content {
        public Managed {
            values = List.copyOf(values);
        }
    }
}
