package dev.tumbler.testkit.drill;

import static dev.tumbler.testkit.assertj.KmsAssertions.assertThat;
import static dev.tumbler.testkit.drill.Finding.Defect.FAILS_OTHERWISE;
import static dev.tumbler.testkit.drill.Finding.Defect.NO_RETRY_AFTER_REFUSED_LOGIN;
import static dev.tumbler.testkit.drill.Finding.Defect.PASSWORD_KEPT_FOR_EVER;
import static dev.tumbler.testkit.drill.Finding.Defect.READS_SECRET_EACH_TIME;
import static dev.tumbler.testkit.drill.Finding.Defect.STALE_VALUE_IGNORED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretNotFoundException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.journal.KmsAction;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.testkit.KmsEmulatorExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RotationDrillTest {
    private static final Duration MINUTES = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(20);

    @RegisterExtension
    static final KmsEmulatorExtension EMULATOR =
            KmsEmulatorExtension.with(settings -> settings.singleAccountWindow(Duration.ofSeconds(10)));

    private KmsEmulator kms;
    private SecretsClient client;
    private InMemoryRdsInstance database;
    private RdsCredentials first;

    @BeforeEach
    void create(KmsEmulator emulator, SecretsClient secretsClient) {
        kms = emulator;
        client = secretsClient;
        database = kms.rds().add("rm-orders", RdsEngine.POSTGRESQL);
        first = new RdsCredentials("orders", "First-pass-1");
        database.createAccount(first.accountName(), first.accountPassword());
        client.createSecret(r -> r.secretName("orders/db").versionId("v1").rdsDualAccount("rm-orders", first));
    }

    @Test
    void drill_ofAnApplicationThatTriesAgain_passes() {
        DrillReport report = drill(tryingAgain()).workers(8).rotations(6).run();

        assertThat(report).hasNoFailedOperations().survives();
        report.assertSurvives();
        assertThat(report.phases().stream().map(DrillPhase::name))
                .containsExactly(
                        "steady",
                        "rotation 1",
                        "rotation 2",
                        "rotation 3",
                        "rotation 4",
                        "rotation 5",
                        "rotation 6",
                        "settled");
        assertThat(report.phases()).allSatisfy(phase -> {
            assertThat(phase.operations()).isGreaterThanOrEqualTo(8 * 3);
            assertThat(phase.waitingWorkers()).isZero();
            assertThat(phase.latency().median()).isPositive();
            assertThat(phase.latency().max())
                    .isGreaterThanOrEqualTo(phase.latency().p99());
        });
        assertThat(report.rotations()).hasSize(6).isSorted();
        assertThat(report.verdict()).startsWith("survives: ").endsWith(" of 8 workers, none failed, over 6 rotations.");
        assertThat(versions()).isEqualTo(7);
    }

    @Test
    void drill_ofAPasswordThatIsKept_namesIt() {
        DrillReport report = drill(() -> logIn(first)).rotations(3).run();

        assertThat(report).hasFound(PASSWORD_KEPT_FOR_EVER);
        assertThat(report.findings()).hasSize(1);
        assertThat(report.phase("rotation 1").orElseThrow().failedOperations()).isZero();
        DrillPhase settled = report.phase("settled").orElseThrow();
        assertThat(settled.failedOperations()).isEqualTo(settled.operations());
        assertThat(settled.logins()).singleElement().satisfies(login -> {
            assertThat(login.accountName()).isEqualTo("orders");
            assertThat(login.passwordAge()).isEqualTo(1);
            assertThat(login.accepted()).isFalse();
        });
        assertThat(report.verdict())
                .startsWith("the password is kept for ever: from \"rotation 2\" to the end ")
                .contains("with a password that had been changed once since, and the secret was not read again.");
        assertThat(report.failures().get(0)).satisfies(failure -> {
            assertThat(failure.phase()).isEqualTo("rotation 2");
            assertThat(failure.reason()).isEqualTo(DrillFailure.Reason.LOGIN_REFUSED);
            assertThat(failure.cause()).isInstanceOf(IllegalStateException.class);
            assertThat(failure.sinceRotation()).isLessThan(failure.at());
        });
    }

    @Test
    void drill_withAWindow_namesWhatDoesNotTryAgain() {
        useSingleAccount();

        DrillReport report = drill(() -> logIn(read()))
                .workers(2)
                .rotations(2)
                .holding(SHORT)
                .run();

        assertThat(report).hasFound(NO_RETRY_AFTER_REFUSED_LOGIN).hasFound(READS_SECRET_EACH_TIME);
        assertThat(report.findings()).hasSize(2);
        assertThat(report.verdict()).contains("while the database had the new password and the secret had not");
        assertThat(report.phase("rotation 1, window").orElseThrow().refusedLogins())
                .isPositive();
        assertThat(report.phase("settled").orElseThrow().failedOperations()).isZero();
    }

    @Test
    void drill_withAWindow_passesWhatTriesAgain() {
        useSingleAccount();

        DrillReport report = drill(tryingAgain()).rotations(2).run();

        assertThat(report).survives();
        assertThat(report.phase("rotation 2, window").orElseThrow().waitingWorkers())
                .isEqualTo(4);
    }

    @Test
    void outage_ofAnApplicationThatReadsEachTime_namesBoth() {
        DrillReport report;
        AccessKey key = kms.createAccessKey();
        try (SecretsClient impatient = SecretsClient.builder()
                .endpoint(kms.endpoint())
                .credentials(CredentialsProvider.of(key.id(), key.secret()))
                .retry(RetryPolicy.none())
                .build()) {
            report = drill(() -> logIn(impatient.getSecretValue("orders/db").asRdsCredentials()))
                    .workers(2)
                    .rotations(2)
                    .with(Disruption.throttling(MINUTES))
                    .holding(Duration.ofMillis(100))
                    .run();
        }

        assertThat(report).hasFound(READS_SECRET_EACH_TIME).hasFound(STALE_VALUE_IGNORED);
        assertThat(report.findings()).hasSize(2);
        DrillPhase throttled = report.phase("throttling").orElseThrow();
        assertThat(throttled.failedOperations()).isPositive();
        assertThat(throttled.failedCalls()).isPositive();
        assertThat(throttled.calls()).containsOnlyKeys(KmsAction.GET_SECRET_VALUE);
        assertThat(throttled.callSpacing()).isPresent();
        assertThat(report.phase("after throttling").orElseThrow().failedOperations())
                .isZero();
    }

    @Test
    void disruptions_ofAnApplicationThatKeepsTheValue_changeNothing() {
        DrillReport report = drill(tryingAgain())
                .rotations(5)
                .with(Disruption.kmsOutage(MINUTES))
                .with(Disruption.internalFailures(MINUTES))
                .with(Disruption.slowAnswers(SHORT, MINUTES))
                .with(Disruption.clockJump(Duration.ofDays(1)))
                .with(Disruption.wrongClock(MINUTES))
                .with(Disruption.deletedAndRestored(MINUTES))
                .holding(SHORT)
                .run();

        assertThat(report).survives();
        assertThat(report.phases().stream()
                        .filter(phase -> phase.kind() == PhaseKind.DISRUPTION)
                        .map(DrillPhase::name))
                .containsExactly(
                        "KMS outage",
                        "internal failures",
                        "slow answers",
                        "clock jump",
                        "wrong clock",
                        "secret deleted");
        assertThat(kms.faults().rules()).isEmpty();
        assertThat(client.describeSecret("orders/db").plannedDeleteTime()).isEmpty();
    }

    @Test
    void scheduledRotations_areTheDrillsOwn() {
        client.updateSecretRotationPolicy(
                r -> r.secretName("orders/db").enableAutomaticRotation(true).rotationInterval(Duration.ofDays(7)));

        DrillReport report = drill(tryingAgain()).rotations(3).run();

        assertThat(report).survives();
        assertThat(kms).received(KmsAction.ROTATE_SECRET).never();
        assertThat(versions()).isEqualTo(4);
    }

    @Test
    void workload_thatFailsForItself_isToldApart() {
        AtomicInteger count = new AtomicInteger();

        DrillReport report = drill(() -> {
                    if (count.incrementAndGet() == 5) {
                        throw new AssertionError("the fifth, with First-pass-1 in it");
                    }
                })
                .rotations(0)
                .run();

        assertThat(report).hasFound(FAILS_OTHERWISE);
        assertThat(report.failedOperations()).isEqualTo(1);
        assertThatThrownBy(report::assertSurvives)
                .isInstanceOf(AssertionError.class)
                .message()
                .contains("steady: 1 of ", "first: AssertionError: the fifth, with ******** in it", "Timeline: file:")
                .doesNotContain("First-pass-1");
        assertThat(report.html()).doesNotContain("First-pass-1");
    }

    @Test
    void workerThatHangs_isNamedWithItsPlace() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger operations = new AtomicInteger();

        assertThatThrownBy(() -> drill(() -> {
                            if (operations.incrementAndGet() == 40) {
                                never.await();
                            }
                        })
                        .workers(2)
                        .operations(100)
                        .patience(Duration.ofMillis(200))
                        .run())
                .isInstanceOf(DrillStalledException.class)
                .hasMessageStartingWith("In the phase \"steady\" 1 of 2 workers have not got through 100 operations")
                .cause()
                .satisfies(place -> assertThat(place.getStackTrace())
                        .anySatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo("await")));
    }

    @Test
    void drill_whoseThreadIsInterrupted_endsWithItsWorkers() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread conductor = new Thread(() -> {
            try {
                drill(() -> {
                            threads.add(Thread.currentThread());
                            working.countDown();
                            never.await();
                        })
                        .run();
            } catch (IllegalStateException e) {
                thrown.set(e);
            }
        });
        conductor.start();
        working.await();

        conductor.interrupt();
        conductor.join();

        assertThat(thrown.get()).hasMessage("The drill was interrupted").hasCauseInstanceOf(InterruptedException.class);
        assertThat(threads).isNotEmpty().noneMatch(Thread::isAlive);
    }

    @Test
    void workers_areThreadsOfTheirOwn_andGoneAtTheEnd() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();

        drill(() -> threads.add(Thread.currentThread())).workers(6).rotations(1).run();

        assertThat(threads).hasSize(6).noneMatch(Thread::isAlive);
    }

    @Test
    void drill_isNotItsOwnApplication() {
        DrillReport report = drill(() -> {}).rotations(2).run();

        assertThat(report.phases()).allSatisfy(phase -> {
            assertThat(phase.calls()).isEmpty();
            assertThat(phase.logins()).isEmpty();
            assertThat(phase.callSpacing()).isEmpty();
        });
    }

    @Test
    void page_isWrittenWhereItIsAskedFor(@TempDir Path directory) {
        Path page = directory.resolve("deep/drill.html");

        drill(() -> {}).rotations(1).html(page).run();

        assertThat(page).content().contains("<title>Rotation drill of orders/db</title>");
    }

    @Test
    void drill_ofWhatCannotRotate_isRefused() {
        client.createSecret(r -> r.secretName("mail").versionId("v1").secretData("value"));

        assertThatThrownBy(() -> RotationDrill.of(() -> {}).against(kms, "mail").run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A drill rotates RDS secrets; \"mail\" is of the type Generic");
        assertThatThrownBy(() ->
                        RotationDrill.of(() -> {}).against(kms, "order/db").run())
                .isInstanceOf(SecretNotFoundException.class);
        assertThatThrownBy(() -> RotationDrill.of(() -> {}).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("against(kms, secretName)");
    }

    @Test
    void settings_outOfRange_areRefusedByName() {
        RotationDrill drill = drill(() -> {});

        assertThatThrownBy(() -> drill.workers(0)).hasMessage("workers is at least 1: 0");
        assertThatThrownBy(() -> drill.rotations(-1)).hasMessage("rotations is at least 0: -1");
        assertThatThrownBy(() -> drill.operations(0)).hasMessage("operations is at least 1: 0");
        assertThatThrownBy(() -> drill.patience(Duration.ZERO)).hasMessage("patience is more than no time: PT0S");
        assertThatThrownBy(() -> Disruption.kmsOutage(Duration.ofSeconds(-1)))
                .hasMessage("A KMS outage does not last PT-1S");
        assertThatThrownBy(() -> Disruption.deletedAndRestored(Duration.ofDays(7)))
                .hasMessageContaining("cannot be restored: PT168H");
    }

    @Test
    void readyDrills_ofAnApplicationThatTriesAgain_pass() {
        assertThat(Drills.dualRotation(tryingAgain(), kms, "orders/db").run()).survives();
        assertThat(Drills.kmsOutage(tryingAgain(), kms, "orders/db")
                        .holding(SHORT)
                        .run())
                .survives();
        assertThat(Drills.throttling(tryingAgain(), kms, "orders/db")
                        .holding(SHORT)
                        .run())
                .survives();
        assertThat(Drills.wrongClock(tryingAgain(), kms, "orders/db")
                        .holding(SHORT)
                        .run())
                .survives();
        assertThat(Drills.secretDeletedAndRestored(tryingAgain(), kms, "orders/db")
                        .holding(SHORT)
                        .run())
                .survives();
        useSingleAccount();
        assertThat(Drills.singleRotation(tryingAgain(), kms, "orders/db")
                        .holding(SHORT)
                        .run())
                .survives();
    }

    @Test
    void singleRotation_withoutAWindow_isRefused() {
        try (KmsEmulator other = KmsEmulator.start()) {
            assertThatThrownBy(() -> Drills.singleRotation(() -> {}, other, "orders/db"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("singleAccountWindow");
        }
    }

    private RotationDrill drill(Workload workload) {
        return RotationDrill.of(workload).against(kms, "orders/db").atLeast(SHORT);
    }

    private void useSingleAccount() {
        client.deleteSecret(r -> r.secretName("orders/db").forceDeleteWithoutRecovery(true));
        database.resetPassword(first.accountName(), first.accountPassword());
        client.createSecret(r -> r.secretName("orders/db").versionId("v1").rdsSingleAccount("rm-orders", first));
    }

    private int versions() {
        return client.listSecretVersionIds(r -> r.secretName("orders/db").includeDeprecated(true))
                .totalCount();
    }

    private RdsCredentials read() {
        return client.getSecretValue("orders/db").asRdsCredentials();
    }

    private void logIn(RdsCredentials account) {
        if (!database.acceptsLogin(account.accountName(), account.accountPassword())) {
            throw new IllegalStateException("no such luck");
        }
    }

    /** What it has logs in for long; if not, it asks for what is newer, with pauses, until that does. */
    private Workload tryingAgain() {
        AtomicReference<RdsCredentials> known = new AtomicReference<>(read());
        CountDownLatch never = new CountDownLatch(1);
        return () -> {
            RdsCredentials account = known.get();
            while (!database.acceptsLogin(account.accountName(), account.accountPassword())) {
                RdsCredentials refused = account;
                account = known.updateAndGet(now -> now.equals(refused) ? read() : now);
                if (account.equals(refused)) {
                    boolean unused = never.await(100, TimeUnit.MILLISECONDS);
                }
            }
        };
    }
}
