package dev.tumbler.testkit.internal.html;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of texts that a person has asked for. */
public final class TextFile {
    private TextFile() {}

    /**
     * Writes a text; directories are made.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(Path file, String text) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Deletes a file, if it is there.
     *
     * @throws UncheckedIOException if it cannot be deleted
     */
    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
