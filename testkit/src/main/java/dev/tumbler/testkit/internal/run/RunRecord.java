package dev.tumbler.testkit.internal.run;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.journal.PermissionUse;
import dev.tumbler.testkit.internal.html.TextFile;
import dev.tumbler.testkit.policy.LeastPrivilege;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * What all tests of a JVM do, if JUnit's configuration asks for that; written to files at the end. Thread-safe.
 *
 * <p>It lives as long as JUnit's session: build tools start a run of its own for each class, or each rerun.
 */
public final class RunRecord implements AutoCloseable {
    /** The configuration parameter that names the file of the page. */
    public static final String PAGE = "tumbler.report.html";

    /** The configuration parameter that names the file of the smallest policy. */
    public static final String POLICY = "tumbler.report.policy";

    private static final Namespace NAMESPACE = Namespace.create(RunRecord.class);

    private final @Nullable Path page;
    private final @Nullable Path policy;
    private final Queue<TestSummary> tests = new ConcurrentLinkedQueue<>();
    private final Set<PermissionUse> uses = ConcurrentHashMap.newKeySet();

    private RunRecord(Files files) {
        this.page = files.page();
        this.policy = files.policy();
    }

    /** The record of the run, if somebody will read it. */
    // JUnit 6 has a newer method, which JUnit 5 lacks.
    @SuppressWarnings("deprecation")
    public static Optional<RunRecord> of(ExtensionContext context) {
        Files files = new Files(file(context, PAGE), file(context, POLICY));
        if (files.page() == null && files.policy() == null) {
            return Optional.empty();
        }
        return Optional.of(Objects.requireNonNull(context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .getOrComputeIfAbsent(files, key -> new RunRecord(files), RunRecord.class)));
    }

    private static @Nullable Path file(ExtensionContext context, String parameter) {
        return context.getConfigurationParameter(parameter)
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .orElse(null);
    }

    boolean tellsOfTests() {
        return page != null;
    }

    /**
     * Records which permissions are needed from now on.
     *
     * @param ofFixtures tells access keys whose calls are nobody's test
     */
    public void watch(KmsEmulator emulator, Predicate<@Nullable String> ofFixtures) {
        // It ends with the emulator.
        var unused = emulator.journal().listenToPermissions(use -> {
            if (!ofFixtures.test(use.accessKeyId())) {
                uses.add(use);
            }
        });
    }

    void add(TestSummary test) {
        tests.add(test);
    }

    /**
     * Writes the files. If nothing was needed there is no policy, because one cannot be empty, and a former file goes.
     *
     * @throws java.io.UncheckedIOException if one cannot be written
     */
    @Override
    public void close() {
        LeastPrivilege needed = LeastPrivilege.of(uses);
        if (policy != null && needed.isEmpty()) {
            TextFile.delete(policy);
        } else if (policy != null) {
            TextFile.write(policy, needed.toJson() + System.lineSeparator());
        }
        if (page != null) {
            List<TestSummary> all = new ArrayList<>(tests);
            TextFile.write(page, new RunPage(all, needed).render());
        }
    }

    private record Files(@Nullable Path page, @Nullable Path policy) {}
}
