package dev.tumbler.emulator.rds;

import static dev.tumbler.emulator.rds.RdsAssertions.assertRdsException;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What holds for every instance, in memory or real. */
interface RdsInstanceContract {
    String PASSWORD = "Contract-passw0rd";
    String OTHER_PASSWORD = "0ther_Contract_pass";
    AtomicInteger ACCOUNTS = new AtomicInteger();

    /** The instance under test, which many tests share. */
    RdsInstance instance();

    /** A name that no other test uses. */
    static String newName() {
        return "contract_" + ACCOUNTS.incrementAndGet();
    }

    @Test
    default void createAccount_newName_logsInWithThePasswordOnly() {
        String account = newName();
        assertThat(instance().hasAccount(account)).isFalse();

        instance().createAccount(account, PASSWORD);

        assertThat(instance().hasAccount(account)).isTrue();
        assertThat(instance().acceptsLogin(account, PASSWORD)).isTrue();
        assertThat(instance().acceptsLogin(account, OTHER_PASSWORD)).isFalse();
        assertThat(instance().acceptsLogin(account, "")).isFalse();
        assertThat(instance().acceptsLogin(account, "\u0000\u0007\ud800 ☃")).isFalse();
    }

    @Test
    default void createAccount_existingName_isRefusedAndKeepsThePassword() {
        String account = newName();
        instance().createAccount(account, PASSWORD);

        assertRdsException(() -> instance().createAccount(account, OTHER_PASSWORD), RdsException.Reason.ACCOUNT_EXISTS)
                .hasMessageContainingAll(account, instance().location());

        assertThat(instance().acceptsLogin(account, PASSWORD)).isTrue();
    }

    @Test
    default void createAccount_invalidName_isRefused() {
        assertRdsException(
                        () -> instance().createAccount("ends_with_", PASSWORD),
                        RdsException.Reason.INVALID_ACCOUNT_NAME)
                .hasMessageContaining("\"ends_with_\"");
    }

    @Test
    default void everyChange_invalidPassword_isRefusedAndNotShown() {
        String account = newName();
        instance().createAccount(account, PASSWORD);

        assertRdsException(
                        () -> instance().createAccount(newName(), "weakpassword"), RdsException.Reason.INVALID_PASSWORD)
                .hasMessageNotContaining("weakpassword");
        assertRdsException(
                        () -> instance().resetPassword(account, "weakpassword"), RdsException.Reason.INVALID_PASSWORD)
                .hasMessageNotContaining("weakpassword");
        assertRdsException(
                        () -> instance().cloneAccount(account, newName(), "weakpassword"),
                        RdsException.Reason.INVALID_PASSWORD)
                .hasMessageNotContaining("weakpassword");
    }

    @Test
    default void resetPassword_existingAccount_refusesTheOldPassword() {
        String account = newName();
        instance().createAccount(account, PASSWORD);

        instance().resetPassword(account, OTHER_PASSWORD);

        assertThat(instance().acceptsLogin(account, OTHER_PASSWORD)).isTrue();
        assertThat(instance().acceptsLogin(account, PASSWORD)).isFalse();
    }

    /** Every special character, and what servers and drivers take for a hash, a placeholder or a quote. */
    @Test
    default void everyChange_hostilePassword_isTheOneThatLogsIn() {
        String account = newName();
        String clone = account + "_clone";
        instance().createAccount(account, PASSWORD);
        for (String password : List.of(
                "!@#$%^&*()_+-=aA1",
                "*23AE809DDACAF96AF0FD78ED04B6A26",
                "SCRAM-SHA-256$4096",
                "md5_0123456789abcdefABCDEF",
                "$$A1b2c3d4$$",
                "--A1b2c3d4#",
                "%s%n$1A%20",
                "$A$005$Xx^&&@%()")) {
            instance().resetPassword(account, password);
            instance().cloneAccount(account, clone, password);

            assertThat(instance().acceptsLogin(account, password)).as(password).isTrue();
            assertThat(instance().acceptsLogin(clone, password)).as(password).isTrue();
            assertThat(instance().acceptsLogin(account, password + "x")).isFalse();
        }
    }

