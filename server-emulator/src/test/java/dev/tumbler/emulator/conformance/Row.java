package dev.tumbler.emulator.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One promise of the service. See the package's documentation.
 *
 * @param live {@code yes} if it may be tried on the real service, else why not
 */
record Row(String id, Kind kind, String rule, Evidence evidence, String source, String live) {
    static final String HEADER = "id\tkind\trule\tevidence\tsource\tlive";

    enum Kind {
        parameter,
        limit,
        field,
        error,
        rule
    }

    enum Evidence {
        documented,
        observed,
        assumed
    }

    /** The action, or {@code Wire}. */
    String action() {
        return id.substring(0, id.indexOf('/'));
    }

    /** All rows, by file name and line. */
    static List<Row> all() {
        try (Stream<Path> files =
                Files.list(Path.of(Row.class.getResource("rows").toURI()))) {
            return files.sorted().flatMap(Row::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Row> read(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.equals(HEADER))
                    .map(line -> parse(file, line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row parse(Path file, String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != 6
                || !columns[0].startsWith(file.getFileName().toString().replace(".tsv", "/"))) {
            throw new IllegalStateException(file.getFileName() + " needs six columns, id first, in: " + line);
        }
        return new Row(
                columns[0], Kind.valueOf(columns[1]), columns[2], Evidence.valueOf(columns[3]), columns[4], columns[5]);
    }
}
