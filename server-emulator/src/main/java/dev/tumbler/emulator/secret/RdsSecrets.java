package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rds.AccountCheck;
import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.DatabasePrivilege;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsException;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.rds.RdsInstances;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the console does with the RDS secrets of one region, and the KMS API does not: it creates a secret together with its
 * accounts, and checks the accounts of a secret. Thread-safe. Calls block for as long as the database takes.
 *
 * <p>Source: KMS, "ApsaraDB RDS secrets". That creating accounts is RDS's CreateAccount and GrantAccountPrivilege, before
 * KMS's CreateSecret, is <em>assumed</em>.
 */
public final class RdsSecrets {
    private final Secrets secrets;
    private final RdsInstances instances;
    private final Supplier<String> newPassword;

    /** @param newPassword makes the passwords of new accounts */
    public RdsSecrets(Secrets secrets, RdsInstances instances, Supplier<String> newPassword) {
        this.secrets = secrets;
        this.instances = instances;
        this.newPassword = newPassword;
    }

    /**
     * Creates accounts and the secret that manages them; the first account is current, and the second, if there are two,
     * gets its turn with the first rotation. Each has a password of its own. All that can be refused is refused before
     * anything is created; if something fails after that, the accounts are deleted again, as far as the database lets.
     *
     * @throws KmsError as {@link Secrets#create}; {@code InvalidParameter} too if the engine does not take the names of the
     *     accounts or the privilege
     * @throws RdsException with {@code ACCOUNT_EXISTS} if there is an account of one of the names,
     *     {@code ACCOUNT_LIMIT_EXCEEDED} if there is a privileged account on an engine that takes one, among others
     */
    public Secret create(String secretName, NewRdsSecret request) {
        List<SecretValue> accounts = new ArrayList<>();
        request.accountNames().forEach(name -> accounts.add(new SecretValue.Account(name, newPassword.get())));
        NewSecret newSecret = request.toRequest(secretName, accounts);
        secrets.requireCreatable(newSecret);
        RdsInstance instance = secrets.requireSupportedInstance(request.dbInstanceId());
        requireFor(instance, request);

        List<String> created = new ArrayList<>();
        try {
            createAccounts(instance, request, accounts, created);
            return secrets.create(newSecret);
        } catch (RuntimeException e) {
            delete(instance, created, e);
            throw e;
        }
    }

    /**
     * Checks whether the accounts of a secret belong to its instance, and whether two accounts have the same permissions.
     * Passwords are not tried.
     *
     * @throws KmsError {@code Forbidden.ResourceNotFound}, or {@code Rejected.UnsupportedOperation} if it is no RDS secret
     * @throws RdsException if the database cannot be asked
     */
    public AccountCheck checkAccounts(String nameOrArn) {
        Management management = secrets.describe(nameOrArn).management();
        if (management == null || !(management.resource() instanceof RdsAccounts accounts)) {
            throw KmsError.unsupportedOperation("Check Account is for Rds secrets.");
        }
        return instances.checkAccounts(accounts.dbInstanceId(), accounts.accountNames());
    }

    private static void requireFor(RdsInstance instance, NewRdsSecret request) {
        RdsEngine engine = instance.engine();
        for (String accountName : request.accountNames()) {
            try {
                engine.requireAccountName(accountName);
            } catch (RdsException e) {
                throw KmsError.invalidParameter("UserNamePrefix", e.getMessage() + ".");
            }
        }
        DatabasePrivilege privilege = request.privilege();
        if (privilege != null && !engine.privileges().contains(privilege.privilege())) {
            throw KmsError.invalidParameter(
                    "AccountPrivilege",
                    engine.displayName() + " knows no " + privilege.privilege().wireName() + "; it has "
                            + String.join(
                                    ", ",
                                    engine.privileges().stream()
                                            .map(AccountPrivilege::wireName)
                                            .toList())
                            + ".");
        }
        for (String accountName : request.accountNames()) {
            if (instance.hasAccount(accountName)) {
                throw new RdsException(
                        RdsException.Reason.ACCOUNT_EXISTS,
                        "Account \"%s\" exists on %s already; to manage it, import it"
                                .formatted(accountName, instance.location()),
                        null);
            }
        }
    }

    private static void createAccounts(
            RdsInstance instance, NewRdsSecret request, List<SecretValue> accounts, List<String> created) {
        for (SecretValue value : accounts) {
            SecretValue.Account account = (SecretValue.Account) value;
            if (!created.isEmpty()) {
                instance.cloneAccount(created.get(0), account.accountName(), account.accountPassword());
            } else if (request.privilege() == null) {
                instance.createPrivilegedAccount(account.accountName(), account.accountPassword());
            } else {
                instance.createAccount(account.accountName(), account.accountPassword());
            }
            created.add(account.accountName());
        }
        // After the clone: an account that owns something could not be deleted again.
        if (request.privilege() != null) {
            created.forEach(accountName -> instance.grant(accountName, request.privilege()));
        }
    }

    /** The latest first: a clone may depend on its source. */
    private static void delete(RdsInstance instance, List<String> created, RuntimeException failure) {
        for (int i = created.size() - 1; i >= 0; i--) {
            try {
                instance.deleteAccount(created.get(i));
            } catch (RdsException deletion) {
                failure.addSuppressed(deletion);
            }
        }
    }
}
