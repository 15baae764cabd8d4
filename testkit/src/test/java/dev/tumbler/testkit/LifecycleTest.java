package dev.tumbler.testkit;

import static dev.tumbler.emulator.rds.RdsEngine.MYSQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.cache.CachedSecret;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsInstance;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** How long emulators live, and that nothing outlives them. Public for the classes that it compiles. */
@Timeout(120)
public class LifecycleTest {
    /** The endpoints that the classes below saw, by whoever saw them. */
    private static final Map<String, URI> seen = new ConcurrentHashMap<>();

    private final Set<Thread> before = tumblerThreads();

    @BeforeEach
    void forget() {
        seen.clear();
    }

    @Test
    void perClass_testsAndNestedClasses_shareOne() {
        run(PerClass.class)
                .testEvents()
                .assertStatistics(stats -> stats.started(4).succeeded(4));
        assertThat(Set.copyOf(seen.values())).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void shared_allClasses_shareOne() {
        EngineExecutionResults results = engine(false)
                .selectors(selectClass(SharedOne.class), selectClass(SharedTwo.class))
                .execute();
        results.testEvents().assertStatistics(stats -> stats.started(3).succeeded(3));
        assertThat(seen).hasSize(3);
        assertThat(Set.copyOf(seen.values())).hasSize(1);
        assertNothingIsLeft();
    }

    /** Surefire with several JVMs hands each class over by itself. */
    @Test
    void shared_runsOfOneSession_shareOne() {
        try (LauncherSession session = LauncherFactory.openSession()) {
            for (Class<?> testClass : List.of(SharedOne.class, SharedTwo.class)) {
                session.getLauncher()
                        .execute(LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(testClass))
                                .build());
            }
        }
        assertThat(seen).hasSize(3);
        assertThat(Set.copyOf(seen.values())).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void shared_underOtherSettings_isAnother() {
        engine(false)
                .selectors(selectClass(SharedOne.class), selectClass(SharedElsewhere.class))
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.started(2).succeeded(2));
        assertThat(Set.copyOf(seen.values())).hasSize(2);
        assertNothingIsLeft();
    }

    @Test
    void setUp_thatFails_leavesNothing() {
        run(FailingSetUp.class)
                .testEvents()
                .assertStatistics(stats -> stats.started(1).failed(1));
        run(FailingBeforeAll.class).containerEvents().assertStatistics(stats -> stats.failed(1));
        assertThat(seen).hasSize(2);
        assertNothingIsLeft();
    }

    @Test
    void parameterizedAndRepeated_eachInvocation_hasItsOwn() {
        run(Invocations.class)
                .testEvents()
                .assertStatistics(stats -> stats.started(5).succeeded(5));
        assertThat(Set.copyOf(seen.values())).hasSize(5);
        assertNothingIsLeft();
    }

