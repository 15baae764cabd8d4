package dev.tumbler.emulator.key;

import java.util.Set;

/** One condition of a listing: a property has one of the values. Source: KMS API reference, ListKeys, Filters. */
public record KeyFilter(Property property, Set<String> values) {
    public KeyFilter {
        values = Set.copyOf(values);
    }

    boolean matches(KmsKey key) {
        return values.contains(
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
