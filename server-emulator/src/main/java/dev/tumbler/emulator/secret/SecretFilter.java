package dev.tumbler.emulator.secret;

import java.util.Set;

/**
 * One condition of a listing: the key equals one of the values. Several conditions must all hold.
 *
 * <p>Equality, not containment: the documentation writes {@code SecretName=sec1 OR SecretName=sec2}. <em>Assumed</em>
 * for the other keys.
 */
public record SecretFilter(Key key, Set<String> values) {
    public SecretFilter {
        values = Set.copyOf(values);
    }

    boolean matches(Secret secret) {
        return switch (key) {
            case SECRET_NAME -> values.contains(secret.name());
            case DESCRIPTION -> values.contains(secret.description());
            case TAG_KEY -> values.stream().anyMatch(key -> secret.tags().has(key, null));
            case TAG_VALUE -> values.stream().anyMatch(secret.tags()::hasValue);
            case DKMS_INSTANCE_ID -> secret.dkmsInstanceId() != null && values.contains(secret.dkmsInstanceId());
            case SECRET_TYPE -> values.stream().anyMatch(secret.type().wireName()::equalsIgnoreCase);
            case CREATOR -> values.contains(secret.creator());
        };
    }

    /** What can be filtered by. */
    public enum Key {
        SECRET_NAME("SecretName"),
        DESCRIPTION("Description"),
        TAG_KEY("TagKey"),
        TAG_VALUE("TagValue"),
        DKMS_INSTANCE_ID("DKMSInstanceId"),
        SECRET_TYPE("SecretType"),
        CREATOR("Creator");

        private final String wireName;

        Key(String wireName) {
            this.wireName = wireName;
        }

        /** How requests spell it. */
        public String wireName() {
            return wireName;
        }
    }
}
