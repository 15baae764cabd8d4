package dev.tumbler.emulator.conformance;

import dev.tumbler.emulator.KmsEmulator;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link ConformanceTest} with each SDK, against an emulator or the real service. */
final class ConformanceExtension implements TestTemplateInvocationContextProvider {
    static final Namespace NAMESPACE = Namespace.create(ConformanceExtension.class);

    /** Where the clock of each emulator stands when a test begins. */
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Optional<RealService> real = RealService.fromProperties();
        return Arrays.stream(OfficialSdk.values()).map(sdk -> new Invocation(sdk, real));
    }

    private record Invocation(OfficialSdk sdk, Optional<RealService> real) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return sdk.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Fixture(sdk, real));
        }
    }

    private record Fixture(OfficialSdk sdk, Optional<RealService> real)
            implements BeforeEachCallback, ParameterResolver, AfterEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            if (real.isPresent()) {
                whyNotLive(context.getRequiredTestMethod())
                        .ifPresent(reason -> Assumptions.abort("Not on the real service: " + reason));
            }
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == Kms.class || type == KmsEmulator.class || type == OfficialSdk.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            ExtensionContext.Store store = context.getStore(NAMESPACE);
            store.put(OfficialSdk.class, sdk);
            if (parameter.getParameter().getType() == OfficialSdk.class) {
                return sdk;
            }
            if (parameter.getParameter().getType() == KmsEmulator.class) {
                return emulator(store);
            }
            return store.computeIfAbsent(
                    Kms.class,
                    type -> real.map(service -> service.connect(sdk)).orElseGet(() -> connect(emulator(store))),
                    Kms.class);
        }

        @Override
        public void afterEach(ExtensionContext context) {
            ExtensionContext.Store store = context.getStore(NAMESPACE);
            Kms kms = store.remove(Kms.class, Kms.class);
            KmsEmulator emulator = store.remove(KmsEmulator.class, KmsEmulator.class);
            try (emulator) {
                if (kms != null) {
                    kms.close();
                }
            }
        }

        private Kms connect(KmsEmulator emulator) {
            Sdk caller = sdk.connect("HTTP", emulator.hostAndPort(), emulator.region(), emulator.createAccessKey());
            return new Kms(caller, "", Map.of());
        }

        private static KmsEmulator emulator(ExtensionContext.Store store) {
            return store.computeIfAbsent(
                    KmsEmulator.class,
                    type -> KmsEmulator.builder().clockFrozenAt(START).start(),
                    KmsEmulator.class);
        }

        private static Optional<String> whyNotLive(Method test) {
            if (List.of(test.getParameterTypes()).contains(KmsEmulator.class)) {
                return Optional.of("it moves the clock or a database of the emulator");
            }
            Set<String> rows = Set.of(test.getAnnotation(Proves.class).value());
            return Row.all().stream()
                    .filter(row -> rows.contains(row.id()) && !row.live().equals("yes"))
                    .map(row -> row.id() + " " + row.live())
                    .findFirst();
        }
    }
}
