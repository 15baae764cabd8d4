package dev.tumbler.emulator.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM with one key. What it seals is a nonce of 12 bytes, then the ciphertext and its tag. Thread-safe. */
public final class AesGcm {
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    /** By how many bytes something sealed is longer than its plaintext. */
    public static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

    private final SecretKey key;
    private final SecureRandom random;

    /**
     * Takes a key.
     *
     * @param key 16, 24 or 32 bytes
     * @param random where the nonces come from
     */
    public AesGcm(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /** The key. */
    public byte[] key() {
        return key.getEncoded();
    }

    /**
     * Encrypts.
     *
     * @param authenticated has to be the same to open it
     */
    public byte[] seal(byte[] plaintext, byte[] authenticated) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
            cipher.updateAAD(authenticated);
            return ByteBuffer.allocate(OVERHEAD_BYTES + plaintext.length)
                    .put(nonce)
                    .put(cipher.doFinal(plaintext))
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is in every JDK", e);
        }
    }

    /** The plaintext; nothing if it was changed, or sealed with another key or other authenticated bytes. */
    public Optional<byte[]> open(byte[] sealed, byte[] authenticated) {
        if (sealed.length < OVERHEAD_BYTES) {
            return Optional.empty();
        }
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, sealed, 0, NONCE_BYTES));
            cipher.updateAAD(authenticated);
            return Optional.of(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is in every JDK", e);
        }
    }
}
