package dev.tumbler.testkit;

import static dev.tumbler.emulator.fault.Fault.throttled;
import static dev.tumbler.emulator.journal.KmsAction.DELETE_SECRET;
import static dev.tumbler.emulator.journal.KmsAction.GET_SECRET_VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.emulator.KmsEmulator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventType;
import org.junit.platform.testkit.engine.Events;

/** Fault rules are the test's that made them, and those that met nothing are in its report. */
@Timeout(60)
class FaultScopeTest {
    @Test
    void sharedEmulator_rulesOfOneTest_endWithIt() {
        Events events = run(Shared.class, false);
        events.assertStatistics(stats -> stats.started(2).succeeded(2));
        assertThat(reports(events))
                .containsExactly(Map.of(
                        "kms.unusedFaults",
                        "fault on DeleteSecret, met 0 of 3 calls\n"
                                + "fault on DeleteSecret on \"mial/*\", met 0 calls"));
    }

    @Test
    void sharedEmulator_testsInParallel_keepTheirOwnRules() {
        Events events = run(Parallel.class, true);
        events.assertStatistics(stats -> stats.started(2).succeeded(2));
        assertThat(reports(events))
                .containsExactly(Map.of("kms.unusedFaults", "fault on GetSecretValue on \"b\", met 0 calls"));
    }

    @Test
    void ownEmulator_anyThread_isReportedToo() {
        assertThat(reports(run(Own.class, false)))
                .containsExactly(Map.of("kms.unusedFaults", "fault on GetSecretValue, met 0 calls"));
    }

    private static Events run(Class<?> testClass, boolean parallel) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", Boolean.toString(parallel))
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents();
    }

    private static List<Map<String, String>> reports(Events events) {
        return events.filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .toList();
    }

    @KmsEmulatorTest(lifecycle = EmulatorLifecycle.PER_CLASS)
    @GenericSecret(name = "mail/smtp", value = "password")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Shared {
        @Test
        @Order(1)
        void makesRules(KmsEmulator kms, SecretsClient client) {
            kms.faults().on(DELETE_SECRET).times(3).respond(throttled());
            kms.faults().on(DELETE_SECRET).forSecret("mial/*").respond(throttled());
            kms.faults().on(GET_SECRET_VALUE).times(1).respond(throttled());
            client.getSecretValue("mail/smtp");
        }

        @Test
        @Order(2)
        void findsNone(KmsEmulator kms) {
            assertThat(kms.faults().rules()).isEmpty();
        }
    }

    @KmsEmulatorTest(lifecycle = EmulatorLifecycle.PER_CLASS)
    @GenericSecret(name = "a", value = "1")
    static class Parallel {
        private static final CyclicBarrier BOTH = new CyclicBarrier(2);

        @Test
        void usesItsRule(KmsEmulator kms, SecretsClient client) throws Exception {
            kms.faults().on(GET_SECRET_VALUE).forSecret("a").times(1).respond(throttled());
            BOTH.await(20, TimeUnit.SECONDS);
            assertThat(kms.faults().rules()).hasSize(2);
            BOTH.await(20, TimeUnit.SECONDS);
            client.getSecretValue("a");
        }

        @Test
        void doesNot(KmsEmulator kms) throws Exception {
            kms.faults().on(GET_SECRET_VALUE).forSecret("b").respond(throttled());
            BOTH.await(20, TimeUnit.SECONDS);
            BOTH.await(20, TimeUnit.SECONDS);
        }
    }

    @KmsEmulatorTest
    static class Own {
        @Test
        void makesARuleElsewhere(KmsEmulator kms) throws Exception {
            Thread other = new Thread(() -> kms.faults().on(GET_SECRET_VALUE).respond(throttled()));
            other.start();
            other.join();
        }
    }
}
