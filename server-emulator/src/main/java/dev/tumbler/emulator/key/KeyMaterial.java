package dev.tumbler.emulator.key;

import dev.tumbler.emulator.crypto.AesGcm;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One version of a symmetric key. Encrypts with AES-GCM into a blob that begins with the version's id in ASCII, as those
 * of the service do (observed in the examples of GenerateDataKey), so that who has the blob needs not know the key.
 */
final class KeyMaterial {
    private static final int VERSION_ID_BYTES = 36;

    private final String versionId;
    private final AesGcm key;

    /** @param key its length is the specification's */
    KeyMaterial(String versionId, byte[] key, SecureRandom random) {
        this.versionId = versionId;
        this.key = new AesGcm(key, random);
    }

    static KeyMaterial generate(String versionId, int bytes, SecureRandom random) {
        byte[] key = new byte[bytes];
        random.nextBytes(key);
        return new KeyMaterial(versionId, key, random);
    }

    String versionId() {
        return versionId;
    }

    byte[] key() {
        return key.key();
    }

    byte[] encrypt(byte[] plaintext, Map<String, String> context) {
        byte[] sealed = key.seal(plaintext, authenticated(context));
        return ByteBuffer.allocate(VERSION_ID_BYTES + sealed.length)
                .put(versionId.getBytes(StandardCharsets.US_ASCII))
                .put(sealed)
                .array();
    }

    /** The plaintext; nothing if the blob was changed or the context is another one. */
    Optional<byte[]> decrypt(byte[] blob, Map<String, String> context) {
        return key.open(Arrays.copyOfRange(blob, VERSION_ID_BYTES, blob.length), authenticated(context));
    }

    /** The id of the version that a blob was made with; nothing if it is too short to be one. */
    static Optional<String> versionId(byte[] blob) {
        return blob.length < VERSION_ID_BYTES + AesGcm.OVERHEAD_BYTES
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
