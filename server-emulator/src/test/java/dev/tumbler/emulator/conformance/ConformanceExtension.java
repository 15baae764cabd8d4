package dev.tumbler.emulator.conformance;

import dev.tumbler.emulator.KmsEmulator;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link ConformanceTest} with each SDK. */
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
        return Arrays.stream(OfficialSdk.values()).map(Invocation::new);
    }

    private record Invocation(OfficialSdk sdk) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return sdk.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Fixture(sdk));
        }
    }

    private record Fixture(OfficialSdk sdk) implements ParameterResolver, AfterEachCallback {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == Kms.class || type == KmsEmulator.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            ExtensionContext.Store store = context.getStore(NAMESPACE);
            store.put(OfficialSdk.class, sdk);
            KmsEmulator emulator = store.computeIfAbsent(
                    KmsEmulator.class,
                    type -> KmsEmulator.builder().clockFrozenAt(START).start(),
                    KmsEmulator.class);
            if (parameter.getParameter().getType() == KmsEmulator.class) {
                return emulator;
            }
            return new Kms(
                    sdk.connect("HTTP", emulator.hostAndPort(), emulator.region(), emulator.createAccessKey()), "");
        }

        @Override
        public void afterEach(ExtensionContext context) {
            KmsEmulator emulator = context.getStore(NAMESPACE).remove(KmsEmulator.class, KmsEmulator.class);
            if (emulator != null) {
                emulator.close();
            }
        }
    }
}
