package dev.tumbler.emulator.rds;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Check Account of the console finds: whether the accounts of a secret belong to its RDS instance. Passwords are
 * not tried. Source: KMS, "ApsaraDB RDS secrets", Check Account; that it asks DescribeDBInstanceAttribute and
 * DescribeAccounts is <em>assumed</em> from the permissions of KMS's role.
 *
 * @param dbInstanceId the instance
 * @param instanceExists whether there is such an instance
 * @param missingAccounts those that it does not have, all of them if there is no instance
 * @param drift what one of two accounts may do and the other may not, a line for each; only with two accounts that
 *     exist. It does not make the check fail: the real service does not look
 */
public record AccountCheck(
        String dbInstanceId, boolean instanceExists, List<String> missingAccounts, List<String> drift) {
    public AccountCheck {
        missingAccounts = List.copyOf(missingAccounts);
        drift = List.copyOf(drift);
    }

    /** Whether instance and accounts exist. */
    public boolean passed() {
        return instanceExists && missingAccounts.isEmpty();
    }

    static AccountCheck of(String dbInstanceId, Optional<RdsInstance> found, List<String> accountNames) {
        if (found.isEmpty()) {
            return new AccountCheck(dbInstanceId, false, accountNames, List.of());
        }
        RdsInstance instance = found.get();
        List<String> missing =
                accountNames.stream().filter(name -> !instance.hasAccount(name)).toList();
        List<String> drift = accountNames.size() == 2 && missing.isEmpty()
                ? drift(instance, accountNames.get(0), accountNames.get(1))
                : List.of();
        return new AccountCheck(dbInstanceId, true, missing, drift);
    }

    private static List<String> drift(RdsInstance instance, String one, String other) {
        Set<String> ofOne = instance.permissions(one);
        Set<String> ofOther = instance.permissions(other);
        Set<String> lines = new TreeSet<>();
        ofOne.stream().filter(p -> !ofOther.contains(p)).forEach(p -> lines.add("only \"" + one + "\": " + p));
        ofOther.stream().filter(p -> !ofOne.contains(p)).forEach(p -> lines.add("only \"" + other + "\": " + p));
        return List.copyOf(lines);
    }
}
