package dev.tumbler.client.internal.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What stands in a setting for a certificate: PEM, or the file that holds it. */
public final class PemText {
    private static final String BEGIN = "-----BEGIN";

    private PemText() {}

    /**
     * Returns the PEM.
     *
     * @throws IOException if it is a file that cannot be read
     * @throws java.nio.file.InvalidPathException if it can be no file either
     */
    public static String of(String textOrFile) throws IOException {
        return textOrFile.startsWith(BEGIN) ? textOrFile : Files.readString(Path.of(textOrFile));
    }
}
