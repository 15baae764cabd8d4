package dev.tumbler.emulator.key;

import dev.tumbler.emulator.error.KmsError;
import java.util.Set;

/**
 * One condition of a listing: a property has one of the values. <em>Assumed</em>: without values it is no condition.
 *
 * <p>Source: KMS API reference, ListKeys, Filters.
 */
public record KeyFilter(Property property, Set<String> values) {
    private static final int MAX_VALUES = 10;

    public KeyFilter {
        values = Set.copyOf(values);
        if (values.size() > MAX_VALUES) {
            throw KmsError.invalidParameter("Filters", "A filter has at most 10 values.");
        }
    }

    boolean matches(KmsKey key) {
        return values.isEmpty()
                || values.contains(
                        switch (property) {
                            case KEY_STATE -> key.state().wireName();
                            case KEY_SPEC -> key.spec().wireName();
                            case KEY_USAGE -> key.usage().wireName();
                            case PROTECTION_LEVEL -> key.protectionLevel().name();
                            case CREATOR_TYPE -> key.creatorType().wireName();
                        });
    }

    /** What can be filtered by. */
    public enum Property {
        KEY_STATE("KeyState"),
        KEY_SPEC("KeySpec"),
        KEY_USAGE("KeyUsage"),
        PROTECTION_LEVEL("ProtectionLevel"),
        CREATOR_TYPE("CreatorType");

        private final String wireName;

        Property(String wireName) {
            this.wireName = wireName;
        }

        /** How requests spell it. */
        public String wireName() {
            return wireName;
        }
    }
}
