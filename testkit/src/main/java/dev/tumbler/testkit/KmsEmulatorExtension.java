package dev.tumbler.testkit;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.time.EmulatorClock;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts a KMS emulator when a test first asks for one, and closes it after the test. Parameters of these types are
 * injected into test and lifecycle methods:
 *
 * <ul>
 *   <li>{@link KmsEmulator}: the emulator;
 *   <li>{@link SecretsClient}: a client of it, which signs with a registered access key, so that its signatures are
 *       really verified;
 *   <li>{@link EmulatorClock}: its clock.
 * </ul>
 *
 * <p>Each test method has an emulator of its own, shared with its {@code @BeforeEach} and {@code @AfterEach} methods,
 * so tests may run in parallel. If a {@code @BeforeAll} method or a constructor asks for one, or a static field carries
 * {@link RdsSecret}, that one serves the whole class and its nested classes.
 *
 * <p>What the emulator has when a test begins, annotations say: {@link GenericSecret}, {@link RdsSecret},
 * {@link FrozenClock}. With an {@code RdsSecret}, a parameter of type {@link RdsInstance} gets its instance.
 *
 * <p>Works with JUnit Jupiter 5.13 and later.
 */
public final class KmsEmulatorExtension implements ParameterResolver, BeforeAllCallback, BeforeEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(KmsEmulatorExtension.class);

    private final Consumer<KmsEmulator.Builder> settings;

    /** For {@code @ExtendWith} and {@link KmsEmulatorTest}: default settings. */
    public KmsEmulatorExtension() {
        this(builder -> {});
    }

    private KmsEmulatorExtension(Consumer<KmsEmulator.Builder> settings) {
        this.settings = settings;
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
        return new KmsEmulatorExtension(Objects.requireNonNull(settings, "settings"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        inject(context, null);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        EmulatorAndClient shared = context.getParent()
                .map(parent -> parent.getStore(NAMESPACE).get(EmulatorAndClient.class, EmulatorAndClient.class))
                .orElse(null);
        if (shared != null && Fixtures.of(context).anyOnMethod()) {
            throw new ExtensionConfigurationException("The tests of "
                    + context.getRequiredTestClass().getName()
                    + " share one emulator, so what it has must be said on the class, not on the method "
                    + context.getRequiredTestMethod().getName());
        }
        context.getRequiredTestInstances().getAllInstances().forEach(instance -> inject(context, instance));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KmsEmulator.class
                || type == SecretsClient.class
                || type == EmulatorClock.class
                || type == RdsInstance.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        EmulatorAndClient running = running(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == SecretsClient.class) {
            return running.client();
        }
        if (type == RdsInstance.class) {
            return onlyInstance(running.emulator());
        }
        return type == EmulatorClock.class ? running.emulator().clock() : running.emulator();
    }

    // JUnit 6 has a newer method, which JUnit 5 lacks.
    @SuppressWarnings("deprecation")
    private EmulatorAndClient running(ExtensionContext context) {
        return Objects.requireNonNull(context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        EmulatorAndClient.class,
                        key -> EmulatorAndClient.start(settings, Fixtures.of(context)),
                        EmulatorAndClient.class));
    }

    private static RdsInstance onlyInstance(KmsEmulator emulator) {
        Set<String> ids = emulator.rds().ids();
        if (ids.size() != 1) {
            throw new ParameterResolutionException("A parameter of type RdsInstance needs exactly one instance, and the"
                    + " emulator has " + (ids.isEmpty() ? "none: add @RdsSecret" : String.join(", ", ids))
                    + (ids.isEmpty() ? "" : ": take KmsEmulator.rds() and name it"));
        }
        return emulator.rds().find(ids.iterator().next()).orElseThrow();
    }

    /** Fills the static fields of the class, or those of an instance. */
    private void inject(ExtensionContext context, @Nullable Object instance) {
        Class<?> type = instance == null ? context.getRequiredTestClass() : instance.getClass();
        for (Field field : Fixtures.rdsFields(type)) {
            if (Modifier.isStatic(field.getModifiers()) != (instance == null)) {
                continue;
            }
            String dbInstanceId = field.getAnnotation(RdsSecret.class).dbInstanceId();
            RdsInstance rds =
                    running(context).emulator().rds().find(dbInstanceId).orElseThrow();
            try {
                field.setAccessible(true);
                field.set(instance, rds);
            } catch (ReflectiveOperationException e) {
                throw new ExtensionConfigurationException(field + " cannot be set; it must not be final", e);
            }
        }
    }
}
