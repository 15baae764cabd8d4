package dev.tumbler.testkit.internal.run;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.event.SecretEvents.Subscription;
import dev.tumbler.emulator.fault.FaultRule;
import dev.tumbler.emulator.journal.PermissionUse;
import dev.tumbler.emulator.secret.SecretState;
import dev.tumbler.testkit.internal.run.TestSummary.Calls;
import dev.tumbler.testkit.internal.run.TestSummary.Fault;
import dev.tumbler.testkit.internal.run.TestSummary.Outcome;
import dev.tumbler.testkit.policy.LeastPrivilege;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;

/** What one test does, from its beginning until JUnit is done with it. Thread-safe. */
public final class TestRecord implements AutoCloseable {
    private static final Namespace NAMESPACE = Namespace.create(TestRecord.class);

    private final RunRecord run;
    private final ExtensionContext context;
    private final Thread thread = Thread.currentThread();
    private final ConcurrentSkipListMap<String, Calls> calls = new ConcurrentSkipListMap<>();
    private final Set<PermissionUse> uses = ConcurrentHashMap.newKeySet();
    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> rotationsBefore = new ConcurrentHashMap<>();
    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private final List<Subscription> listening = new CopyOnWriteArrayList<>();
    private volatile @Nullable KmsEmulator emulator;
    private volatile boolean shared;
    private volatile SortedMap<String, Integer> rotations = Collections.emptySortedMap();

    private TestRecord(RunRecord run, ExtensionContext context) {
        this.run = run;
        this.context = context;
    }

    /** Begins the record of the context's test, if somebody will read it. */
    public static Optional<TestRecord> begin(ExtensionContext context) {
        Optional<TestRecord> begun =
                RunRecord.of(context).filter(RunRecord::tellsOfTests).map(run -> new TestRecord(run, context));
        begun.ifPresent(test -> context.getStore(NAMESPACE).put(TestRecord.class, test));
        return begun;
    }

    /** The record of the context's test, if there is one. */
    public static Optional<TestRecord> find(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(TestRecord.class, TestRecord.class));
    }

    /**
     * Records what the emulator is asked from now on.
     *
     * @param ofFixtures tells access keys whose calls are nobody's test
     * @param shared whether other tests use it too; then a fault is this test's if its thread makes it
     */
    public void watch(KmsEmulator emulator, Predicate<@Nullable String> ofFixtures, boolean shared) {
        this.emulator = emulator;
        this.shared = shared;
        rotationsBefore.putAll(rotations(emulator));
        listening.add(emulator.journal().listen(call -> {
            if (!ofFixtures.test(call.accessKeyId())) {
                calls.merge(
                        call.action().wireName(),
                        Calls.NONE.plus(!call.succeeded(), call.faulty()),
                        (known, one) -> known.plus(!call.succeeded(), call.faulty()));
            }
        }));
        listening.add(emulator.journal().listenToPermissions(use -> {
            if (!ofFixtures.test(use.accessKeyId())) {
                uses.add(use);
            }
        }));
        listening.add(emulator.faults().listen(rule -> {
            if (!shared || Thread.currentThread() == thread) {
                rules.add(rule);
            }
        }));
    }

    private static Map<String, Integer> rotations(KmsEmulator emulator) {
        return emulator.secrets().stream().collect(Collectors.toMap(SecretState::name, SecretState::rotations));
    }

    /** Says where secret values were found. */
    public void leaked(List<String> places) {
        leaks.addAll(places);
    }

    /** Ends listening; to be called before the emulator is closed. */
    public void end() {
        listening.forEach(Subscription::close);
        KmsEmulator watched = emulator;
        if (watched != null) {
            SortedMap<String, Integer> since = new TreeMap<>();
            rotations(watched).forEach((name, count) -> {
                // Less than before is another secret of that name.
                int before = rotationsBefore.getOrDefault(name, 0);
                since.put(name, count < before ? count : count - before);
            });
            since.values().removeIf(count -> count == 0);
            rotations = since;
        }
    }

    /** Hands the record in, now that other extensions have had their say; not that of a test without an emulator. */
    @Override
    public void close() {
        if (emulator != null) {
            run.add(new TestSummary(
                    context.getRequiredTestClass().getName(),
                    name(),
                    outcome(),
                    shared,
                    new ConcurrentSkipListMap<>(calls),
                    faults(),
                    rotations,
                    List.copyOf(leaks),
                    LeastPrivilege.of(uses)));
        }
    }

    /** An invocation of many displays only its number. */
    private String name() {
        String method = context.getRequiredTestMethod().getName();
        String displayed = context.getDisplayName();
        return displayed.startsWith(method) ? displayed : method + ": " + displayed;
    }

    private Outcome outcome() {
        return context.getExecutionException()
                .map(thrown -> thrown instanceof TestAbortedException ? Outcome.ABORTED : Outcome.FAILED)
                .orElse(Outcome.PASSED);
    }

    private List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        rules.forEach(rule -> faults.add(new Fault(rule.toString(), rule.fired())));
        return List.copyOf(faults);
    }
}
