package dev.tumbler.emulator.rds;

import dev.tumbler.emulator.error.KmsError;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the RDS API does to instances, by its rules and with its errors. Blocks for as long as a database takes.
 * Thread-safe.
 *
 * <p>Source: RDS API reference; codes and messages that no page has are <em>assumed</em>.
 */
public final class RdsOperations {
    /** Names that RDS keeps for itself, of its much longer list of keywords. <em>Assumed.</em> */
    private static final Set<String> RESERVED_NAMES = Set.of(
            "admin",
            "administrator",
            "aurora",
            "eagleye",
            "guest",
            "master",
            "postgres",
            "public",
            "root",
            "sa",
            "sysadmin");

    /** Source: RDS API reference, CreateAccount, AccountDescription; its own example has spaces in it. */
    private static final Pattern DESCRIPTION = Pattern.compile("(?!https?://)\\p{L}.{1,255}");

    private final RdsInstances instances;

    /** By instance and account; databases have no place for them. */
    private final ConcurrentMap<RdsInstance, Map<String, String>> descriptions = new ConcurrentHashMap<>();

    public RdsOperations(RdsInstances instances) {
        this.instances = instances;
    }

    /** All instances by their ids, in order, as there are at the moment. */
    public SortedMap<String, RdsInstance> all() {
        SortedMap<String, RdsInstance> all = new TreeMap<>();
        instances.ids().forEach(id -> instances.find(id).ifPresent(instance -> all.put(id, instance)));
        return all;
    }

    /**
     * The instance.
     *
     * @throws KmsError {@code InvalidDBInstanceId.NotFound}
     */
    public RdsInstance require(String dbInstanceId) {
        return instances
                .find(dbInstanceId)
                .orElseThrow(() -> KmsError.of(
                        400,
                        "InvalidDBInstanceId.NotFound",
                        "The DBInstanceId provided does not exist in records. There is no \"" + dbInstanceId
                                + "\"; add it with kms.rds().add(…), or attach a database with kms.rds().attach(…)."));
    }

    /**
     * Creates an account.
     *
     * @param description null for none
     * @throws KmsError {@code InvalidAccountName.*}, {@code InvalidAccountPassword.Format}, {@code AccountLimitExceeded} or
     *     {@code InvalidAccountDescription.Format}, among others
     */
    public void createAccount(
            String dbInstanceId, String accountName, String password, AccountType type, @Nullable String description) {
        RdsInstance instance = changeable(dbInstanceId);
        requireManageable(instance);
        if (RESERVED_NAMES.contains(accountName.toLowerCase(Locale.ROOT))) {
            throw KmsError.of(
                    400,
                    "InvalidAccountName.Forbid",
                    "Specified account name is a keyword in RDS. \"" + accountName + "\" is reserved.");
        }
        if (description != null && !DESCRIPTION.matcher(description).matches()) {
            throw KmsError.of(
                    400,
                    "InvalidAccountDescription.Format",
                    "Specified account description is not valid. It has 2 to 256 characters, begins with a letter, and not"
                            + " with http:// or https://.");
        }
        asking(Failure.ADD, () -> {
            if (type == AccountType.SUPER) {
                instance.createPrivilegedAccount(accountName, password);
            } else {
                instance.createAccount(accountName, password);
            }
        });
        Map<String, String> ofInstance = descriptions.computeIfAbsent(instance, unseen -> new ConcurrentHashMap<>());
        if (description == null) {
            ofInstance.remove(accountName);
        } else {
            ofInstance.put(accountName, description);
        }
    }

    /** What an account was described as when it was created here; empty for nothing. */
    public String description(String dbInstanceId, String accountName) {
        return descriptions.getOrDefault(require(dbInstanceId), Map.of()).getOrDefault(accountName, "");
    }

    /**
     * Grants privileges one after the other, and none if one of the databases does not exist or the engine does not know
     * one of them.
     *
     * @throws KmsError {@code InvalidAccountName.NotFound}, {@code InvalidDBName.NotFound}, {@code IncorrectAccountType} or
     *     {@code InvalidAccountPrivilege.Malformed}, among others
     */
    public void grant(String dbInstanceId, String accountName, List<DatabasePrivilege> privileges) {
        RdsInstance instance = changeable(dbInstanceId);
        requireManageable(instance);
        asking(Failure.UPDATE, () -> {
            requireStandard(instance, accountName);
            Set<String> databases = new HashSet<>(instance.databases());
            for (DatabasePrivilege privilege : privileges) {
                privilege.requireFor(instance.engine());
                if (!databases.contains(privilege.database())) {
                    throw KmsError.of(
                            400,
                            "InvalidDBName.NotFound",
                            "Specified DB name does not exist. There is no database \"" + privilege.database()
                                    + "\" on " + instance.location() + ".");
                }
            }
            privileges.forEach(privilege -> instance.grant(accountName, privilege));
        });
    }

