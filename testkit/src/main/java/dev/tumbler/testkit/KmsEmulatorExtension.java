package dev.tumbler.testkit;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.fault.FaultRule;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.time.EmulatorClock;
import dev.tumbler.testkit.internal.run.RunRecord;
import dev.tumbler.testkit.internal.run.TestRecord;
import java.lang.reflect.Field;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts a KMS emulator when a test first asks for one, and closes it when its {@link EmulatorLifecycle} ends, by default
 * after the test. Parameters of test and lifecycle methods, and fields marked {@link Emulated}, of these types are injected:
 *
 * <ul>
 *   <li>{@link KmsEmulator}: the emulator; {@link KmsTestbed}: all that goes with it; {@link URI}: where it answers;
 *   <li>{@link SecretsClient}: a client of it, which signs with a registered access key, so that its signatures are
 *       really verified; {@link SecretCache}: a cache on that client;
 *   <li>{@link EmulatorClock}: its clock, which moves the cache's time too;
 *   <li>{@link RdsInstance}: its instance, if there is just one;
 *   <li>{@link DataSource}: connections to the database of its RDS secret, if there is just one and its instance is a real
 *       database;
 *   <li>{@code com.aliyun.kms20160120.Client}, {@code com.aliyuncs.IAcsClient}: official clients of it, from {@code
 *       com.aliyun:kms20160120} and {@code com.aliyun:aliyun-java-sdk-core}, if they are on the class path.
 * </ul>
 *
 * <p>A parameter, or a constructor, with an annotation of another framework, such as Spring's {@code @Autowired} or Mockito's
 * {@code @Mock}, is left to that one.
 *
 * <p>Each test method has an emulator of its own, shared with its {@code @BeforeEach} and {@code @AfterEach} methods,
 * so tests may run in parallel. If a {@code @BeforeAll} method, a constructor or a static field asks for one, that one
 * serves the whole class and its nested classes. A nested class shares what the class around it shares.
 *
 * <p>What the emulator has when a test begins, annotations say: {@link GenericSecret}, {@link RdsSecret}, {@link DbInstance},
 * {@link AccessKey}, {@link KmsFixtures}, {@link FrozenClock}. Under which policy the test runs, {@link AllowedBy} says.
 *
 * <p>Fault rules end with the test that makes them, on a shared emulator too if the test's own thread makes them. Those that
 * met no call are in the test's report entry {@code kms.unusedFaults}.
 *
 * <p>With the environment variable {@code KMS_EMULATOR_DEBUG}, {@code true} or a duration such as {@code PT5M}, each test says
 * at its end where its emulator is, and waits so long for a person to look.
 *
 * <p>Works with JUnit Jupiter 5.13 and later.
 */
