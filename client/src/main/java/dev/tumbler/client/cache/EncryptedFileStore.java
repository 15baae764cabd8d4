package dev.tumbler.client.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** One file for each version: a mark, the nonce, and the sealed value; the secret's name and version are sealed in. */
final class EncryptedFileStore implements SecretStore {
    private static final byte[] MARK = "TUMBLER1".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER_BYTES = MARK.length + NONCE_BYTES;

    private final Path directory;
    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    EncryptedFileStore(Path directory, byte[] key) {
        this.directory = Objects.requireNonNull(directory, "directory");
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("key must have " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    @Override
    public void save(String secretName, VersionSelector version, StoredSecret value) {
        String identity = identity(secretName, version);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(MARK);
        content.writeBytes(nonce);
        try {
            content.writeBytes(cipher(Cipher.ENCRYPT_MODE, nonce, identity).doFinal(StoredJson.encode(value)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
        try {
            replace(file(identity), content.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A reader finds the old file or the new one, and a crash leaves one of them. */
    private void replace(Path file, byte[] content) throws IOException {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(directory, ownerOnly(posix, "rwx------"));
        Path temporary = Files.createTempFile(directory, "new-", ".tmp", ownerOnly(posix, "rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static FileAttribute<?>[] ownerOnly(boolean posix, String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public Optional<StoredSecret> load(String secretName, VersionSelector version) {
        String identity = identity(secretName, version);
        Path file = file(identity);
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (content.length < HEADER_BYTES + TAG_BITS / Byte.SIZE
                || !MessageDigest.isEqual(MARK, Arrays.copyOf(content, MARK.length))) {
            throw new IllegalStateException("The file " + file + " is no stored secret");
        }
        byte[] nonce = Arrays.copyOfRange(content, MARK.length, HEADER_BYTES);
        byte[] plain;
        try {
            plain = cipher(Cipher.DECRYPT_MODE, nonce, identity)
                    .doFinal(content, HEADER_BYTES, content.length - HEADER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The stored value of secret \"" + secretName + "\" (" + version + ") in " + file
                            + " was sealed with another key, or the file was changed; it is not used",
                    e);
        }
        return Optional.of(StoredJson.decode(plain));
    }

    private Cipher cipher(int mode, byte[] nonce, String identity) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(MARK);
        cipher.updateAAD(identity.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private Path file(String identity) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return directory.resolve(HexFormat.of().formatHex(hash) + ".secret");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    /** A text that no other secret or version has: the lengths keep names from running into each other. */
    private static String identity(String secretName, VersionSelector version) {
        return secretName.length() + ":" + secretName + (version.versionId() == null ? "stage " : "") + version;
    }

    @Override
    public String toString() {
        return "EncryptedFileStore[" + directory + "]";
    }
}