    private static void requireStandard(RdsInstance instance, String accountName) {
        for (RdsAccount account : instance.accounts()) {
            if (account.name().equals(accountName) && account.type() == AccountType.SUPER) {
                throw KmsError.of(
                        403,
                        "IncorrectAccountType",
                        "Current account type does not support this operation. \"" + accountName
                                + "\" is privileged: it takes no privileges.");
            }
        }
    }

    /**
     * Changes a password.
     *
     * @throws KmsError {@code InvalidAccountName.NotFound} or {@code InvalidAccountPassword.Format}, among others
     */
    public void resetPassword(String dbInstanceId, String accountName, String password) {
        RdsInstance instance = changeable(dbInstanceId);
        asking(Failure.UPDATE, () -> instance.resetPassword(accountName, password));
    }

    /**
     * Deletes an account.
     *
     * @throws KmsError {@code InvalidAccountName.NotFound}, among others
     */
    public void deleteAccount(String dbInstanceId, String accountName) {
        RdsInstance instance = changeable(dbInstanceId);
        asking(Failure.DELETE, () -> instance.deleteAccount(accountName));
        Map<String, String> ofInstance = descriptions.get(instance);
        if (ofInstance != null) {
            ofInstance.remove(accountName);
        }
    }

    /** The accounts, in the order of their names. */
    public List<RdsAccount> accounts(String dbInstanceId) {
        RdsInstance instance = require(dbInstanceId);
        requireManageable(instance);
        return asked(instance::accounts);
    }

    /** The names of the databases, in order. */
    public List<String> databases(String dbInstanceId) {
        RdsInstance instance = require(dbInstanceId);
        requireManageable(instance);
        return asked(instance::databases);
    }

    /** Source: RDS API reference, CreateAccount: the instance must be in the Running state. */
    private RdsInstance changeable(String dbInstanceId) {
        RdsInstance instance = require(dbInstanceId);
        if (!instance.isRunning()) {
            throw KmsError.of(
                    403,
                    "IncorrectDBInstanceState",
                    "Current DB instance state does not support this operation. It must be Running.");
        }
        return instance;
    }

    private static void requireManageable(RdsInstance instance) {
        if (instance.edition() == RdsEdition.SQL_SERVER_2017_CLUSTER) {
            throw KmsError.of(
                    403,
                    "IncorrectDBInstanceType",
                    "Current DB instance type does not support this operation. SQL Server 2017 Cluster Edition is not supported.");
        }
    }

    private interface Question<T> {
        T answer();
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.answer();
        } catch (RdsException e) {
            throw error(e, Failure.CONNECT);
        }
    }

    private static void asking(Failure failure, Runnable change) {
        try {
            change.run();
        } catch (RdsException e) {
            throw error(e, failure);
        }
    }

    private static KmsError error(RdsException e, Failure failure) {
        return switch (e.reason()) {
            case ACCOUNT_NOT_FOUND ->
                error(404, "InvalidAccountName.NotFound", "Specified account name does not exist.", e);
            case ACCOUNT_EXISTS ->
                error(
                        400,
                        "InvalidAccountName.Duplicate",
                        "Specified account name already exists in this instance.",
                        e);
            case INVALID_ACCOUNT_NAME ->
                error(400, "InvalidAccountName.Format", "Specified account name is not valid.", e);
            case INVALID_PASSWORD ->
                error(400, "InvalidAccountPassword.Format", "Specified account password is not valid.", e);
            case INVALID_PRIVILEGE ->
                error(400, "InvalidAccountPrivilege.Malformed", "Specified account privilege is not valid.", e);
            case ACCOUNT_LIMIT_EXCEEDED ->
                error(403, "AccountLimitExceeded", "AccountQuotaExceeded: Exceeding the allowed amount of account.", e);
            case UNAVAILABLE, PERMISSION_DENIED, ACCEPTS_ANY_PASSWORD -> {
                Failure told = isUnreachable(e) ? Failure.CONNECT : failure;
                yield error(400, told.code, told.message, e);
            }
        };
    }

    private static KmsError error(int status, String code, String message, RdsException detail) {
        return KmsError.of(status, code, message + " " + detail.getMessage());
    }

    /** Of what a database refuses, the reason is often not to be told from its absence; its code is. */
    private static boolean isUnreachable(RdsException e) {
        if (e.reason() != RdsException.Reason.UNAVAILABLE) {
            return false;
        }
        String state = e.getCause() instanceof SQLException sql ? sql.getSQLState() : null;
        return state == null || state.startsWith("08") || state.startsWith("57P");
    }

    /** What the service says when a database does not do it, for a reason of its own. */
    private enum Failure {
        ADD(
                "Account.AddError",
                "Create Account failed, please check your input value or may your input value not satisfy instance current policy."),
        UPDATE("Account.UpdateError", "Update Account failed, please check your input value."),
        DELETE(
                "Account.DeleteError",
                "Delete Account failed, please check your input value or may your request is waiting lock in your instance."),
        CONNECT(
                "Database.ConnectError",
                "Database connect error. please check instance status and database processlist.");

        private final String code;
        private final String message;

        Failure(String code, String message) {
            this.code = code;
            this.message = message;
        }
    }
}
