package dev.tumbler.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** What annotations and files say in texts. */
final class Texts {
    private Texts() {}

    static Instant instant(String text, String where) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    where + " takes an instant like 2026-01-01T00:00:00Z, not \"" + text + "\"", e);
        }
    }

    /** Null for an empty text. */
    static @Nullable Duration duration(String text, String where) {
        try {
            return text.isEmpty() ? null : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(where + " takes a duration like P7D or PT6H, not \"" + text + "\"", e);
        }
    }

    /** What a resource beside {@code near}, or on the class path, or a file holds. */
    static String content(String name, Class<?> near) {
        try (InputStream resource = near.getResourceAsStream(name)) {
            if (resource != null) {
                return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            }
            return Files.readString(Path.of(name));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "\"" + name + "\" is neither a resource beside " + near.getName() + " nor a file that can be read",
                    e);
        }
    }

    /** A policy document: the text itself, if it is one, or what its name leads to. */
    static String policy(String text, Class<?> near) {
        return text.isEmpty() || text.stripLeading().startsWith("{") ? text : content(text, near);
    }
}
