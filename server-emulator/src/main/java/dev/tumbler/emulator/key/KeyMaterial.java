package dev.tumbler.emulator.key;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One version of a symmetric key. Encrypts with AES-GCM into a blob that begins with the version's id in ASCII, as those
 * of the service do (observed in the examples of GenerateDataKey), so that who has the blob needs not know the key.
 */
final class KeyMaterial {
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int VERSION_ID_BYTES = 36;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final String versionId;
    private final SecretKey key;
    private final SecureRandom random;

    private KeyMaterial(String versionId, SecretKey key, SecureRandom random) {
        this.versionId = versionId;
        this.key = key;
        this.random = random;
    }

    static KeyMaterial generate(String versionId, int bytes, SecureRandom random) {
        byte[] material = new byte[bytes];
        random.nextBytes(material);
        return new KeyMaterial(versionId, new SecretKeySpec(material, "AES"), random);
    }

    String versionId() {
        return versionId;
    }

    byte[] encrypt(byte[] plaintext, Map<String, String> context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
            cipher.updateAAD(authenticated(context));
            return ByteBuffer.allocate(VERSION_ID_BYTES + NONCE_BYTES + plaintext.length + TAG_BYTES)
                    .put(versionId.getBytes(StandardCharsets.US_ASCII))
                    .put(nonce)
                    .put(cipher.doFinal(plaintext))
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is in every JDK", e);
        }
    }

    /** The plaintext; nothing if the blob was changed or the context is another one. */
    Optional<byte[]> decrypt(byte[] blob, Map<String, String> context) {
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(
                    Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, blob, VERSION_ID_BYTES, NONCE_BYTES));
            cipher.updateAAD(authenticated(context));
            int start = VERSION_ID_BYTES + NONCE_BYTES;
            return Optional.of(cipher.doFinal(blob, start, blob.length - start));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is in every JDK", e);
        }
    }

    /** The id of the version that a blob was made with; nothing if it is too short to be one. */
    static Optional<String> versionId(byte[] blob) {
        return blob.length < VERSION_ID_BYTES + NONCE_BYTES + TAG_BYTES
                ? Optional.empty()
                : Optional.of(new String(blob, 0, VERSION_ID_BYTES, StandardCharsets.US_ASCII));
    }

    /** The version and the context, in one order and with all lengths: equal maps give equal bytes, others never. */
    private byte[] authenticated(Map<String, String> context) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(versionId.getBytes(StandardCharsets.US_ASCII));
        new TreeMap<>(context).forEach((name, value) -> {
            append(bytes, name);
            append(bytes, value);
        });
        return bytes.toByteArray();
    }

    private static void append(ByteArrayOutputStream bytes, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
        bytes.writeBytes(utf8);
    }
}
