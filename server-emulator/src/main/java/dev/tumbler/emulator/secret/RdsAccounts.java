package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rotation.RotationStep;
import dev.tumbler.emulator.rotation.RotationStrategy;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of an RDS instance.
 *
 * @param strategy which account a rotation changes
 * @param dbInstanceId the RDS instance
 * @param accountNames the accounts that are known to exist: one, or two with dual accounts
 */
public record RdsAccounts(RotationStrategy strategy, String dbInstanceId, List<String> accountNames)
        implements ManagedResource {
    public RdsAccounts {
        accountNames = List.copyOf(accountNames);
        int count = accountNames.size();
        if (count < 1 || count > (strategy == RotationStrategy.SINGLE_ACCOUNT ? 1 : 2)) {
            throw KmsError.invalidParameter(
                    "SecretData",
                    "\"Accounts\" must hold one account for SingleUser and one or two for DoubleUsers; it holds "
                            + count + ".");
        }
        if (accountNames.stream().distinct().count() != count) {
            throw KmsError.invalidParameter("SecretData", "The two \"Accounts\" must have different names.");
        }
    }

    @Override
    public SecretType type() {
        return SecretType.RDS;
    }

    @Override
    public String secretSubType() {
        return strategy.secretSubType();
    }

    /** The first account. Of a second one nothing can be read before the first rotation. <em>Assumed.</em> */
    @Override
    public List<SecretValue> firstValues(List<SecretValue> given, Supplier<String> newPassword) {
        return given.subList(0, 1);
    }

    /** The accounts, and the one that the first rotation will create. */
    List<String> usedAccounts() {
        String first = accountNames.get(0);
        return Stream.concat(accountNames.stream(), Stream.of(nextStep(first).accountName()))
                .distinct()
                .toList();
    }

    /** Refuses one account, of two to be, whose clone's name would be too long. The refusal is <em>assumed</em>. */
    void requireRoomForClone(RdsEngine engine) {
        for (String accountName : usedAccounts()) {
            if (!accountNames.contains(accountName) && accountName.length() > engine.maxAccountNameLength()) {
                throw KmsError.invalidParameter(
                        "SecretData",
                        "The first rotation would create the account \"" + accountName + "\", but names on "
                                + engine.displayName() + " have at most " + engine.maxAccountNameLength()
                                + " characters. Give two accounts, or one with a shorter name.");
            }
        }
    }

    RotationStep nextStep(String currentAccount) {
        return strategy.next(currentAccount, otherThan(currentAccount));
    }

    /** As {@code step} has left it. */
    RdsAccounts after(RotationStep step) {
        return accountNames.contains(step.accountName())
                ? this
                : new RdsAccounts(strategy, dbInstanceId, List.of(accountNames.get(0), step.accountName()));
    }

    private @Nullable String otherThan(String accountName) {
        return accountNames.stream()
                .filter(name -> !name.equals(accountName))
                .findFirst()
                .orElse(null);
    }
}
