package dev.tumbler.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.ListSecretVersionIdsRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.tea.TeaException;
import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.event.SecretEvent;
import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.ForwardingRdsInstance;
import dev.tumbler.emulator.testing.KmsSdk;
import dev.tumbler.emulator.testing.KmsSdk.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of an RDS secret as the page "ApsaraDB RDS secrets" tells it, seen through the official SDK. */
@Timeout(60)
class RdsSecretLifeTest {
    private static final String SDK_V2 = "SDK V2, ACS3";
    private static final String SECRET = "orders/db";
    private static final String PASSWORD = "First-pass-1";

    private final KmsEmulator kms = KmsEmulator.builder()
            .clockFrozenAt(Instant.parse("2026-01-01T00:00:00Z"))
            .start();
    private final InMemoryRdsInstance memory = RdsInstance.inMemory(RdsEngine.POSTGRESQL);
    private final Watched database = new Watched(memory);
    private Client sdk;

    @BeforeEach
    void connect() throws Exception {
        sdk = KmsSdk.connect(kms);
        memory.createAccount("orders", PASSWORD);
        kms.rds().attachWithoutProbe("rm-1", database);
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    @Test
    @Proves(
            value = {"RdsSecrets/R1/versioned", "RdsSecrets/R2/current"},
            by = SDK_V2)
    void secret_created_isAVersionWithNameAndPassword() throws Exception {
        create("DoubleUsers");

        assertThat(sdk.listSecretVersionIds(new ListSecretVersionIdsRequest().setSecretName(SECRET))
                        .getBody()
                        .getVersionIds()
                        .getVersionId())
                .singleElement()
                .satisfies(version -> {
                    assertThat(version.getVersionId()).isEqualTo("v1");
                    assertThat(version.getVersionStages().getVersionStage()).containsExactly("ACSCurrent");
                });
        assertThat(KmsSdk.read(sdk, SECRET, null).getVersionStages().getVersionStage())
                .containsExactly("ACSCurrent");
        assertThat(account(null)).isEqualTo(new Account("orders", PASSWORD));
        rotate("v2");
        assertThat(account(null)).as("without a stage").isEqualTo(account("ACSCurrent"));
    }

    @Test
    @Proves(
            value = {
                "RdsSecrets/R4/password-only",
                "RdsSecrets/R5/immediate",
                "RdsSecrets/R10/alternates",
                "RdsSecrets/R15/second-account",
                "RdsSecrets/R16/no-third-account",
                "RdsSecrets/R58/one-reset",
            },
            by = SDK_V2)
    void dualAccount_fourRotations_changeThePasswordOfTheOtherAccountInTurn() throws Exception {
        create("DoubleUsers");
        assertThat(memory.accountNames()).containsExactly("orders");

        Account before = account("ACSCurrent");
        List<String> others = List.of("orders_clone", "orders", "orders_clone", "orders");
        for (int i = 0; i < others.size(); i++) {
            rotate("v" + (i + 2));
            assertThat(KmsSdk.read(sdk, SECRET, "ACSCurrent").getVersionId()).isEqualTo("v" + (i + 2));
            Account after = account("ACSCurrent");
            assertThat(after.name()).isEqualTo(others.get(i));
            assertThat(account("ACSPrevious")).isEqualTo(before);
            assertThat(after.password()).isNotEqualTo(before.password());
            assertThat(logsIn(after)).isTrue();
            before = after;
        }

        assertThat(memory.accountNames()).containsExactly("orders", "orders_clone");
        assertThat(database.changes)
                .containsExactly("clone orders to orders_clone", "reset orders", "reset orders_clone", "reset orders");
    }

    @Test
    @Proves(value = "RdsSecrets/R11/always-one", by = SDK_V2)
    void dualAccount_readAtEveryStepOfARotation_logsIn() throws Exception {
        create("DoubleUsers");
        Queue<Boolean> logins = new ConcurrentLinkedQueue<>();
        database.atEachStep = () -> {
            Account read = account("ACSCurrent");
            logins.add(memory.acceptsLogin(read.name(), read.password()));
        };

        rotate("v2");
        rotate("v3");
        rotate("v4");

        assertThat(logins)
                .as("before and after the change, before and after the test of it")
                .hasSize(12);
        assertThat(logins).containsOnly(true);
    }

    @Test
    @Proves(value = "RdsSecrets/R12/one-account", by = SDK_V2)
    void singleAccount_threeRotations_haveOneAccount() throws Exception {
        create("SingleUser");
        for (String versionId : List.of("v2", "v3", "v4")) {
            Account before = account("ACSCurrent");
            rotate(versionId);
            assertThat(account("ACSCurrent").name()).isEqualTo("orders");
            assertThat(logsIn(account("ACSCurrent"))).isTrue();
            assertThat(account("ACSPrevious")).isEqualTo(before);
            assertThat(logsIn(before)).isFalse();
        }
        assertThat(memory.accountNames()).containsExactly("orders");
        assertThat(database.changes).containsOnly("reset orders").hasSize(3);
    }

    @Test
    @Proves(value = "RdsSecrets/R7/deleted-meanwhile", by = SDK_V2)
    void account_deletedDuringARotation_failsIt() throws Exception {
        database.afterChange = () -> memory.deleteAccount("orders_clone");
        assertRotationFails("the test login of account \"orders_clone\"");
    }

    @Test
    @Proves(value = "RdsSecrets/R7/deleted-meanwhile", by = SDK_V2)
    void instance_releasedDuringARotation_failsIt() throws Exception {
        // Under another id too, since what is released is an instance in memory, and not one that forwards to it.
        kms.rds().attachWithoutProbe("rm-2", memory);
        database.afterChange = () -> kms.rds().remove("rm-2");
        assertRotationFails("has been released");
    }

    private void assertRotationFails(String message) throws Exception {
        Queue<SecretEvent> events = new ConcurrentLinkedQueue<>();
        create("DoubleUsers");
        kms.events().listen(events::add);

        assertThatThrownBy(() -> rotate("v2"))
                .isInstanceOfSatisfying(
                        TeaException.class, e -> assertThat(e.getCode()).isEqualTo("InternalFailure"))
                .hasMessageContaining(message);

        assertThat(KmsSdk.read(sdk, SECRET, "ACSCurrent").getVersionId()).isEqualTo("v1");
        assertThatThrownBy(() -> account("ACSPrevious")).hasMessageContaining("not found");
        kms.clock().advance(Duration.ZERO);
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("RotationStarted", "RotationFailed");
    }

    @Test
    @Proves(value = "RdsSecrets/R62/by-hand", by = SDK_V2)
    void leakedPassword_rotatedByHand_noLongerLogsIn() throws Exception {
        create("SingleUser");
        Account leaked = account("ACSCurrent");
        assertThat(KmsSdk.read(sdk, SECRET, "ACSCurrent").getAutomaticRotation())
                .isEqualTo("Disabled");

        rotate("v2");

        assertThat(logsIn(leaked)).isFalse();
        assertThat(logsIn(account("ACSCurrent"))).isTrue();
        assertThat(KmsSdk.read(sdk, SECRET, "ACSCurrent").getAutomaticRotation())
                .isEqualTo("Disabled");
    }

    @Test
    @Proves(value = "RdsSecrets/R70/accounts-remain", by = SDK_V2)
    void secret_deletedEitherWay_leavesTheAccounts() throws Exception {
        create("DoubleUsers");
        rotate("v2");
        Set<Account> accounts = Set.of(account("ACSCurrent"), account("ACSPrevious"));

        sdk.deleteSecret(new DeleteSecretRequest().setSecretName(SECRET).setRecoveryWindowInDays("7"));
        assertThat(accounts).allMatch(this::logsIn);
        kms.clock().advance(Duration.ofDays(7));
        assertThat(accounts).allMatch(this::logsIn);

        create("DoubleUsers");
        sdk.deleteSecret(new DeleteSecretRequest().setSecretName(SECRET).setForceDeleteWithoutRecovery("true"));
        assertThat(accounts).allMatch(this::logsIn);
        assertThat(memory.accountNames()).containsExactly("orders", "orders_clone");
    }

    private void create(String subType) throws Exception {
        sdk.createSecret(KmsSdk.rdsSecret(SECRET, subType, "rm-1", "orders", PASSWORD));
    }

    private void rotate(String versionId) throws Exception {
        sdk.rotateSecret(new RotateSecretRequest().setSecretName(SECRET).setVersionId(versionId));
    }

    private Account account(String stage) throws Exception {
        return KmsSdk.account(KmsSdk.read(sdk, SECRET, stage));
    }

    private boolean logsIn(Account account) {
        return memory.acceptsLogin(account.name(), account.password());
    }

    /** What a test does while a rotation is under way. */
    private interface Meanwhile {
        void run() throws Exception;
    }

    /** A database whose rotations are watched, and interfered with. */
    private static final class Watched extends ForwardingRdsInstance {
        private final Queue<String> changes = new ConcurrentLinkedQueue<>();
        private volatile Meanwhile atEachStep = () -> {};
        private volatile Meanwhile afterChange = () -> {};

        Watched(RdsInstance database) {
            super(database);
        }

        @Override
        public void cloneAccount(String source, String clone, String password) {
            now(atEachStep);
            super.cloneAccount(source, clone, password);
            changes.add("clone " + source + " to " + clone);
            now(afterChange);
            now(atEachStep);
        }

        @Override
        public void resetPassword(String accountName, String newPassword) {
            now(atEachStep);
            super.resetPassword(accountName, newPassword);
            changes.add("reset " + accountName);
            now(afterChange);
            now(atEachStep);
        }

        @Override
        public boolean acceptsLogin(String accountName, String password) {
            now(atEachStep);
            boolean accepted = super.acceptsLogin(accountName, password);
            now(atEachStep);
            return accepted;
        }

        private static void now(Meanwhile action) {
            try {
                action.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
