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
import dev.tumbler.emulator.rotation.RotationStrategy;
import dev.tumbler.emulator.rotation.Rotations;
import dev.tumbler.emulator.secret.SecretValue.Account;
import dev.tumbler.emulator.tag.Tags;
import dev.tumbler.emulator.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Between the new password and the new version: on a clock that stands, where the window ends when a test says so. */
@Timeout(30)
class SingleAccountWindowTest {
    private static final Instant START = SecretsFixture.START;
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Account FIRST = new Account("ops", "First-pass-1");

    private final AtomicInteger passwords = new AtomicInteger();
    private final SecretsFixture fixture =
            new SecretsFixture(workers -> Rotations.by(workers, () -> "Rotated-pass-" + passwords.incrementAndGet())
                    .withSingleAccountWindow(WINDOW));
    private final VirtualClock clock = fixture.clock;
    private final RdsInstances instances = fixture.rdsInstances;
    private final Secrets secrets = fixture.secrets;
    private final RdsInstance rds = instances.add("rm-1", RdsEngine.MYSQL);

    @BeforeEach
    void createAccount() {
        rds.createAccount(FIRST.accountName(), FIRST.accountPassword());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    @Proves("RdsSecrets/R13/brief-window")
    void window_open_theCurrentVersionDoesNotLogIn_andNothingOfTheNextShows() {
        create(RotationStrategy.SINGLE_ACCOUNT, RotationPolicy.manual());
        Secret before = secrets.describe("db");

        Secret answer = rotate("v2");
        clock.advance(WINDOW.minusNanos(1));

        assertThat(answer).isEqualTo(before);
        assertThat(secrets.describe("db")).isEqualTo(before);
        assertThat(current()).isEqualTo(FIRST);
        assertThat(logsIn(FIRST)).isFalse();
        assertThat(rds.acceptsLogin("ops", "Rotated-pass-1")).isTrue();
    }

    @Test
    @Proves("RdsSecrets/R13/brief-window")
    void window_over_theNewVersionIsCurrentAndLogsIn() {
        create(RotationStrategy.SINGLE_ACCOUNT, RotationPolicy.manual());
        rotate("v2");
        clock.advance(WINDOW);

        assertThat(current()).isEqualTo(new Account("ops", "Rotated-pass-1"));
        assertThat(logsIn(current())).isTrue();
        Secret secret = secrets.describe("db");
        assertThat(secret.stages()).containsEntry("ACSCurrent", "v2").containsEntry("ACSPrevious", "v1");
        assertThat(secret.version("v2").orElseThrow().createTime()).isEqualTo(START.plus(WINDOW));
        assertThat(secret.management().rotation().lastRotation()).isEqualTo(START.plus(WINDOW));
    }

    @Test
    void window_open_theSecretIsBeingRotated() {
        create(RotationStrategy.SINGLE_ACCOUNT, RotationPolicy.manual());
        rotate("v2");

        assertBeingRotated(() -> secrets.rotate("db", "v3"));
        assertBeingRotated(() -> secrets.changeRotation("db", RotationPolicy.every(Duration.ofDays(7))));
        rotate("v2");
        assertThat(passwords).as("the same version again changes nothing").hasValue(1);

        clock.advance(WINDOW);
        rotate("v3");
        assertThat(passwords).hasValue(2);
    }

    @Test
    void windows_ofAutomaticRotations_passInOneAdvance() {
        create(RotationStrategy.SINGLE_ACCOUNT, RotationPolicy.every(Duration.ofDays(7)));
        clock.advance(Duration.ofDays(7));
        assertThat(logsIn(current())).as("at the moment of the rotation").isFalse();

        clock.advance(Duration.ofDays(22));

        assertThat(passwords).hasValue(4);
        assertThat(secrets.describe("db").management().rotation().lastRotation())
                .as("each period counts from the end of the window before")
                .isEqualTo(START.plus(Duration.ofDays(28)).plus(WINDOW.multipliedBy(4)));
        assertThat(logsIn(current())).isTrue();
    }

    @Test
    void window_deletionScheduledWithinAndRestored_stillEndsWithTheNewVersion() {
        create(RotationStrategy.SINGLE_ACCOUNT, RotationPolicy.every(Duration.ofDays(7)));
        rotate("v2");
        secrets.scheduleDeletion("db", 7);
        clock.advance(WINDOW);
        secrets.restore("db").join();

        assertThat(logsIn(current())).isTrue();
        assertThat(secrets.describe("db").management().rotation().automaticRotation())
                .isEqualTo(AutomaticRotation.ENABLED);
        clock.advance(Duration.ofDays(8));
        assertThat(passwords).as("its schedule goes on").hasValue(2);
    }

    @Test
    void window_secretDeletedWithin_leavesTheAccountAndAFreeName() {
        create(RotationStrategy.SINGLE_ACCOUNT, RotationPolicy.manual());
        rotate("v2");
        secrets.deleteNow("db");
        create(RotationStrategy.SINGLE_ACCOUNT, RotationPolicy.manual());
        clock.advance(WINDOW);

        assertThat(secrets.describe("db").versions()).hasSize(1);
        assertThat(rds.acceptsLogin("ops", "Rotated-pass-1")).isTrue();
    }

    @Test
    void window_rotationThatFails_opensNone() {
        create(RotationStrategy.SINGLE_ACCOUNT, RotationPolicy.manual());
        rds.deleteAccount("ops");
        assertThatThrownBy(() -> rotate("v2")).hasMessageContaining("rotation of \"db\" failed");
        rds.createAccount("ops", "Recreated-1");

        rotate("v2");
        clock.advance(WINDOW);
        assertThat(logsIn(current())).isTrue();
    }

    @Test
    void dualAccount_hasNoWindow() {
        create(RotationStrategy.DUAL_ACCOUNT, RotationPolicy.manual());
        rotate("v2");
        assertThat(current().accountName()).isEqualTo("ops_clone");
        assertThat(logsIn(current())).isTrue();
        assertThat(logsIn(FIRST)).isTrue();
    }

    private void assertBeingRotated(Supplier<CompletableFuture<Secret>> call) {
        assertThatThrownBy(call::get)
                .isInstanceOfSatisfying(
                        KmsError.class, e -> assertThat(e.code()).isEqualTo("Rejected.ResourceInUse"))
                .hasMessage("Your secret is being rotated, please try again later.");
    }

    private Secret rotate(String versionId) {
        return secrets.rotate("db", versionId).join();
    }

    private Account current() {
        return (Account) secrets.getValue("db", null, null).version().value();
    }

    private boolean logsIn(Account account) {
        return rds.acceptsLogin(account.accountName(), account.accountPassword());
    }

    private void create(RotationStrategy strategy, RotationPolicy policy) {
        NewSecret.Managed content = new NewSecret.Managed(
                new Management(
                        new RdsAccounts(strategy, "rm-1", List.of(FIRST.accountName())), CustomData.NONE, policy),
                List.of(FIRST));
        secrets.create(new NewSecret("db", "v1", content, "", null, null, Tags.NONE, null));
    }
}
