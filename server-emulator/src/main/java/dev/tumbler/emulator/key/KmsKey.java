package dev.tumbler.emulator.key;

import dev.tumbler.emulator.tag.Tags;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a key; never its material. Immutable.
 *
 * @param keyId a UUID, or {@code key-…} in a KMS instance
 * @param primaryKeyVersion null for an asymmetric key, and while there is no key material
 * @param dkmsInstanceId the KMS instance that it belongs to, or null
 * @param creator the id of the account that created it, or the name of the cloud service that did
 * @param deleteDate null unless it is pending deletion
 */
public record KmsKey(
        String keyId,
        KeySpec spec,
        KeyUsage usage,
        Origin origin,
        ProtectionLevel protectionLevel,
        KeyState state,
        String description,
        String creator,
        CreatorType creatorType,
        Instant creationDate,
        @Nullable Instant deleteDate,
        @Nullable String primaryKeyVersion,
        @Nullable String dkmsInstanceId,
        Tags tags) {

    KmsKey inState(KeyState newState) {
        return with(newState, null, tags);
    }

    KmsKey pendingDeletion(Instant date) {
        return with(KeyState.PENDING_DELETION, date, tags);
    }

    KmsKey tagged(Tags newTags) {
        return with(state, deleteDate, newTags);
    }

    private KmsKey with(KeyState newState, @Nullable Instant newDeleteDate, Tags newTags) {
        return new KmsKey(
                keyId,
                spec,
                usage,
                origin,
                protectionLevel,
                newState,
                description,
                creator,
                creatorType,
                creationDate,
                newDeleteDate,
                primaryKeyVersion,
                dkmsInstanceId,
                newTags);
    }

    /** Who created a key. Source: KMS API reference, ListKeys, Filters, CreatorType. */
    public enum CreatorType {
        USER("User"),
        SERVICE("Service");

        private final String wireName;

        CreatorType(String wireName) {
            this.wireName = wireName;
        }

        /** The value of {@code CreatorType}. */
        public String wireName() {
            return wireName;
        }
    }

    /** Where the key material comes from. Source: KMS API reference, CreateKey, Origin. */
    public enum Origin {
        ALIYUN_KMS("Aliyun_KMS"),
        EXTERNAL("EXTERNAL");

        private final String wireName;

        Origin(String wireName) {
            this.wireName = wireName;
        }

        /** The value of {@code Origin}; case counts. */
        public String wireName() {
            return wireName;
        }
    }

    /** What guards the key material. Source: KMS API reference, CreateKey, ProtectionLevel. */
    public enum ProtectionLevel {
        SOFTWARE,
        HSM
    }
}