    @Test
    void dynamicTests_shareThatOfTheirFactory() {
        run(Dynamic.class)
                .testEvents()
                .assertStatistics(stats -> stats.started(2).succeeded(2));
        assertThat(seen).hasSize(2);
        assertThat(Set.copyOf(seen.values())).hasSize(1);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SharedConflict  | two different fixtures of the secret "shared/one"
            SharedFrozen    | cannot be frozen
            SharedPolicy    | @AllowedBy comes too late
            Overwritten     | would be overwritten
            """)
    void misuse_isNamed(String className, String said) throws Exception {
        engine(true)
                .selectors(
                        selectClass(SharedOne.class),
                        selectClass(Class.forName(getClass().getName() + "$" + className)))
                .execute()
                .allEvents()
                .assertThatEvents()
                .haveAtLeastOne(event(finishedWithFailure(message(text -> text.contains(said)))));
    }

    @Test
    void manyClasses_inParallel_leaveNothing(@TempDir Path temporary, @TempDir Path compiled) throws Exception {
        leavesNothing(30, temporary, compiled);
    }

    @Test
    @Tag("soak")
    @Timeout(600)
    void veryManyClasses_inParallel_leaveNothing(@TempDir Path temporary, @TempDir Path compiled) throws Exception {
        leavesNothing(500, temporary, compiled);
    }

    private void leavesNothing(int classes, Path temporary, Path compiled) throws Exception {
        DiscoverySelector[] selectors = new DiscoverySelector[classes];
        String temporaryBefore = System.setProperty("java.io.tmpdir", temporary.toString());
        try (URLClassLoader loader = compile(classes, compiled)) {
            for (int i = 0; i < classes; i++) {
                selectors[i] = selectClass(loader.loadClass("Copy" + i));
            }
            engine(true)
                    .selectors(selectors)
                    .execute()
                    .testEvents()
                    .assertStatistics(stats -> stats.started(classes).succeeded(classes));
        } finally {
            System.setProperty("java.io.tmpdir", temporaryBefore);
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
        assertThat(seen).hasSize(classes);
        assertNothingIsLeft();
    }

    private static URLClassLoader compile(int classes, Path directory) throws Exception {
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < classes; i++) {
            source.append("class Copy").append(i).append(" extends dev.tumbler.testkit.LifecycleTest.Everything {}\n");
        }
        Path file = Files.writeString(directory.resolve("Copies.java"), source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        directory.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        file.toString());
        assertThat(status).isZero();
        return new URLClassLoader(new URL[] {directory.toUri().toURL()});
    }

    private static EngineExecutionResults run(Class<?> testClass) {
        return engine(false).selectors(selectClass(testClass)).execute();
    }

    private static EngineTestKit.Builder engine(boolean parallel) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", Boolean.toString(parallel))
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8");
    }

    private void assertNothingIsLeft() {
        Set.copyOf(seen.values()).forEach(LifecycleTest::assertClosed);
        await().untilAsserted(() -> assertThat(tumblerThreads()).isSubsetOf(before));
    }

    private static void assertClosed(URI endpoint) {
        Assertions.assertThatThrownBy(() -> new Socket(endpoint.getHost(), endpoint.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    private static Set<Thread> tumblerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tumbler"))
                .collect(Collectors.toSet());
    }

    @KmsEmulatorTest(lifecycle = EmulatorLifecycle.PER_CLASS)
    @GenericSecret(name = "a", value = "outer")
    static class PerClass {
        @Emulated
        static KmsTestbed kms;

        @BeforeAll
        static void fill() {
            assertThat(kms.emulator().secret("a").currentVersionId()).contains("v1");
        }

        @Test
        void one(URI endpoint) {
            seen.put("one", endpoint);
        }

        @Test
        void other(KmsEmulator emulator) {
            seen.put("other", emulator.endpoint());
        }

        @Nested
        @GenericSecret(name = "b", value = "inner")
        class Inner {
            @Emulated
            SecretsClient client;

            @Test
            void hasBoth(URI endpoint) {
                seen.put("inner", endpoint);
                assertThat(client.getSecretValue("a").secretData().asString()).isEqualTo("outer");
                assertThat(client.getSecretValue("b").secretData().asString()).isEqualTo("inner");
            }

            @Nested
            class Innermost {
                @Test
                void hasBoth(URI endpoint) {
                    seen.put("innermost", endpoint);
                    assertThat(client.getSecretValue("b").versionId()).isEqualTo("v1");
                }
            }
        }
    }

    @KmsEmulatorTest(lifecycle = EmulatorLifecycle.SHARED)
    @GenericSecret(name = "shared/one", value = "1")
    static class SharedOne {
        @Test
        void reads(SecretsClient client, URI endpoint) {
            seen.put("one", endpoint);
            assertThat(client.getSecretValue("shared/one").secretData().asString())
                    .isEqualTo("1");
        }
    }

    @KmsEmulatorTest(lifecycle = EmulatorLifecycle.SHARED)
    @GenericSecret(name = "shared/one", value = "1")
    @DbInstance(id = "rm-two", engine = MYSQL)
    static class SharedTwo {
        @Test
        void reads(SecretsClient client, URI endpoint, RdsInstance rds) {
            seen.put("two", endpoint);
            assertThat(client.getSecretValue("shared/one").secretData().asString())
                    .isEqualTo("1");
            assertThat(rds.engine()).isEqualTo(MYSQL);
        }

        @Test
        void readsAgain(KmsTestbed kms) {
            seen.put("again", kms.endpoint());
        }
    }

    static class SharedElsewhere {
        @RegisterExtension
        static final KmsEmulatorExtension KMS = KmsEmulatorExtension.builder()
                .emulator(settings -> settings.region("cn-shanghai"))
                .lifecycle(EmulatorLifecycle.SHARED)
                .build();

        @Test
        void isAnother(KmsEmulator kms) {
            seen.put("elsewhere", kms.endpoint());
            assertThat(kms.region()).isEqualTo("cn-shanghai");
        }
    }

    @KmsEmulatorTest(lifecycle = EmulatorLifecycle.SHARED)
    @GenericSecret(name = "shared/one", value = "another")
    static class SharedConflict {
        @Test
        void test() {}
    }

    @KmsEmulatorTest(lifecycle = EmulatorLifecycle.SHARED)
    @FrozenClock("2026-01-01T00:00:00Z")
    static class SharedFrozen {
        @Test
        void test() {}
    }

    @KmsEmulatorTest(lifecycle = EmulatorLifecycle.SHARED)
    @AllowedBy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}")
    static class SharedPolicy {
        @Test
        void test() {}
    }

    @KmsEmulatorTest
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @Execution(ExecutionMode.CONCURRENT)
    static class Overwritten {
        @Emulated
        SecretsClient client;

        @Test
        void test() {}
    }

    @KmsEmulatorTest
    static class FailingSetUp {
        @BeforeEach
        void fail(KmsTestbed kms) {
            kms.cache();
            seen.put("each", kms.endpoint());
            throw new IllegalStateException("on purpose");
        }

        @Test
        void test() {}
    }

    @KmsEmulatorTest
    static class FailingBeforeAll {
        @BeforeAll
        static void fail(URI endpoint) {
            seen.put("all", endpoint);
            throw new IllegalStateException("on purpose");
        }

        @Test
        void test() {}
    }

    @KmsEmulatorTest
    static class Invocations {
        @ParameterizedTest
        @ValueSource(strings = {"a", "b", "c"})
        void parameterized(String name, SecretsClient client, URI endpoint) {
            client.createSecret(r -> r.secretName("same").versionId("v1").secretData(name));
            seen.put(name, endpoint);
        }

        @RepeatedTest(2)
        void repeated(SecretsClient client, URI endpoint) {
            client.createSecret(r -> r.secretName("same").versionId("v1").secretData("value"));
            seen.put(endpoint.toString(), endpoint);
        }
    }

    @KmsEmulatorTest
    static class Dynamic {
        @TestFactory
        List<DynamicTest> tests(SecretsClient client, URI endpoint) {
            client.createSecret(r -> r.secretName("a").versionId("v1").secretData("value"));
            return Stream.of("first", "second")
                    .map(name -> DynamicTest.dynamicTest(name, () -> {
                        seen.put(name, endpoint);
                        assertThat(client.getSecretValue("a").versionId()).isEqualTo("v1");
                    }))
                    .toList();
        }
    }

    /** Uses all that would stay if it were not closed. */
    @KmsEmulatorTest
    public static class Everything {
        @Test
        @RdsSecret(name = "orders/db", account = "orders", rotateEvery = "P7D")
        void rotates(KmsTestbed kms, SecretsClient client, SecretCache cache) {
            CachedSecret<RdsCredentials> db = cache.rds("orders/db");
            assertThat(db.get().accountName()).isEqualTo("orders");
            kms.clock().advance(Duration.ofDays(7));
            assertThat(db.get().accountName()).isEqualTo("orders_clone");
            assertThat(client.getSecretValue("orders/db").asRdsCredentials()).isEqualTo(db.get());
            seen.put(getClass().getName(), kms.endpoint());
        }
    }
}
