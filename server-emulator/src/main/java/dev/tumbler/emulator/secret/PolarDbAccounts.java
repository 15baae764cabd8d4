package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of a PolarDB cluster, which the service makes.
 *
 * @param dbType {@code MySQL} or {@code PostgreSQL}
 * @param accountPrivilege of MySQL only
 * @param dbName of MySQL only
 */
public record PolarDbAccounts(
        AccountPair accounts,
        String regionId,
        String dbClusterId,
        String dbType,
        @Nullable String accountPrivilege,
        @Nullable String dbName)
        implements ManagedResource {
    /** The only {@code AccountType}. */
    public static final String ACCOUNT_TYPE = "Normal";

    public PolarDbAccounts {
        if (!Set.of("MySQL", "PostgreSQL").contains(dbType)) {
            throw KmsError.invalidParameter("ExtendedConfig", "\"DBType\" must be MySQL or PostgreSQL.");
        }
        if (!dbType.equals("MySQL") && (accountPrivilege != null || dbName != null)) {
            throw KmsError.invalidParameter(
                    "ExtendedConfig", "\"AccountPrivilege\" and \"DBName\" are for the DBType MySQL only.");
        }
    }

    @Override
    public SecretType type() {
        return SecretType.POLAR_DB;
    }

    @Override
    public String secretSubType() {
        return "DoubleUsers";
    }

    @Override
    public List<SecretValue> firstValues(List<SecretValue> given, Supplier<String> newPassword) {
        return accounts.firstValues(newPassword);
    }
}