public final class KmsEmulatorExtension
        implements ParameterResolver, BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(KmsEmulatorExtension.class);
    private static final Settings DEFAULTS = new Settings(List.of(), List.of());

    private final Settings settings;
    private final @Nullable EmulatorLifecycle lifecycle;

    /** For {@code @ExtendWith} and {@link KmsEmulatorTest}: default settings. */
    public KmsEmulatorExtension() {
        this(DEFAULTS, null);
    }

    private KmsEmulatorExtension(Settings settings, @Nullable EmulatorLifecycle lifecycle) {
        this.settings = settings;
        this.lifecycle = lifecycle;
    }

    /**
     * For {@code @RegisterExtension}: emulators with these settings.
     *
     * <pre>{@code
     * @RegisterExtension
     * static KmsEmulatorExtension kms =
     *         KmsEmulatorExtension.with(settings -> settings.clockFrozenAt(Instant.parse("2026-01-01T00:00:00Z")));
     * }</pre>
     */
    public static KmsEmulatorExtension with(Consumer<KmsEmulator.Builder> settings) {
        return builder().emulator(settings).build();
    }

    /** For {@code @RegisterExtension}: what {@link #with} does not say. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * For other extensions: has {@code action} run with the testbed of a test, now or when it is started; not at all if the
     * test asks for none.
     */
    public static void whenStarted(ExtensionContext context, Consumer<? super KmsTestbed> action) {
        Optional<KmsTestbed> found = find(context);
        if (found.isPresent()) {
            action.accept(found.get());
        } else {
            context.getStore(NAMESPACE)
                    .put(WhenStarted.class, WhenStarted.of(context).plus(action));
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        EmulatorLifecycle wanted = lifecycle(context);
        List<Field> fields = Injection.fields(context.getRequiredTestClass(), true);
        if (wanted != EmulatorLifecycle.PER_METHOD || !fields.isEmpty()) {
            running(context);
        }
        Optional<KmsTestbed> shared = find(context);
        // Those of a nested class, or of a further class.
        shared.ifPresent(testbed -> configured(() -> {
            Fixtures fixtures = Fixtures.of(context);
            testbed.requirePolicy(fixtures.policy().orElse(null));
            testbed.install(fixtures.all());
            return testbed;
        }));
        fields.forEach(field -> Injection.fill(field, null, running(context)));
        shared.ifPresent(testbed -> lead(context, testbed));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Optional<KmsTestbed> shared = context.getParent().flatMap(KmsEmulatorExtension::find);
        if (shared.isPresent() && Fixtures.of(context).anyOnMethod()) {
            throw new ExtensionConfigurationException("The tests of "
                    + context.getRequiredTestClass().getName()
                    + " share one emulator, so what it has must be said on the class, not on the method "
                    + context.getRequiredTestMethod().getName());
        }
        TestRecord.begin(context)
                .ifPresent(test -> whenStarted(
                        context, testbed -> test.watch(testbed.emulator(), testbed::isFixtures, shared.isPresent())));
        shared.ifPresent(testbed -> context.getStore(NAMESPACE)
                .put(RuleScope.class, new RuleScope(testbed.emulator().faults())));
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            List<Field> fields = Injection.fields(instance.getClass(), false);
            if (!fields.isEmpty() && shared.isEmpty()) {
                requireOwnInstance(context, fields.get(0));
            }
            fields.forEach(field -> Injection.fill(field, instance, running(context)));
        }
        if (shared.isEmpty() || isOnMethod(context)) {
            lead(context, null);
        }
    }

    /** A fault that met no call is most often a slip in an action or a name; the report shall tell of it. */
    @Override
    public void afterEach(ExtensionContext context) {
        RuleScope scope = context.getStore(NAMESPACE).get(RuleScope.class, RuleScope.class);
        List<FaultRule> unused = scope != null
                ? scope.unused()
                : find(context)
                        .map(testbed -> testbed.emulator().faults().unused())
                        .orElse(List.of());
        if (Fixtures.of(context).nearest(AllowedBy.class).isPresent()) {
            find(context).ifPresent(testbed -> reportMissing(context, testbed));
        }
        if (!unused.isEmpty()) {
            context.publishReportEntry(
                    "kms.unusedFaults", unused.stream().map(FaultRule::toString).collect(Collectors.joining("\n")));
        }
        TestRecord.find(context).ifPresent(TestRecord::end);
        pause(context);
    }

    private static void pause(ExtensionContext context) {
        Duration time = configured(() -> DebugPause.asked(System.getenv(DebugPause.VARIABLE)));
        find(context).ifPresent(testbed -> DebugPause.pause(context.getDisplayName(), testbed, time, System.out));
    }

    private static void reportMissing(ExtensionContext context, KmsTestbed testbed) {
        String missing = testbed.emulator().journal().permissions().stream()
                .filter(use -> !use.granted())
                .map(use -> use.action() + " on " + use.resource())
                .distinct()
                .collect(Collectors.joining("\n"));
        if (!missing.isEmpty()) {
            context.publishReportEntry("kms.missingPermissions", missing);
        }
    }

    private static boolean isOnMethod(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), KmsSystemProperties.class);
    }

    /** One instance for all tests has one field for emulators of several, which may not run at once. */
    private static void requireOwnInstance(ExtensionContext context, Field field) {
        if (context.getTestInstanceLifecycle()
                        .filter(Lifecycle.PER_CLASS::equals)
                        .isPresent()
                && context.getExecutionMode() == ExecutionMode.CONCURRENT) {
            throw new ExtensionConfigurationException(
                    field + " would be overwritten by tests that run at the same time on"
                            + " one instance: use parameters, or share one emulator, or leave out @TestInstance(PER_CLASS)");
        }
    }

    /** Has system properties lead to the emulator, if that is asked for. */
    private void lead(ExtensionContext context, @Nullable KmsTestbed shared) {
        if (Fixtures.of(context).nearest(KmsSystemProperties.class).isPresent()) {
            KmsTestbed testbed = shared == null ? running(context) : shared;
            context.getStore(NAMESPACE).put(PropertyOverrides.class, new PropertyOverrides(testbed.systemProperties()));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Injection.supports(parameter.getParameter());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Injection.value(parameter.getParameter(), running(context));
    }

    private EmulatorLifecycle lifecycle(ExtensionContext context) {
        return lifecycle != null
                ? lifecycle
                : Fixtures.of(context)
                        .nearest(KmsEmulatorTest.class)
                        .map(KmsEmulatorTest::lifecycle)
                        .orElse(EmulatorLifecycle.PER_METHOD);
    }

    /** What the context has or inherits. */
    private static Optional<KmsTestbed> find(ExtensionContext context) {
        KmsTestbed own = context.getStore(NAMESPACE).get(KmsTestbed.class, KmsTestbed.class);
        Lent lent = own == null ? context.getStore(NAMESPACE).get(Lent.class, Lent.class) : null;
        return Optional.ofNullable(lent == null ? own : lent.testbed());
    }

    /** What the context has or inherits, or else one that it gets now. */
    // JUnit 6 has a newer method, which JUnit 5 lacks.
    @SuppressWarnings("deprecation")
    private KmsTestbed running(ExtensionContext context) {
        Optional<KmsTestbed> found = find(context);
        if (found.isPresent()) {
            return found.get();
        }
        if (lifecycle(context) != EmulatorLifecycle.SHARED) {
            KmsTestbed started = Objects.requireNonNull(context.getStore(NAMESPACE)
                    .getOrComputeIfAbsent(
                            KmsTestbed.class, key -> configured(() -> start(Fixtures.of(context))), KmsTestbed.class));
            record(context, started);
            WhenStarted.of(context).actions().forEach(action -> action.accept(started));
            return started;
        }
        // Not the root of the run: Surefire with several JVMs starts a run for each class, all in one session.
        KmsTestbed shared = Objects.requireNonNull(context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .getOrComputeIfAbsent(
                        settings,
                        key -> {
                            KmsTestbed started =
                                    configured(() -> settings.testbed().start());
                            record(context, started);
                            return started;
                        },
                        KmsTestbed.class));
        context.getStore(NAMESPACE).put(Lent.class, new Lent(shared));
        return shared;
    }

    private static void record(ExtensionContext context, KmsTestbed started) {
        RunRecord.of(context).ifPresent(run -> run.watch(started.emulator(), started::isFixtures));
    }

    private KmsTestbed start(Fixtures fixtures) {
        KmsTestbed.Builder testbed = settings.testbed().fixtures(fixtures.all());
        fixtures.policy().ifPresent(testbed::allowedBy);
        return testbed.start();
    }

    private static <T> T configured(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The testbed of the whole run, which no context closes. */
    private record Lent(KmsTestbed testbed) {}

    /** What other extensions wait for. */
    private record WhenStarted(List<Consumer<? super KmsTestbed>> actions) {
        static WhenStarted of(ExtensionContext context) {
            WhenStarted known = context.getStore(NAMESPACE).get(WhenStarted.class, WhenStarted.class);
            return known == null ? new WhenStarted(List.of()) : known;
        }

        WhenStarted plus(Consumer<? super KmsTestbed> action) {
            return new WhenStarted(Stream.<Consumer<? super KmsTestbed>>concat(actions.stream(), Stream.of(action))
                    .toList());
        }
    }

    /** How emulators are started. Those that are shared have the same. */
    private record Settings(List<Consumer<KmsEmulator.Builder>> emulator, List<Consumer<KmsEmulator>> preparations) {
        Settings {
            emulator = List.copyOf(emulator);
            preparations = List.copyOf(preparations);
        }

        KmsTestbed.Builder testbed() {
            KmsTestbed.Builder builder = KmsTestbed.builder();
            emulator.forEach(builder::emulator);
            preparations.forEach(builder::prepare);
            return builder;
        }
    }

    /** Settings of an extension. Not thread-safe. */
    public static final class Builder {
        private Settings settings = DEFAULTS;
        private @Nullable EmulatorLifecycle lifecycle;

        private Builder() {}

        /** Settings of its emulators. */
        public Builder emulator(Consumer<KmsEmulator.Builder> emulator) {
            settings = new Settings(plus(settings.emulator(), emulator), settings.preparations());
            return this;
        }

        /**
         * What is done to an emulator before fixtures are made, such as attaching a real database under the id that an
         * {@link RdsSecret} names.
         */
        public Builder prepare(Consumer<KmsEmulator> preparation) {
            settings = new Settings(settings.emulator(), plus(settings.preparations(), preparation));
            return this;
        }

        private static <T> List<T> plus(List<T> list, T element) {
            return Stream.concat(list.stream(), Stream.of(element)).toList();
        }

        /** How long an emulator lives; by default as {@link KmsEmulatorTest} says, or per method. */
        public Builder lifecycle(EmulatorLifecycle lifecycle) {
            this.lifecycle = Objects.requireNonNull(lifecycle, "lifecycle");
            return this;
        }

        /** Builds it. */
        public KmsEmulatorExtension build() {
            return new KmsEmulatorExtension(settings, lifecycle);
        }
    }
}
