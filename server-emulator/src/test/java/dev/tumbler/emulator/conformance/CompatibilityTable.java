package dev.tumbler.emulator.conformance;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.tumbler.emulator.conformance.Row.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The compatibility table of {@code server-emulator/README.md}, made from the rows and from the tests that passed in this
 * build. Runs after the tests: {@code CompatibilityTable MODULE_DIRECTORY WRITE}, where {@code WRITE} is {@code false} to
 * compare with the README and fail if it is out of date. A run that left tests out shows nothing, so it does neither.
 */
public final class CompatibilityTable {
    private static final String BEGIN = "<!-- The table: generated, see CompatibilityTable. -->\n";
    private static final String END = "<!-- The end of the table. -->\n";

    /** What is no action of the KMS API: the wire itself, the page on RDS secrets, and the APIs of STS and of RDS. */
    private static final Set<String> OUTSIDE_OF_KMS = Set.of(
            "Wire",
            "AssumeRole",
            "CreateAccount",
            "DeleteAccount",
            "DescribeAccounts",
            "DescribeDatabases",
            "DescribeDBInstanceAttribute",
            "DescribeDBInstances",
            "GrantAccountPrivilege",
            "RdsSecrets",
            "ResetAccountPassword");

    private final List<Row> rows;
    private final List<String> differences;

    /** Which rows each client showed, the SDKs of the suite first. */
    private final Map<String, Set<String>> shown = new LinkedHashMap<>();

    private CompatibilityTable(List<Row> rows, List<String> differences, List<Outcome> outcomes) {
        this.rows = rows;
        this.differences = differences;
        for (OfficialSdk sdk : OfficialSdk.values()) {
            shown.put(sdk.toString(), new LinkedHashSet<>());
        }
        outcomes.stream()
                .map(Outcome::client)
                .sorted()
                .forEach(client -> shown.putIfAbsent(client, new LinkedHashSet<>()));
        for (Outcome outcome : outcomes) {
            if (outcome.outcome().equals("passed")) {
                shown.get(outcome.client()).add(outcome.row());
            }
        }
    }

    public static void main(String[] args) throws IOException {
        Path module = Path.of(args[0]);
        boolean write = Boolean.parseBoolean(args[1]);
        List<Outcome> outcomes = outcomes(module.resolve(EvidenceRecorder.FILE));
        Set<String> leftOut = leftOut(outcomes);
        if (!leftOut.isEmpty()) {
            System.out.printf(
                    "The compatibility table was not checked: of its tests, this run left out %d, such as %s%n",
                    leftOut.size(), leftOut.iterator().next());
            return;
        }
        Path readme = module.resolve("README.md");
        String current = Files.readString(readme);
        int begin = current.indexOf(BEGIN) + BEGIN.length();
        int end = current.indexOf(END);
        if (begin < BEGIN.length() || end < begin) {
            throw new IllegalStateException(readme + " has lost the marks of the table");
        }
        List<String> differences = Files.readAllLines(
                module.resolve("src/test/resources/dev/tumbler/emulator/conformance/known-differences.txt"));
        String table = new CompatibilityTable(Row.all(), differences, outcomes).markdown();
        if (current.substring(begin, end).equals(table)) {
            return;
        }
        if (!write) {
            throw new IllegalStateException("The compatibility table in server-emulator/README.md is out of date."
                    + " Write it with: mvn -pl server-emulator -am verify -Dtumbler.table.write");
        }
        Files.writeString(readme, current.substring(0, begin) + table + current.substring(end));
        System.out.println("The compatibility table was written to " + readme);
    }

    private String markdown() {
        return summary() + perAction() + genericCalls() + knownDifferences() + assumed() + withoutTest();
    }

    private String summary() {
        return """

                %d promises of the service are listed (%s); tests of this build show %d of them (%s). A number in the \
                table is how many promises of the action that client showed. *By hand* are requests that no SDK sends.

                """.formatted(
                        rows.size(),
                        byEvidence(rows),
                        rows.stream().filter(this::isShown).count(),
                        byEvidence(rows.stream().filter(this::isShown).toList()));
    }

    private String perAction() {
        StringBuilder table = new StringBuilder("| action | promises | shown | " + String.join(" | ", shown.keySet()))
                .append(" |\n|---|")
                .append("--:|".repeat(2 + shown.size()))
                .append('\n');
        byAction(rows).forEach((action, ofAction) -> table.append(line(action, ofAction)));
        return table.append(line("**all**", rows)).append('\n').toString();
    }

    private String line(String title, List<Row> some) {
        return shown.values().stream()
                .map(ids -> some.stream().filter(row -> ids.contains(row.id())).count())
                .map(count -> count == 0 ? "" : count.toString())
                .collect(joining(
                        " | ",
                        "| %s | %d | %d | "
                                .formatted(
                                        title,
                                        some.size(),
                                        some.stream().filter(this::isShown).count()),
                        " |\n"));
    }

