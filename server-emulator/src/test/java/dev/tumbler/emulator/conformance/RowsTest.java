package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list and the tests fit together. */
class RowsTest {
    @Test
    void rows_haveUniqueIdsRulesAndSources() {
        List<Row> rows = Row.all();
        assertThat(rows).extracting(Row::id).doesNotHaveDuplicates();
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.rule()).as("rule of %s", row.id()).isNotBlank();
            assertThat(row.source()).as("source of %s", row.id()).isNotBlank();
        });
    }

    @Test
    void provenRows_areInTheList() {
        Set<String> ids = Row.all().stream().map(Row::id).collect(Collectors.toSet());
        assertThat(CompatibilityTable.provingTests()
                        .flatMap(method ->
                                Stream.of(method.getAnnotation(Proves.class).value())))
                .isNotEmpty()
                .isSubsetOf(ids);
    }

    @Test
    void conformanceTests_sayWhatTheyProve() {
        assertThat(CompatibilityTable.testMethods().filter(method -> method.isAnnotationPresent(ConformanceTest.class)))
                .isNotEmpty()
                .allSatisfy(method -> assertThat(method.isAnnotationPresent(Proves.class))
                        .as("@Proves on %s", method)
                        .isTrue());
    }
}
