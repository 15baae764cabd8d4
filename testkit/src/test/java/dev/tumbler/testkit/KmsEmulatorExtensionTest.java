package dev.tumbler.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;

import dev.tumbler.client.SecretNotFoundException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.time.EmulatorClock;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The extension, as JUnit's own test kit sees it. */
class KmsEmulatorExtensionTest {
    /** What the classes below saw, by the name of what they did. */
    private static final Map<String, Object> seen = new ConcurrentHashMap<>();

    /** Others than this test's own, which may go on. */
    private final Set<Thread> before = tumblerThreads();

    @BeforeEach
    void forget() {
        seen.clear();
    }

    @Test
    void testMethods_haveAnEmulatorEach_andNothingIsLeftOpen() {
        run(PerMethod.class)
                .testEvents()
                .assertStatistics(stats -> stats.started(3).succeeded(3));
        Set<Object> endpoints = Set.copyOf(seen.values());
        assertThat(endpoints).hasSize(3);
        endpoints.forEach(endpoint -> assertClosed((URI) endpoint));
        await().untilAsserted(() -> assertThat(tumblerThreads()).isSubsetOf(before));
    }

    @Test
    void beforeAll_asksForAnEmulator_itServesTheClassAndNestedClasses() {
        run(PerClass.class)
                .testEvents()
                .assertStatistics(stats -> stats.started(2).succeeded(2));
        assertThat(Set.copyOf(seen.values())).hasSize(1);
        assertClosed((URI) seen.values().iterator().next());
    }

    @Test
    void subclass_inheritsTheAnnotation() {
        run(Inheriting.class).testEvents().assertStatistics(stats -> stats.succeeded(3));
    }

    @Test
    void registeredExtension_takesSettings() {
        run(Frozen.class)
                .testEvents()
                .assertStatistics(stats -> stats.started(1).succeeded(1));
    }

    @Test
    void failingTest_closesItsEmulatorToo() {
        run(Failing.class)
                .testEvents()
                .assertThatEvents()
                .haveExactly(1, event(test(), finishedWithFailure(instanceOf(SecretNotFoundException.class))));
        assertClosed((URI) seen.get("failing"));
        await().untilAsserted(() -> assertThat(tumblerThreads()).isSubsetOf(before));
    }

    @Test
    void parallelTests_doNotMeet() {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
                .selectors(selectClass(Parallel.class))
                .execute();
        results.testEvents().assertStatistics(stats -> stats.started(40).succeeded(40));
        await().untilAsserted(() -> assertThat(tumblerThreads()).isSubsetOf(before));
    }

    @Test
    void parameterOfAnotherFramework_isLeftToIt() {
        run(BesideAnother.class)
                .testEvents()
                .assertStatistics(stats -> stats.started(2).succeeded(2));
        run(BuiltByAnother.class)
                .testEvents()
                .assertStatistics(stats -> stats.started(1).succeeded(1));
    }

    private static EngineExecutionResults run(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute();
    }

