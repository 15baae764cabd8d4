package dev.tumbler.emulator.secret;

/** The types of secrets that can be created, with the service's names for them. */
public enum SecretType {
    /** Any text or binary, which users version themselves. */
    GENERIC("Generic"),
    /** The account of an ApsaraDB RDS instance, which the service rotates. */
    RDS("Rds");

    private final String wireName;

    SecretType(String wireName) {
        this.wireName = wireName;
    }

    /** How requests and answers spell it; case matters. */
    public String wireName() {
        return wireName;
    }
}
