package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.rds.AccountUser;
import dev.tumbler.emulator.rds.AccountUsers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of accounts that are in several secrets, of any region. The service lets them be, and cannot tell: after the rotation
 * of one secret the others hold a password that no longer logs in. Source: KMS, "ApsaraDB RDS secrets", Usage notes.
 */
final class AccountSharing {
    private static final Logger log = LoggerFactory.getLogger(AccountSharing.class);

    private final AccountUsers users;

    AccountSharing(AccountUsers users) {
        this.users = users;
    }

    /** The secret uses its accounts from now on. */
    void begin(SecretCell cell) {
        RdsAccounts accounts = accounts(cell);
        if (accounts == null) {
            return;
        }
        users.add(accounts.dbInstanceId(), accounts.usedAccounts(), cell);
        for (String accountName : accounts.usedAccounts()) {
            List<AccountUser> others = users.others(accounts.dbInstanceId(), accountName, cell);
            if (!others.isEmpty()) {
                log.warn(
                        "Account \"{}\" of {} is in secret {}, and also in {}. A rotation of one breaks the password that"
                                + " the others hold: give each secret accounts of its own",
                        accountName,
                        accounts.dbInstanceId(),
                        cell.userName(),
                        String.join(
                                ", ",
                                others.stream()
                                        .map(AccountUser::userName)
                                        .sorted()
                                        .toList()));
            }
        }
    }

    /** The secret is gone. */
    void end(SecretCell cell) {
        RdsAccounts accounts = accounts(cell);
        if (accounts != null) {
            users.remove(accounts.dbInstanceId(), accounts.usedAccounts(), cell);
        }
    }

    /** A rotation of the secret has changed the password of an account. */
    void passwordChanged(SecretCell cell, String dbInstanceId, String accountName) {
        for (AccountUser other : users.others(dbInstanceId, accountName, cell)) {
            String broken = other.brokenBy(accountName);
            if (!broken.isEmpty()) {
                log.warn(
                        "The rotation of {} has changed the password of account \"{}\" of {}, and so has broken secret {}:"
                                + " its {} no longer logs in. Rotate it, or give each secret accounts of its own",
                        cell.userName(),
                        accountName,
                        dbInstanceId,
                        other.userName(),
                        broken);
            }
        }
    }

    private static @Nullable RdsAccounts accounts(SecretCell cell) {
        Management management = cell.secret().management();
        return management != null && management.resource() instanceof RdsAccounts accounts ? accounts : null;
    }
}
