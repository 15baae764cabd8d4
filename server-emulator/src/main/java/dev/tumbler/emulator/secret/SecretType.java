package dev.tumbler.emulator.secret;

import java.util.Optional;

/**
 * The types of secrets, with the service's names for them.
 *
 * <p>Source: KMS API reference, CreateSecret, SecretType and SecretName.
 */
public enum SecretType {
    /** Any text or binary, which users version themselves. */
    GENERIC("Generic", ""),
    /** The accounts of an ApsaraDB RDS instance, which the service rotates. */
    RDS("Rds", ""),
    /** The access keys of a RAM user. */
    RAM_CREDENTIALS("RAMCredentials", "acs/ram/user/"),
    /** How to log in to an ECS instance. */
    ECS("ECS", "acs/ecs/"),
    /** The accounts of an ApsaraDB for Redis or Tair instance. */
    REDIS("Redis", ""),
    /** The accounts of a PolarDB cluster. */
    POLAR_DB("PolarDB", "");

    private final String wireName;
    private final String namePrefix;

    SecretType(String wireName, String namePrefix) {
        this.wireName = wireName;
        this.namePrefix = namePrefix;
    }

    /** The type that requests spell like this. */
    public static Optional<SecretType> ofWireName(String wireName) {
        for (SecretType type : values()) {
            if (type.wireName.equals(wireName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** How requests and answers spell it; case matters. */
    public String wireName() {
        return wireName;
    }

    /** What the names of its secrets start with; may be empty. */
    String namePrefix() {
        return namePrefix;
    }
}
