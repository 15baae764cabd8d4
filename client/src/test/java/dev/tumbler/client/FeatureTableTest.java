package dev.tumbler.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of features in the README names a test for each of ours, and there is such a test. */
class FeatureTableTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+)(\\*?))?`");

    private static final Pattern TEST = Pattern.compile("@(Test|ParameterizedTest|Nested)\\b");

    /** The second cell. */
    private static final Pattern OURS = Pattern.compile("\\|[^|]*\\|([^|]*)\\|");

    private static final Path SOURCES = Path.of("src", "test", "java");

    @Test
    void rows_nameTestsThatExist() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("README.md")).stream()
                .dropWhile(line -> !line.startsWith("| | Tumbler |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(30);
        for (String row : rows) {
            Matcher ours = OURS.matcher(row);
            assertThat(ours.lookingAt()).as(row).isTrue();
            Matcher named = NAMED.matcher(ours.group(1));
            List<String> found = new ArrayList<>();
            while (named.find()) {
                String what = named.group(2) == null
                        ? "void \\w+\\("
                        : "(void|class) " + named.group(2) + ("*".equals(named.group(3)) ? "" : "\\b");
                assertThat(source(named.group(1)).split("\n\n"))
                        .as(named.group() + " in " + row)
                        .anyMatch(member -> TEST.matcher(member).find()
                                && Pattern.compile(what).matcher(member).find());
                found.add(named.group());
            }
            assertThat(found).as(row).isNotEmpty();
        }
    }

    private static String source(String className) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Path file = files.filter(path -> path.endsWith(className + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no " + className));
            return Files.readString(file);
        }
    }
}