    @Test
    default void cloneAccount_newAndExistingClone_logsInWithItsOwnPassword() {
        String account = newName();
        String clone = account + "_clone";
        instance().createAccount(account, PASSWORD);

        instance().cloneAccount(account, clone, OTHER_PASSWORD);

        assertThat(instance().acceptsLogin(account, PASSWORD)).isTrue();
        assertThat(instance().acceptsLogin(account, OTHER_PASSWORD)).isFalse();
        assertThat(instance().acceptsLogin(clone, OTHER_PASSWORD)).isTrue();

        instance().cloneAccount(account, clone, PASSWORD);

        assertThat(instance().acceptsLogin(clone, PASSWORD)).isTrue();
        assertThat(instance().acceptsLogin(clone, OTHER_PASSWORD)).isFalse();
    }

    @Test
    default void cloneAccount_asItself_isRefused() {
        String account = newName();
        instance().createAccount(account, PASSWORD);

        assertRdsException(
                () -> instance().cloneAccount(account, account, OTHER_PASSWORD),
                RdsException.Reason.INVALID_ACCOUNT_NAME);

        assertThat(instance().acceptsLogin(account, PASSWORD)).isTrue();
    }

    @Test
    default void everyOperation_unknownAccount_isNotFound() {
        String unknown = newName();

        assertRdsException(() -> instance().resetPassword(unknown, PASSWORD), RdsException.Reason.ACCOUNT_NOT_FOUND)
                .hasMessageContainingAll(unknown, instance().location());
        assertRdsException(
                        () -> instance().cloneAccount(unknown, unknown + "_clone", PASSWORD),
                        RdsException.Reason.ACCOUNT_NOT_FOUND)
                .hasMessageContainingAll(unknown, instance().location());
        assertRdsException(() -> instance().deleteAccount(unknown), RdsException.Reason.ACCOUNT_NOT_FOUND)
                .hasMessageContainingAll(unknown, instance().location());
        assertThat(instance().acceptsLogin(unknown, PASSWORD)).isFalse();
        assertThat(instance().hasAccount(unknown + "_clone")).isFalse();
    }

    @Test
    default void deleteAccount_sourceOfAClone_leavesTheOther() {
        String account = newName();
        String clone = account + "_clone";
        instance().createAccount(account, PASSWORD);
        instance().cloneAccount(account, clone, PASSWORD);

        instance().deleteAccount(clone);

        assertThat(instance().hasAccount(clone)).isFalse();
        assertThat(instance().acceptsLogin(clone, PASSWORD)).isFalse();
        assertThat(instance().acceptsLogin(account, PASSWORD)).isTrue();
    }

    @Test
    default void permissions_ofAClone_areThoseOfTheSource() {
        String account = newName();
        instance().createAccount(account, PASSWORD);
        instance().cloneAccount(account, account + "_clone", OTHER_PASSWORD);

        assertThat(instance().permissions(account + "_clone"))
                .isNotEmpty()
                .isEqualTo(instance().permissions(account));
        assertRdsException(() -> instance().permissions(account + "_none"), RdsException.Reason.ACCOUNT_NOT_FOUND)
                .hasMessageContainingAll(account + "_none", instance().location());
    }

    @Test
    default void createAccount_privilegeOfAnotherEngine_isRefusedAndCreatesNoAccount() {
        String account = newName();
        AccountPrivilege foreign = EnumSet.complementOf(
                        EnumSet.copyOf(instance().engine().privileges()))
                .iterator()
                .next();

        assertRdsException(
                        () -> instance().createAccount(account, PASSWORD, foreign.on("shop")),
                        RdsException.Reason.INVALID_PRIVILEGE)
                .hasMessageStartingWith(
                        instance().engine().displayName() + " knows no privilege " + foreign.wireName());

        assertThat(instance().hasAccount(account)).isFalse();
    }

    @Test
    default void toString_always_isTheLocation() {
        assertThat(instance()).hasToString(instance().location());
    }
}
