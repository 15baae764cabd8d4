package dev.tumbler.testkit;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.time.EmulatorClock;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
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
 * so tests may run in parallel. If a {@code @BeforeAll} method or a constructor asks for one, that one serves the whole
 * class and its nested classes.
 *
 * <p>Works with JUnit Jupiter 5.13 and later.
 */
public final class KmsEmulatorExtension implements ParameterResolver {
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
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KmsEmulator.class || type == SecretsClient.class || type == EmulatorClock.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        EmulatorAndClient running = context.getStore(NAMESPACE)
                .computeIfAbsent(
                        EmulatorAndClient.class, key -> EmulatorAndClient.start(settings), EmulatorAndClient.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == SecretsClient.class) {
            return running.client();
        }
        return type == EmulatorClock.class ? running.emulator().clock() : running.emulator();
    }
}
