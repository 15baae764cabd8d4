package dev.tumbler.samples.benchmarks;

import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.testkit.GenericSecret;
import dev.tumbler.testkit.KmsEmulatorTest;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Test classes of one test each, run by JUnit in a JVM that has run an empty one before. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class StartExtension {
    /** Which class is run. */
    @Param
    public Kind kind = Kind.EMPTY;

    private final Launcher launcher = LauncherFactory.create();

    /** JUnit is warm by then, and nothing else is. */
    @Setup
    public void runNothing() {
        run(Empty.class);
    }

    /** The first class of a JVM. */
    @Benchmark
    @Fork(10)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public long first() {
        return run(kind.testClass);
    }

    /** Each class after that. */
    @Benchmark
    @Fork(2)
    @Warmup(iterations = 20)
    @Measurement(iterations = 50)
    public long next() {
        return run(kind.testClass);
    }

    private long run(Class<?> testClass) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(testClass))
                        .build(),
                summary);
        long succeeded = summary.getSummary().getTestsSucceededCount();
        if (succeeded != 1) {
            throw new IllegalStateException(
                    testClass + " did not succeed: " + summary.getSummary().getFailures());
        }
        return succeeded;
    }

    /** What a class asks for. */
    public enum Kind {
        /** Nothing. */
        EMPTY(Empty.class),
        /** An emulator. */
        EMULATOR(Emulator.class),
        /** An emulator with a secret, which a client reads. */
        EMULATOR_AND_CLIENT(EmulatorAndClient.class),
        /** A server of WireMock. */
        WIREMOCK(WireMock.class);

        private final Class<?> testClass;

        Kind(Class<?> testClass) {
            this.testClass = testClass;
        }
    }

    static class Empty {
        @Test
        void test() {}
    }

    @KmsEmulatorTest
    static class Emulator {
        @Test
        void test(KmsEmulator kms) {
            kms.endpoint();
        }
    }

    @KmsEmulatorTest
    static class EmulatorAndClient {
        @Test
        @GenericSecret(name = "mail/smtp", value = "password")
        void test(SecretsClient client) {
            client.getSecretValue("mail/smtp");
        }
    }

    @WireMockTest
    static class WireMock {
        @Test
        void test(WireMockRuntimeInfo wireMock) {
            wireMock.getHttpPort();
        }
    }
}
