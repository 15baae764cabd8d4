package dev.tumbler.emulator.store;

import dev.tumbler.emulator.crypto.AesGcm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** Seals texts with AES-256-GCM; each is bound to the place that it is for, so that none can be put elsewhere. */
final class Sealer {
    private static final int KEY_BYTES = 32;

    private final AesGcm key;

    private Sealer(byte[] key) {
        this.key = new AesGcm(key, new SecureRandom());
    }

    /**
     * Takes the key from a file, which only its owner can read.
     *
     * @param mayMake whether the file is made, with a new key, if there is none
     * @throws IllegalStateException if there is none, or it holds no key
     */
    static Sealer of(Path keyFile, boolean mayMake) {
        try {
            if (mayMake && !Files.exists(keyFile)) {
                make(keyFile);
            }
            if (!Files.exists(keyFile)) {
                throw new IllegalStateException("The store cannot be read without its key: " + keyFile + " is missing");
            }
            byte[] key = Base64.getDecoder()
                    .decode(Files.readString(keyFile, StandardCharsets.ISO_8859_1)
                            .strip());
            if (key.length == KEY_BYTES) {
                return new Sealer(key);
            }
        } catch (IllegalArgumentException e) {
            // Not Base64. What it is instead is not to be in a message.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(keyFile + " holds no key of the store");
    }

    private static void make(Path keyFile) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        FileAttribute<?>[] ownerOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(
                keyFile, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(ByteBuffer.wrap(Base64.getEncoder().encode(key)));
        } catch (FileAlreadyExistsException e) {
            // Another emulator was faster; which of the two gets the store, its lock decides.
            return;
        }
    }

    byte[] seal(String text, String place) {
        return key.seal(text.getBytes(StandardCharsets.UTF_8), place.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalStateException if it was sealed with another key, for another place, or was changed */
    String open(byte[] sealed, String place) {
        byte[] text = key.open(sealed, place.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException(
                        "The store was sealed with another key, or was changed: " + place + " cannot be opened"));
        return new String(text, StandardCharsets.UTF_8);
    }
}