    private static void assertClosed(URI endpoint) {
        Assertions.assertThatThrownBy(() -> new Socket(endpoint.getHost(), endpoint.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    private static Set<Thread> tumblerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tumbler"))
                // The registered driver keeps a cache if another test has used it; the extension makes none.
                .filter(thread -> !thread.getName().startsWith("tumbler-cache"))
                .collect(Collectors.toSet());
    }

    @KmsEmulatorTest
    static class PerMethod {
        private KmsEmulator fromBeforeEach;

        @BeforeEach
        void before(KmsEmulator kms) {
            fromBeforeEach = kms;
        }

        @RepeatedTest(3)
        void createsTheSameSecret(KmsEmulator kms, SecretsClient client, EmulatorClock clock) {
            assertThat(kms).isSameAs(fromBeforeEach);
            assertThat(clock).isSameAs(kms.clock());
            client.createSecret(r -> r.secretName("a").versionId("v1").secretData("x"));
            assertThat(client.getSecretValue("a").secretData().asString()).isEqualTo("x");
        }

        @AfterEach
        void after(KmsEmulator kms) {
            assertThat(kms).isSameAs(fromBeforeEach);
            seen.put("endpoint of " + seen.size(), kms.endpoint());
        }
    }

    static class Inheriting extends PerMethod {}

    @KmsEmulatorTest
    static class PerClass {
        @BeforeAll
        static void start(KmsEmulator kms, SecretsClient client) {
            client.createSecret(r -> r.secretName("shared").versionId("v1").secretData("x"));
        }

        @Test
        void reads(KmsEmulator kms, SecretsClient client) {
            assertThat(client.getSecretValue("shared").versionId()).isEqualTo("v1");
            seen.put("outer", kms.endpoint());
        }

        @Nested
        class Inner {
            @Test
            void reads(KmsEmulator kms, SecretsClient client) {
                assertThat(client.getSecretValue("shared").versionId()).isEqualTo("v1");
                seen.put("inner", kms.endpoint());
            }
        }
    }

    static class Frozen {
        @RegisterExtension
        static final KmsEmulatorExtension kms = KmsEmulatorExtension.with(settings ->
                settings.clockFrozenAt(Instant.parse("2030-01-01T00:00:00Z")).region("ap-southeast-1"));

        @Test
        void secretsAreOfThen(SecretsClient client) {
            client.createSecret(r -> r.secretName("a").versionId("v1").secretData("x"));
            assertThat(client.getSecretValue("a").createTime()).hasValue(Instant.parse("2030-01-01T00:00:00Z"));
            assertThat(client.describeSecret("a").arn()).startsWith("acs:kms:ap-southeast-1:");
        }
    }

    @KmsEmulatorTest
    static class Failing {
        @Test
        void asksForNothingThere(KmsEmulator kms, SecretsClient client) {
            seen.put("failing", kms.endpoint());
            client.getSecretValue("nobody");
        }
    }

    @KmsEmulatorTest
    static class Parallel {
        @RepeatedTest(40)
        void sameName(SecretsClient client) {
            client.createSecret(r -> r.secretName("a").versionId("v1").secretData("x"));
            client.putSecretValue("a", "v2", "y");
            assertThat(client.getSecretValue("a").versionId()).isEqualTo("v2");
        }
    }

    @KmsEmulatorTest
    @ExtendWith(Another.class)
    static class BesideAnother {
        @Test
        void each_getsItsOwn(@FromAnother URI theirs, @NonNull URI ours, KmsEmulator kms) {
            assertThat(theirs).isEqualTo(Another.VALUE);
            assertThat(ours).isEqualTo(kms.endpoint());
        }

        @Test
        void composedAnnotationOfOurs_isOurs(@AppClient SecretsClient client, KmsEmulator kms) {
            client.createSecret(r -> r.secretName("a").versionId("v1").secretData("x"));
            assertThat(kms.journal().entries().get(0).accessKeyId()).isEqualTo("LTAI-app");
        }
    }

    @KmsEmulatorTest
    @ExtendWith(Another.class)
    static class BuiltByAnother {
        private final URI theirs;

        @FromAnother
        BuiltByAnother(URI theirs) {
            this.theirs = theirs;
        }

        @Test
        void itsConstructor_isLeftToIt(URI ours) {
            assertThat(theirs).isEqualTo(Another.VALUE);
            assertThat(ours).isNotEqualTo(Another.VALUE);
        }
    }

    /** Says nothing about a value, as several libraries' annotations of this name do. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface NonNull {}

    @Retention(RetentionPolicy.RUNTIME)
    @AccessKey(id = "LTAI-app", secret = "app-secret")
    @interface AppClient {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface FromAnother {}

    /** Resolves what is marked as its own, as Spring's extension does. */
    static class Another implements ParameterResolver {
        static final URI VALUE = URI.create("another:value");

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.isAnnotated(FromAnother.class)
                    || parameter.getDeclaringExecutable().isAnnotationPresent(FromAnother.class);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return VALUE;
        }
    }
}
