package dev.tumbler.emulator.key;

import java.util.List;

/**
 * The specifications of keys. Those whose wire name begins with {@code Aliyun_} are symmetric, and the ciphertext that
 * they make is not a standard one: {@link #SM4} keys encrypt with AES here, and nobody can see it.
 *
 * <p>Source: KMS API reference, CreateKey, KeySpec; "Key specifications for symmetric and asymmetric encryption".
 */
public enum KeySpec {
    AES_256("Aliyun_AES_256", 32, KeyUsage.ENCRYPT_DECRYPT),
    AES_192("Aliyun_AES_192", 24, KeyUsage.ENCRYPT_DECRYPT),
    AES_128("Aliyun_AES_128", 16, KeyUsage.ENCRYPT_DECRYPT),
    SM4("Aliyun_SM4", 16, KeyUsage.ENCRYPT_DECRYPT),
    RSA_2048("RSA_2048", 0, KeyUsage.SIGN_VERIFY, KeyUsage.ENCRYPT_DECRYPT),
    RSA_3072("RSA_3072", 0, KeyUsage.SIGN_VERIFY, KeyUsage.ENCRYPT_DECRYPT),
    RSA_4096("RSA_4096", 0, KeyUsage.SIGN_VERIFY, KeyUsage.ENCRYPT_DECRYPT),
    EC_P256("EC_P256", 0, KeyUsage.SIGN_VERIFY),
    EC_P256K("EC_P256K", 0, KeyUsage.SIGN_VERIFY),
    EC_SM2("EC_SM2", 0, KeyUsage.SIGN_VERIFY, KeyUsage.ENCRYPT_DECRYPT);

    private final String wireName;
    private final int materialBytes;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes no other.
    private final List<KeyUsage> usages;

    KeySpec(String wireName, int materialBytes, KeyUsage... usages) {
        this.wireName = wireName;
        this.materialBytes = materialBytes;
        this.usages = List.of(usages);
    }

    /** The value of {@code KeySpec}. */
    public String wireName() {
        return wireName;
    }

    /** Whether one key both encrypts and decrypts. Only such keys protect secrets, and only they are used here. */
    public boolean isSymmetric() {
        return materialBytes > 0;
    }

    /** The length of a symmetric key, in bytes. */
    int materialBytes() {
        return materialBytes;
    }

    /** What a key can be for; the default first. */
    List<KeyUsage> usages() {
        return usages;
    }
}
