package dev.tumbler.testkit.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.testkit.EmulatorLifecycle;
import dev.tumbler.testkit.GenericSecret;
import dev.tumbler.testkit.KmsEmulatorTest;
import dev.tumbler.testkit.RdsSecret;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** What JUnit makes of it. */
@Timeout(60)
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class NoLeaksTest {
    @Test
    void eachTest_failsByItsOwnLeaks() {
        Map<String, String> failures = failures(run(Leaking.class, false));

        assertThat(failures)
                .containsOnlyKeys("prints()", "rotates()", "printsAnother()", "failsAnyway()")
                .allSatisfy((test, message) -> assertThat(message).doesNotContain("smtp-c4nary", "another-c4nary"));
        assertThat(failures.get("prints()"))
                .contains("System.out, thread ", "SecretData of \"mail/smtp\", version v1, as it is", "password: ***");
        assertThat(failures.get("rotates()")).contains("AccountPassword of \"orders/db\", version ");
        assertThat(failures.get("printsAnother()")).contains("value 1 of @NoLeaks");
        assertThat(failures.get("failsAnyway()"))
                .startsWith("cannot log in")
                .contains("exception, java.lang.IllegalStateException: SecretData of \"mail/smtp\"");
    }

    @Test
    void sharedEmulator_isWatchedToo() {
        assertThat(failures(run(Shared.class, false))).containsOnlyKeys("prints()");
    }

    @Test
    void testsInParallel_eachHasItsOwn() {
        Events events = run(Parallel.class, true);
        events.assertStatistics(stats -> stats.started(20).succeeded(10).failed(10));
    }

    private static Events run(Class<?> testClass, boolean parallel) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", Boolean.toString(parallel))
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents();
    }

    /** By the name of the test, its message and those that it suppresses. */
    private static Map<String, String> failures(Events events) {
        return events.failed().stream()
                .collect(Collectors.toMap(
                        event -> event.getTestDescriptor().getDisplayName().replaceFirst("\\(.*", "()"), event -> {
                            Throwable thrown = event.getRequiredPayload(TestExecutionResult.class)
                                    .getThrowable()
                                    .orElseThrow();
                            StringBuilder text =
                                    new StringBuilder(thrown.getMessage().replace("smtp-c4nary", "…"));
                            for (Throwable suppressed : thrown.getSuppressed()) {
                                text.append(suppressed.getMessage());
                            }
                            return text.toString();
                        }));
    }

    @KmsEmulatorTest
    @NoLeaks
    @GenericSecret(name = "mail/smtp", value = "smtp-c4nary")
    static class Leaking {
        @Test
        void prints(SecretsClient client) {
            System.out.println("password: "
                    + client.getSecretValue("mail/smtp").secretData().asString());
        }

        @Test
        void printsNothing(SecretsClient client) {
            System.out.println(client.getSecretValue("mail/smtp"));
        }

        @Test
        @RdsSecret(name = "orders/db", rotateEvery = "P1D")
        void rotates(KmsEmulator kms, SecretsClient client) {
            kms.clock().advance(Duration.ofDays(2));
            System.err.println(
                    client.getSecretValue("orders/db").asRdsCredentials().accountPassword());
        }

        @Test
        @NoLeaks(values = "another-c4nary")
        void printsAnother() {
            System.out.println("another-c4nary");
        }

        @Test
        void failsAnyway(SecretsClient client) {
            throw new IllegalStateException("cannot log in with "
                    + client.getSecretValue("mail/smtp").secretData().asString());
        }
    }

    @KmsEmulatorTest(lifecycle = EmulatorLifecycle.PER_CLASS)
    @NoLeaks
    @GenericSecret(name = "mail/smtp", value = "smtp-c4nary")
    static class Shared {
        @Test
        void prints() {
            System.out.println("smtp-c4nary");
        }

        @Test
        void printsNothing() {
            System.out.println("nothing");
        }
    }

    @KmsEmulatorTest
    @NoLeaks
    @GenericSecret(name = "mail/smtp", value = "smtp-c4nary")
    static class Parallel {
        private SecretsClient client;

        @BeforeEach
        void read(SecretsClient client) {
            this.client = client;
        }

        @RepeatedTest(10)
        void prints() {
            System.out.println(client.getSecretValue("mail/smtp").secretData().asString());
        }

        @RepeatedTest(10)
        void printsNothing() {
            System.out.println(client.getSecretValue("mail/smtp").versionId());
        }
    }
}
