package dev.tumbler.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.testing.JavaSnippets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the Java of this module's pages, as it stands there. */
class ReadmeSnippetsTest {
    /** What the pages take for granted. */
    private static final String IMPORTS = Stream.of(
                    "com.alibaba.druid.pool",
                    "com.zaxxer.hikari",
                    "dev.tumbler.client",
                    "dev.tumbler.client.cache",
                    "dev.tumbler.client.jdbc",
                    "dev.tumbler.client.model",
                    "java.sql",
                    "java.time",
                    "javax.sql",
                    "org.apache.commons.dbcp2")
            .map(name -> "import " + name + ".*;\n")
            .collect(Collectors.joining("", "", "import java.util.Properties;\n"));

    private static final String AROUND = IMPORTS + """
            class %s {
                record Mail(String host, int port) {}

                SecretsClient kms;
                SecretCache secrets;
                HikariDataSource pool;

                void use(Object value) {}

                void run() throws Exception {
            %s
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void snippets_compile() throws Exception {
        List<Path> sources = new ArrayList<>();
        for (Path page : List.of(Path.of("README.md"), Path.of("docs", "connection-pools.md"))) {
            for (String snippet : JavaSnippets.of(page)) {
                String name = "Snippet" + sources.size();
                sources.add(Files.writeString(directory.resolve(name + ".java"), AROUND.formatted(name, snippet)));
            }
        }
        assertThat(sources).hasSize(7);

        JavaSnippets.compile(directory, sources);
    }
}
