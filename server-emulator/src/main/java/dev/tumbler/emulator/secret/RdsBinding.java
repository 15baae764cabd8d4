package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.rotation.RotationStep;
import dev.tumbler.emulator.rotation.RotationStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ties a secret to the accounts that it manages.
 *
 * @param strategy which account a rotation changes
 * @param dbInstanceId the RDS instance
 * @param accountNames the accounts that are known to exist: one, or two with dual accounts
 * @param customData a JSON object, kept as it came
 * @param rotation when it rotates
 */
public record RdsBinding(
        RotationStrategy strategy,
        String dbInstanceId,
        List<String> accountNames,
        String customData,
        RotationPolicy rotation) {
    public RdsBinding {
        accountNames = List.copyOf(accountNames);
    }

    RotationStep nextStep(String currentAccount) {
        return strategy.next(currentAccount, otherThan(currentAccount));
    }

    RdsBinding rotated(RotationStep step, Instant instant) {
        List<String> accounts = accountNames.contains(step.accountName())
                ? accountNames
                : List.of(accountNames.get(0), step.accountName());
        return new RdsBinding(strategy, dbInstanceId, accounts, customData, rotation.rotatedAt(instant));
    }

    RdsBinding rotationFailed() {
        return new RdsBinding(strategy, dbInstanceId, accountNames, customData, rotation.failed());
    }

    private @Nullable String otherThan(String accountName) {
        return accountNames.stream()
                .filter(name -> !name.equals(accountName))
                .findFirst()
                .orElse(null);
    }
}
