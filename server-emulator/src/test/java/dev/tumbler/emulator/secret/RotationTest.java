package dev.tumbler.emulator.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.rds.RdsInstances;
import dev.tumbler.emulator.rotation.AutomaticRotation;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.rotation.RotationQuota;
import dev.tumbler.emulator.rotation.RotationStrategy;
import dev.tumbler.emulator.rotation.Rotations;
import dev.tumbler.emulator.secret.SecretValue.Account;
import dev.tumbler.emulator.tag.Tags;
import dev.tumbler.emulator.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RDS secrets and their rotation, on instances in memory. */
@Timeout(30)
class RotationTest {
    private static final Instant START = SecretsFixture.START;
    private static final String FIRST = "First-pass-1";

    private final AtomicInteger passwords = new AtomicInteger();
    private final SecretsFixture fixture =
            new SecretsFixture(workers -> Rotations.by(workers, () -> "Rotated-pass-" + passwords.incrementAndGet())
                    .with(RotationQuota.perHour(50)));
    private final VirtualClock clock = fixture.clock;
    private final RdsInstances instances = fixture.rdsInstances;
    private final Secrets secrets = fixture.secrets;
    private RdsInstance rds;

    @BeforeEach
    void addInstance() {
        rds = instances.add("rm-1", RdsEngine.POSTGRESQL);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void dualAccount_oneAccountKnown_firstRotationCreatesTheClone() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));

        rotate("v2");

        assertThat(current()).isEqualTo(new Account("orders_clone", "Rotated-pass-1"));
        assertThat(previous()).isEqualTo(new Account("orders", FIRST));
        assertThat(secrets.describe("db").stages())
                .containsExactlyInAnyOrderEntriesOf(Map.of("ACSCurrent", "v2", "ACSPrevious", "v1"));
        assertLogsIn(current(), previous());
    }

    @Test
    void dualAccount_fourRotations_alternateAndKeepThePreviousVersionValid() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));
        List<String> names = new ArrayList<>();
        for (int i = 2; i <= 6; i++) {
            Account overwritten = i == 2 ? null : previous();
            names.add(current().accountName());
            rotate("v" + i);
            assertLogsIn(current(), previous());
            if (overwritten != null) {
                assertThat(rds.acceptsLogin(overwritten.accountName(), overwritten.accountPassword()))
                        .isFalse();
            }
        }
        assertThat(names).containsExactly("orders", "orders_clone", "orders", "orders_clone", "orders");
    }

    @Test
    @Proves({"RdsSecrets/R31/import-two", "RdsSecrets/R33/wrong-password"})
    void dualAccount_twoAccountsKnown_firstRotationUsesTheSecond_andHealsItsPassword() {
        rds.createAccount("orders", FIRST);
        rds.createAccount("orders_b", "Real-pass-of-b1");
        create(
                RotationStrategy.DUAL_ACCOUNT,
                RotationPolicy.manual(),
                new Account("orders", FIRST),
                new Account("orders_b", "Wrong-pass-of-b1"));
        rotate("v2");
        assertThat(current().accountName()).isEqualTo("orders_b");
        assertLogsIn(current(), previous());
        assertThat(rds.hasAccount("orders_clone")).isFalse();
    }

    @Test
    @Proves("RdsSecrets/R33/wrong-password")
    void dualAccount_wrongFirstPassword_isHealedByTheSecondRotation() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", "Wrong-pass-1"));
        rotate("v2");
        assertLogsIn(current());
        rotate("v3");
        assertThat(current().accountName()).isEqualTo("orders");
        assertLogsIn(current(), previous());
    }

    @Test
    void singleAccount_rotation_changesThePasswordInPlace() {
        rds.createAccount("ops", FIRST);
        create(RotationStrategy.SINGLE_ACCOUNT, RotationPolicy.manual(), new Account("ops", FIRST));
        rotate("v2");
        assertThat(current()).isEqualTo(new Account("ops", "Rotated-pass-1"));
        assertLogsIn(current());
        assertThat(previous()).isEqualTo(new Account("ops", FIRST));
        assertThat(rds.acceptsLogin("ops", FIRST)).isFalse();
    }

    @Test
    @Proves("RotateSecret/rate")
    void rotate_fiftyFirstInAnHour_isThrottled_butNeitherARepeatNorTheSchedule() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));
        IntStream.range(0, 50).forEach(i -> rotate("r" + i));
        assertThatThrownBy(() -> secrets.rotate("db", "r50"))
                .isInstanceOfSatisfying(
                        KmsError.class, e -> assertThat(e.code()).isEqualTo("Rejected.Throttling"))
                .hasMessageStartingWith("QPS Limit Exceeded");
        rotate("r49");
        clock.advance(Duration.ofHours(1).minusSeconds(1));
        assertThatThrownBy(() -> secrets.rotate("db", "r50")).isInstanceOf(KmsError.class);
        clock.advance(Duration.ofSeconds(1));
        rotate("r50");
        assertThat(passwords).hasValue(51);

        IntStream.range(51, 100).forEach(i -> rotate("r" + i));
        changeRotation(RotationPolicy.every(Duration.ofHours(6)));
        clock.advance(Duration.ofHours(6));
        assertThat(passwords).as("49 more, and the one that was due").hasValue(101);
    }

    @Test
    void rotate_sameVersionIdAgain_changesNothing() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));
        rotate("v2");
        Secret before = secrets.describe("db");
        rotate("v2");
        rotate("v1");
        assertThat(secrets.describe("db")).isEqualTo(before);
        assertThat(passwords).hasValue(1);
    }

    @Test
    void rotate_whileOneRuns_isRefusedUnlessItIsTheSame() {
        CountDownLatch hang = new CountDownLatch(1);
        rds = instances.attach("rm-slow", new StallingInstance(hang));
        rds.createAccount("orders", FIRST);
        create("rm-slow", RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));

        CompletableFuture<Secret> running = secrets.rotate("db", "v2");
        assertThat(secrets.rotate("db", "v2")).isSameAs(running);
        assertThatThrownBy(() -> secrets.rotate("db", "v3"))
                .isInstanceOfSatisfying(
                        KmsError.class, e -> assertThat(e.code()).isEqualTo("Rejected.ResourceInUse"))
                .hasMessage("Your secret is being rotated, please try again later.");
        assertThat(current().accountPassword()).as("readers are not blocked").isEqualTo(FIRST);
        assertThat(secrets.describe("db").versions())
                .as("nothing pending is visible")
                .hasSize(1);

        hang.countDown();
        running.join();
        assertThat(current().accountName()).isEqualTo("orders_clone");
    }

    @Test
    void rotate_anotherInstanceHangs_isNotDelayed() {
        CountDownLatch hang = new CountDownLatch(1);
        RdsInstance slow = instances.attach("rm-slow", new StallingInstance(hang));
        slow.createAccount("orders", FIRST);
        secrets.create(rdsSecret("slow/db", "rm-slow", RotationPolicy.manual()));
        CompletableFuture<Secret> stalled = secrets.rotate("slow/db", "v2");

        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));
        rotate("v2");

        assertThat(stalled).isNotDone();
        hang.countDown();
        stalled.join();
    }

    @Test
    void rotate_accountDeleted_failsAndLeavesTheCurrentVersion_andHealsLater() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.every(Duration.ofDays(7)), new Account("orders", FIRST));
        rotate("v2");
        Account current = current();
        rds.deleteAccount("orders");

        assertThatThrownBy(() -> secrets.rotate("db", "v3").join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(KmsError.class)
                .hasMessageContainingAll("rotation of \"db\" failed", "\"orders\"");
        assertThat(current()).isEqualTo(current);
        assertThat(automaticRotation()).isEqualTo(AutomaticRotation.INVALID);
        assertThat(secrets.describe("db").versions()).hasSize(2);

        rds.createAccount("orders", "Recreated-1");
        rotate("v3");
        assertThat(automaticRotation()).isEqualTo(AutomaticRotation.ENABLED);
        assertLogsIn(current());
    }

    @Test
    void rotate_instanceGone_failsAndManualRotationStaysDisabled() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));
        instances.remove("rm-1");
        assertThatThrownBy(() -> secrets.rotate("db", "v2").join()).hasMessageContaining("rm-1 no longer exists");
        assertThat(automaticRotation()).isEqualTo(AutomaticRotation.DISABLED);
    }

    @Test
    void automaticRotation_aYear_rotatesOnEachDueDate() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.every(Duration.ofDays(7)), new Account("orders", FIRST));
        assertThat(secrets.describe("db").nextRotation()).isEqualTo(START.plus(Duration.ofDays(7)));

        clock.advance(Duration.ofDays(365));

        assertThat(passwords).hasValue(52);
        Secret secret = secrets.describe("db");
        assertThat(secret.management().rotation().lastRotation()).isEqualTo(START.plus(Duration.ofDays(364)));
        assertThat(secret.nextRotation()).isEqualTo(START.plus(Duration.ofDays(371)));
        assertThat(secret.versions()).hasSize(10);
        assertLogsIn(current(), previous());
    }

    @Test
    void automaticRotation_manualRotationBetween_countsFromIt() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.every(Duration.ofDays(7)), new Account("orders", FIRST));
        clock.advance(Duration.ofDays(3));
        rotate("v2");
        clock.advance(Duration.ofDays(6));
        assertThat(passwords).hasValue(1);
        clock.advance(Duration.ofDays(1));
        assertThat(passwords).hasValue(2);
    }

    @Test
    void automaticRotation_scheduledForDeletion_isSkipped() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.every(Duration.ofDays(7)), new Account("orders", FIRST));
        secrets.scheduleDeletion("db", 30);
        clock.advance(Duration.ofDays(40));
        assertThat(passwords).hasValue(0);
        assertThat(rds.acceptsLogin("orders", FIRST))
                .as("the account stays as it was")
                .isTrue();
    }

    @Test
    void changeRotation_enabled_countsFromCreationOrTheLastRotation() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));
        clock.advance(Duration.ofDays(1));
        Secret weekly = changeRotation(RotationPolicy.every(Duration.ofDays(7)));
        assertThat(weekly.nextRotation()).isEqualTo(START.plus(Duration.ofDays(7)));
        assertThat(weekly.updateTime()).isEqualTo(START.plus(Duration.ofDays(1)));
        assertThat(passwords).hasValue(0);
        rotate("v2");
        assertThat(changeRotation(RotationPolicy.every(Duration.ofHours(6))).nextRotation())
                .isEqualTo(START.plus(Duration.ofHours(30)));
        clock.advance(Duration.ofHours(6));
        assertThat(passwords).hasValue(2);
    }

    @Test
    void changeRotation_overdue_rotatesAtOnce_alsoOnAFrozenClock() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));
        clock.advance(Duration.ofDays(7));
        Secret rotated = changeRotation(RotationPolicy.every(Duration.ofDays(7)));
        assertThat(passwords).hasValue(1);
        assertThat(current().accountName()).isEqualTo("orders_clone");
        assertThat(rotated.nextRotation()).isEqualTo(START.plus(Duration.ofDays(14)));
        clock.advance(Duration.ofDays(7));
        assertThat(passwords).as("and then each week").hasValue(2);
    }

    @Test
    void changeRotation_overdueAndTheDatabaseFails_isInvalid_andEnabledWhenItIsSetAgain() {
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));
        clock.advance(Duration.ofDays(7));
        changeRotation(RotationPolicy.every(Duration.ofDays(7)));
        assertThat(automaticRotation()).isEqualTo(AutomaticRotation.INVALID);
        rds.createAccount("orders", FIRST);
        clock.advance(Duration.ofDays(30));
        assertThat(passwords).as("one try").hasValue(1);
        changeRotation(RotationPolicy.every(Duration.ofDays(7)));
        assertThat(automaticRotation()).isEqualTo(AutomaticRotation.ENABLED);
        assertLogsIn(current(), previous());
    }

    @Test
    void changeRotation_disabled_rotatesNoMoreButRemembersTheLast() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.every(Duration.ofDays(7)), new Account("orders", FIRST));
        clock.advance(Duration.ofDays(7));
        Secret disabled = changeRotation(RotationPolicy.manual());
        assertThat(disabled.nextRotation()).isNull();
        assertThat(disabled.management().rotation().lastRotation()).isEqualTo(START.plus(Duration.ofDays(7)));
        clock.advance(Duration.ofDays(365));
        assertThat(passwords).hasValue(1);
    }

    @Test
    @Proves("UpdateSecretRotationPolicy/rotating")
    void changeRotation_whileARotationRuns_isRefused() {
        CountDownLatch hang = new CountDownLatch(1);
        instances.attach("rm-slow", new StallingInstance(hang)).createAccount("orders", FIRST);
        create("rm-slow", RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));
        CompletableFuture<Secret> running = secrets.rotate("db", "v2");
        assertThatThrownBy(() -> secrets.changeRotation("db", RotationPolicy.every(Duration.ofDays(7))))
                .isInstanceOfSatisfying(
                        KmsError.class, e -> assertThat(e.code()).isEqualTo("Rejected.ResourceInUse"));
        assertThat(secrets.update("db", "meanwhile", null).description()).isEqualTo("meanwhile");
        hang.countDown();
        assertThat(running.join().description()).isEqualTo("meanwhile");
        assertThat(automaticRotation()).isEqualTo(AutomaticRotation.DISABLED);
    }

    @Test
    void restore_rotationFellDueInTheWindow_rotatesAtOnce() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.every(Duration.ofDays(7)), new Account("orders", FIRST));
        secrets.scheduleDeletion("db", 30);
        clock.advance(Duration.ofDays(20));
        assertThat(passwords).hasValue(0);
        Secret restored = secrets.restore("db").join();
        assertThat(passwords).hasValue(1);
        assertThat(restored.nextRotation()).isEqualTo(START.plus(Duration.ofDays(27)));
        assertLogsIn(current(), previous());
    }

    @Test
    void restore_rotationNotYetDue_keepsItsDate() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.every(Duration.ofDays(7)), new Account("orders", FIRST));
        secrets.scheduleDeletion("db", 30);
        clock.advance(Duration.ofDays(6));
        secrets.restore("db").join();
        assertThat(passwords).hasValue(0);
        clock.advance(Duration.ofDays(1));
        assertThat(passwords).hasValue(1);
    }

    @Test
    void update_customData_isReplacedAndSurvivesRotations() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));
        CustomData data = new CustomData("{\"DBName\":\"shop\"}", 1);
        secrets.update("db", null, data);
        rotate("v2");
        assertThat(secrets.describe("db").management().customData()).isEqualTo(data);
    }

    @Test
    void putValueOrMoveStage_managedSecret_isUnsupported() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));
        assertThatThrownBy(() -> secrets.putValue("db", "v2", new SecretValue.Text("x"), List.of()))
                .isInstanceOfSatisfying(
                        KmsError.class, e -> assertThat(e.code()).isEqualTo("Rejected.UnsupportedOperation"));
        assertThatThrownBy(() -> secrets.moveStage("db", new StageMove("ACSCurrent", "v1", null)))
                .isInstanceOfSatisfying(
                        KmsError.class, e -> assertThat(e.code()).isEqualTo("Rejected.UnsupportedOperation"));
    }

    @Test
    void getValue_managedSecret_ignoresVersionIdAndHasTwoStagesOnly() {
        rds.createAccount("orders", FIRST);
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual(), new Account("orders", FIRST));
        rotate("v2");
        assertThat(secrets.getValue("db", "v1", null).version().versionId()).isEqualTo("v2");
        assertThatThrownBy(() -> secrets.getValue("db", null, "Blue"))
                .isInstanceOfSatisfying(
                        KmsError.class, e -> assertThat(e.code()).isEqualTo("InvalidParameter"));
    }

    /** What was read before is gone, so the password that the database has acknowledged is the only one that can log in. */
    @Test
    void singleAccount_databaseDownBeforeTheTestLogin_isRotatedAllTheSame() {
        InterruptedInstance database = attach("ops");
        create(
                "rm-down",
                RotationStrategy.SINGLE_ACCOUNT,
                RotationPolicy.every(Duration.ofDays(7)),
                new Account("ops", FIRST));
        database.afterChange = database.memory::stop;
        rotate("v2");
        database.memory.start();
        assertThat(current()).isEqualTo(new Account("ops", "Rotated-pass-1"));
        assertThat(automaticRotation()).isEqualTo(AutomaticRotation.ENABLED);
        assertLogsIn(current());
    }

    @Test
    void singleAccount_acknowledgementLost_isRotatedIfThePasswordLogsIn() {
        InterruptedInstance database = attach("ops");
        create("rm-down", RotationStrategy.SINGLE_ACCOUNT, RotationPolicy.manual(), new Account("ops", FIRST));
        database.afterChange = InterruptedInstance::fail;
        rotate("v2");
        assertThat(current()).isEqualTo(new Account("ops", "Rotated-pass-1"));
        assertLogsIn(current());
    }

    @Test
    void singleAccount_changeFailsOrNobodyKnows_keepsItsVersion_andHeals() {
        InterruptedInstance database = attach("ops");
        create("rm-down", RotationStrategy.SINGLE_ACCOUNT, RotationPolicy.manual(), new Account("ops", FIRST));
        database.beforeChange = InterruptedInstance::fail;
        assertThatThrownBy(() -> rotate("v2")).hasMessageContaining("did not answer");
        assertThat(current()).isEqualTo(new Account("ops", FIRST));
        assertLogsIn(current());

        database.beforeChange = () -> {};
        database.afterChange = () -> {
            database.memory.stop();
            InterruptedInstance.fail();
        };
        assertThatThrownBy(() -> rotate("v2")).hasMessageContaining("did not answer");
        assertThat(current()).isEqualTo(new Account("ops", FIRST));
        database.memory.start();
        database.afterChange = () -> {};
        rotate("v2");
        assertLogsIn(current());
    }

    /** The account in use is not touched, so nothing is lost by waiting for a rotation that can be tested. */
    @Test
    void dualAccount_databaseDownBeforeTheTestLogin_fails_andKeepsTheCurrentVersion() {
        InterruptedInstance database = attach("orders");
        create(
                "rm-down",
                RotationStrategy.DUAL_ACCOUNT,
                RotationPolicy.every(Duration.ofDays(7)),
                new Account("orders", FIRST));
        database.afterChange = database.memory::stop;
        assertThatThrownBy(() -> rotate("v2")).hasMessageContaining("is stopped");
        database.memory.start();
        assertThat(current()).isEqualTo(new Account("orders", FIRST));
        assertThat(automaticRotation()).isEqualTo(AutomaticRotation.INVALID);
        assertLogsIn(current());
    }

    private InterruptedInstance attach(String accountName) {
        InterruptedInstance database = new InterruptedInstance(RdsInstance.inMemory(RdsEngine.POSTGRESQL));
        rds = instances.attachWithoutProbe("rm-down", database);
        rds.createAccount(accountName, FIRST);
        return database;
    }

    private void assertLogsIn(Account... accounts) {
        for (Account account : accounts) {
            assertThat(rds.acceptsLogin(account.accountName(), account.accountPassword()))
                    .as("login of %s", account.accountName())
                    .isTrue();
        }
    }

    private Secret changeRotation(RotationPolicy policy) {
        return secrets.changeRotation("db", policy).join();
    }

    private void rotate(String versionId) {
        secrets.rotate("db", versionId).join();
    }

    private Account current() {
        return (Account) secrets.getValue("db", null, null).version().value();
    }

    private Account previous() {
        return (Account) secrets.getValue("db", null, "ACSPrevious").version().value();
    }

    private AutomaticRotation automaticRotation() {
        return secrets.describe("db").management().rotation().automaticRotation();
    }

    private void create(RotationStrategy strategy, RotationPolicy policy, Account... accounts) {
        create("rm-1", strategy, policy, accounts);
    }

    private void create(String dbInstanceId, RotationStrategy strategy, RotationPolicy policy, Account... accounts) {
        secrets.create(new NewSecret(
                "db", "v1", managed(strategy, dbInstanceId, policy, accounts), "", null, null, Tags.NONE, null));
    }

    private static NewSecret rdsSecret(String name, String dbInstanceId, RotationPolicy policy) {
        return new NewSecret(
                name,
                "v1",
                managed(RotationStrategy.DUAL_ACCOUNT, dbInstanceId, policy, new Account("orders", FIRST)),
                "",
                null,
                null,
                Tags.NONE,
                null);
    }

    private static NewSecret.Managed managed(
            RotationStrategy strategy, String dbInstanceId, RotationPolicy policy, Account... accounts) {
        List<String> names = Stream.of(accounts).map(Account::accountName).toList();
        return new NewSecret.Managed(
                new Management(new RdsAccounts(strategy, dbInstanceId, names), CustomData.NONE, policy),
                List.of(accounts));
    }
}
