package dev.tumbler.emulator.key;

/** What a key is for. Source: KMS API reference, CreateKey, KeyUsage. */
public enum KeyUsage {
    ENCRYPT_DECRYPT("ENCRYPT/DECRYPT"),
    SIGN_VERIFY("SIGN/VERIFY");

    private final String wireName;

    KeyUsage(String wireName) {
        this.wireName = wireName;
    }

    /** The value of {@code KeyUsage}. */
    public String wireName() {
        return wireName;
    }
}
