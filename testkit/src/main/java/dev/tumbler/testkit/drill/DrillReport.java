package dev.tumbler.testkit.drill;

import dev.tumbler.testkit.internal.html.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of a drill. Immutable, but for where its page was written. The passwords of the secret appear in no text of it;
 * the exceptions in {@link DrillFailure#cause()} are the application's own, as it threw them.
 */
public final class DrillReport {
    private static final int MOST_PHASES = 8;

    private final String secretName;
    private final int workers;
    private final List<DrillPhase> phases;
    private final List<DrillFailure> failures;
    private final List<Duration> rotationTimes;
    private final List<Finding> findings;
    private final List<Slot> timeline;
    private final UnaryOperator<String> mask;

    private volatile @Nullable Path page;

    /** @param mask hides the passwords of the secret in a text */
    DrillReport(
            String secretName,
            int workers,
            List<DrillPhase> phases,
            List<DrillFailure> failures,
            List<Duration> rotationTimes,
            List<Finding> findings,
            List<Slot> timeline,
            UnaryOperator<String> mask) {
        this.secretName = secretName;
        this.workers = workers;
        this.phases = List.copyOf(phases);
        this.failures = List.copyOf(failures);
        this.rotationTimes = List.copyOf(rotationTimes);
        this.findings = List.copyOf(findings);
        this.timeline = timeline;
        this.mask = mask;
    }

    /** The secret that rotated. */
    public String secretName() {
        return secretName;
    }

    /** How many threads ran the operation. */
    public int workers() {
        return workers;
    }

    /** The phases, in order. */
    public List<DrillPhase> phases() {
        return phases;
    }

    /** The first phase of this name. */
    public Optional<DrillPhase> phase(String name) {
        return phases.stream().filter(phase -> phase.name().equals(name)).findFirst();
    }

    /** The failures, in the order of their ends: of each worker the first 20 in each phase. */
    public List<DrillFailure> failures() {
        return failures;
    }

    /** When each rotation began, from the beginning of the drill; in real time. */
    public List<Duration> rotations() {
        return rotationTimes;
    }

    /** How many operations there were, failed ones included. */
    public long operations() {
        return phases.stream().mapToLong(DrillPhase::operations).sum();
    }

    /** How many operations failed. */
    public long failedOperations() {
        return phases.stream().mapToLong(DrillPhase::failedOperations).sum();
    }

    /**
     * What is wrong, by what was seen; empty if nothing is. There can be findings though nothing failed, such as connections
     * that are not retired.
     */
    public List<Finding> findings() {
        return findings;
    }

    /** Whether it found this. */
    public boolean found(Finding.Defect defect) {
        return findings.stream().anyMatch(finding -> finding.defect() == defect);
    }

    /** What is wrong, or that nothing is, in words. */
    public String verdict() {
        return findings.isEmpty()
                ? String.format(Locale.ROOT, "survives: %s.", summary())
                : findings.stream().map(Finding::toString).collect(Collectors.joining(System.lineSeparator()));
    }

    /** One line: how many operations, and of them failed, over how many rotations and which disruptions. */
    String summary() {
        List<String> over = new ArrayList<>();
        over.add(rotationTimes.size() == 1 ? "1 rotation" : rotationTimes.size() + " rotations");
        phases.stream()
                .filter(phase -> phase.kind() == PhaseKind.DISRUPTION)
                .map(DrillPhase::name)
                .forEach(over::add);
        return String.format(
                Locale.ROOT,
                "%,d operations of %s, %s failed, over %s",
                operations(),
                workers == 1 ? "1 worker" : workers + " workers",
                failedOperations() == 0 ? "none" : String.format(Locale.ROOT, "%,d", failedOperations()),
                String.join(", ", over));
    }

    /**
     * Passes if no operation failed and nothing was found.
     *
     * @throws AssertionError with the verdict, the phases and first causes of failures, and where the page is
     */
    public void assertSurvives() {
        if (failedOperations() > 0 || !findings.isEmpty()) {
            throw new AssertionError("The application does not survive the drill: " + describe());
        }
    }

    /** For a failing assertion: summary, phases with failures, verdict, and where the page is, which it writes if need be. */
    public String describe() {
        List<String> lines = new ArrayList<>();
        lines.add(summary() + ".");
        List<DrillPhase> failing =
                phases.stream().filter(phase -> phase.failedOperations() > 0).toList();
        for (DrillPhase phase : failing.subList(0, Math.min(MOST_PHASES, failing.size()))) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %s: %,d of %,d failed%s",
                    phase.name(),
                    phase.failedOperations(),
                    phase.operations(),
                    firstFailure(phase).map(this::describe).orElse("")));
        }
        if (failing.size() > MOST_PHASES) {
            lines.add("  … " + (failing.size() - MOST_PHASES) + " more phases …");
        }
        lines.add("Verdict: " + verdict());
        lines.add("Timeline: " + page().toUri());
        return String.join(System.lineSeparator(), lines);
    }

    Optional<DrillFailure> firstFailure(DrillPhase phase) {
        return failures.stream()
                .filter(failure -> failure.phase().equals(phase.name()))
                .findFirst();
    }

    private String describe(DrillFailure failure) {
        Duration since = failure.sinceRotation();
        return (since == null ? ", first: " : ", first " + Verdict.millis(since) + " after a rotation: ")
                + cause(failure);
    }

    /** What was thrown, in one line, without passwords. */
    String cause(DrillFailure failure) {
        return mask.apply(Failures.describe(failure.cause()));
    }

    List<Slot> timeline() {
        return timeline;
    }

    /** The page with the timeline: HTML that needs nothing else. */
    public String html() {
        return new HtmlPage(this).render();
    }

    /**
     * Writes the page; directories are made.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void writeHtml(Path file) {
        TextFile.write(file, html());
        page = file.toAbsolutePath();
    }

    /** Where the page is; it is written if it was not before. */
    private synchronized Path page() {
        Path written = page;
        if (written != null) {
            return written;
        }
        try {
            Path directory = Files.createDirectories(PageDirectory.find());
            Path file = Files.createTempFile(directory, secretName.replaceAll("[^A-Za-z0-9]+", "-") + "-", ".html");
            writeHtml(file);
            return file.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In words: the summary and the verdict. */
    @Override
    public String toString() {
        return findings.isEmpty() ? verdict() : summary() + ". " + verdict();
    }

    /** Where pages go that nobody has named a place for: what the build throws away, or the system. */
    private static final class PageDirectory {
        private static final String NAME = "tumbler-drills";

        static Path find() {
            for (String build : List.of("target", "build")) {
                if (Files.isDirectory(Path.of(build))) {
                    return Path.of(build, NAME);
                }
            }
            return Path.of(System.getProperty("java.io.tmpdir"), NAME);
        }
    }
}