    /** Independent of the tests: what the models of the SDKs have no room for. */
    private String genericCalls() {
        StringBuilder text = new StringBuilder("""
                ### What an SDK's model lacks

                There the suite uses the SDK's generic call, or, in the async SDK, its request's query.

                """);
        Map<String, Set<String>> lacks = new LinkedHashMap<>();
        Set<String> actions = byAction(rows).keySet();
        for (String action : actions) {
            if (OUTSIDE_OF_KMS.contains(action)) {
                continue;
            }
            Set<String> parameters = rows.stream()
                    .filter(row -> row.action().equals(action) && row.kind() == Row.Kind.parameter)
                    .map(row -> row.id().split("/", -1)[1])
                    .collect(LinkedHashSet::new, Set::add, Set::addAll);
            lacks(
                    "SDK V2",
                    action,
                    parameters,
                    lacks,
                    SdkV2.requestClass(action)
                            .map(type -> name ->
                                    SdkV2.field(type, name.split("\\.", -1)[0]).isPresent()));
            lacks(
                    "classic SDK",
                    action,
                    parameters,
                    lacks,
                    ClassicSdk.requestClass(action)
                            .map(type -> name -> ClassicSdk.setter(type, name).isPresent()));
            lacks(
                    "async SDK V2",
                    action,
                    parameters,
                    lacks,
                    AsyncSdk.requestClass(action)
                            .map(type -> name -> AsyncSdk.setter(type, name).isPresent()));
        }
        lacks.forEach((sdk, what) -> text.append("- ")
                .append(sdk)
                .append(": ")
                .append(String.join(", ", what))
                .append(".\n"));
        return text.append(lacks.isEmpty() ? "Nothing.\n\n" : "\n").toString();
    }

    private static void lacks(
            String sdk,
            String action,
            Set<String> parameters,
            Map<String, Set<String>> into,
            Optional<Predicate<String>> model) {
        Set<String> lacking = new LinkedHashSet<>();
        if (model.isEmpty()) {
            lacking.add("`" + action + "`");
        } else {
            parameters.stream()
                    .filter(model.get().negate())
                    .forEach(parameter -> lacking.add("`" + action + "." + parameter + "`"));
        }
        if (!lacking.isEmpty()) {
            into.computeIfAbsent(sdk, name -> new LinkedHashSet<>()).addAll(lacking);
        }
    }

    private String knownDifferences() {
        return differences.stream()
                .map(line -> "- " + line + "\n")
                .collect(joining("", "### Known differences\n\n", "\n"));
    }

    private String assumed() {
        return rows.stream()
                .filter(row -> row.evidence() == Evidence.assumed)
                .map(row -> "- `%s`: %s (%s).\n".formatted(row.id(), row.rule().replace("|", "\\|"), row.source()))
                .collect(joining("", """
                        ### What is assumed

                        No page and no client says so; tell us if you know better.

                        <details><summary>The rows</summary>

                        """, "\n</details>\n\n"));
    }

    private String withoutTest() {
        StringBuilder text = new StringBuilder("### Without a test\n\n");
        byAction(rows.stream().filter(row -> !isShown(row)).toList())
                .forEach((action, missing) -> text.append("- ")
                        .append(action)
                        .append(": ")
                        .append(missing.stream()
                                .map(row -> "`" + row.id().substring(action.length() + 1) + "`")
                                .collect(joining(", ")))
                        .append("\n"));
        return text.append('\n').toString();
    }

    private boolean isShown(Row row) {
        return shown.values().stream().anyMatch(ids -> ids.contains(row.id()));
    }

    private static Map<String, List<Row>> byAction(List<Row> rows) {
        return rows.stream().collect(groupingBy(Row::action, TreeMap::new, toList()));
    }

    private static String byEvidence(List<Row> rows) {
        return Arrays.stream(Evidence.values())
                .map(evidence ->
                        rows.stream().filter(row -> row.evidence() == evidence).count() + " " + evidence)
                .collect(joining(", "));
    }

    private static List<Outcome> outcomes(Path file) {
        try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.empty()) {
            return lines.map(line -> line.split("\t", -1))
                    .map(columns -> new Outcome(columns[0], columns[1], columns[2], columns[3]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tests that should have shown something and did not run, were skipped, or failed. */
    private static Set<String> leftOut(List<Outcome> outcomes) {
        Set<String> leftOut = new TreeSet<>();
        provingTests().forEach(method -> leftOut.add(method.getDeclaringClass().getName() + "#" + method.getName()));
        outcomes.stream()
                .filter(outcome -> outcome.outcome().equals("passed"))
                .forEach(outcome -> leftOut.remove(outcome.test()));
        outcomes.stream()
                .filter(outcome -> outcome.outcome().equals("not passed"))
                .forEach(outcome -> leftOut.add(outcome.test()));
        return leftOut;
    }

    /** The tests of this module that show rows. */
    static Stream<Method> provingTests() {
        return testMethods().filter(method -> method.isAnnotationPresent(Proves.class));
    }

    /** All methods of the test classes of this module. */
    static Stream<Method> testMethods() {
        try {
            URI classes = CompatibilityTable.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return ReflectionSupport.streamAllClassesInClasspathRoot(
                            classes, type -> true, name -> name.matches(".*Test(\\$.*)?"))
                    .flatMap(type -> Stream.of(type.getDeclaredMethods()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Outcome(String outcome, String test, String client, String row) {}
}
