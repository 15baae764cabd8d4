package dev.tumbler.emulator.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes down which test with {@link Proves} passed with which client, for the compatibility table. */
final class EvidenceRecorder implements TestWatcher {
    /** Tab-separated: {@code passed}, {@code not passed} or {@code not sayable}, the test, the client, the row. */
    static final Path FILE = Path.of("target", "conformance", "evidence.tsv");

    @Override
    public void testSuccessful(ExtensionContext context) {
        record(context, "passed");
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        record(context, "not passed");
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        record(context, cause instanceof NotSayable ? "not sayable" : "not passed");
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        record(context, "not passed");
    }

    private static void record(ExtensionContext context, String outcome) {
        Proves proves = context.getRequiredTestMethod().getAnnotation(Proves.class);
        OfficialSdk sdk = context.getStore(ConformanceExtension.NAMESPACE).get(OfficialSdk.class, OfficialSdk.class);
        String client = sdk == null ? proves.by() : sdk.toString();
        String test = context.getRequiredTestClass().getName() + "#"
                + context.getRequiredTestMethod().getName();
        Evidence evidence = context.getRoot()
                .getStore(ConformanceExtension.NAMESPACE)
                .computeIfAbsent(Evidence.class, type -> new Evidence(), Evidence.class);
        for (String row : proves.value()) {
            evidence.lines.add(String.join("\t", outcome, test, client, row) + "\n");
        }
    }

    /** Of one run; added to the file when it ends. */
    private static final class Evidence implements AutoCloseable {
        private final Set<String> lines = new ConcurrentSkipListSet<>();

        @Override
        public void close() {
            try {
                Files.createDirectories(FILE.getParent());
                // The tests run in more than one JVM, and a JVM may have several runs.
                try (FileChannel file = FileChannel.open(FILE, CREATE, APPEND)) {
                    file.lock();
                    file.write(UTF_8.encode(String.join("", new TreeSet<>(lines))));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
