package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rotation.RotationStrategy;
import java.util.List;
import java.util.function.Supplier;

/**
 * Two accounts that the service makes itself, with one password at first.
 *
 * <p>Source: KMS, "Manage and use ApsaraDB for Redis/Tair secrets"; API reference, CreateSecret, ExtendedConfig,
 * CloneAccountName.
 */
public record AccountPair(String accountName, String cloneAccountName) {
    public AccountPair {
        if (!cloneAccountName.equals(accountName + RotationStrategy.CLONE_SUFFIX)) {
            throw KmsError.invalidParameter(
                    "ExtendedConfig", "\"CloneAccountName\" must be the \"AccountName\" followed by \"_clone\".");
        }
    }

    /** The pair that begins with this account. */
    public static AccountPair of(String accountName) {
        return new AccountPair(accountName, accountName + RotationStrategy.CLONE_SUFFIX);
    }

    List<SecretValue> firstValues(Supplier<String> newPassword) {
        String password = newPassword.get();
        return List.of(
                new SecretValue.Account(accountName, password), new SecretValue.Account(cloneAccountName, password));
    }
}
