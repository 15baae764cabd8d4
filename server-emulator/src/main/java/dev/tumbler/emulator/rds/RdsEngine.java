package dev.tumbler.emulator.rds;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A database engine of ApsaraDB RDS, with its rules for account names. The limits are those of the current editions:
 * MySQL 5.7 and 8.0, PostgreSQL on cloud disks. Source: RDS API reference, CreateAccount, AccountName.
 */
public enum RdsEngine {
    MYSQL("MySQL", 32, "A-Za-z", "letters"),
    MARIADB("MariaDB", 16, "a-z", "lower-case letters"),
    POSTGRESQL("PostgreSQL", 63, "a-z", "lower-case letters"),
    SQL_SERVER("SQL Server", 64, "a-z", "lower-case letters");

    private final String displayName;
    private final int maxAccountNameLength;
    private final Pattern accountName;
    private final String lettersInWords;

    RdsEngine(String displayName, int maxAccountNameLength, String letters, String lettersInWords) {
        this.displayName = displayName;
        this.maxAccountNameLength = maxAccountNameLength;
        this.accountName =
                Pattern.compile("[%1$s][%1$s0-9_]{0,%2$d}[%1$s0-9]".formatted(letters, maxAccountNameLength - 2));
        this.lettersInWords = lettersInWords;
    }

    /** The name that people use, such as {@code PostgreSQL}. */
    public String displayName() {
        return displayName;
    }

    /** How the RDS API spells it in {@code Engine}, such as {@code SQLServer}. */
    public String wireName() {
        return this == SQL_SERVER ? "SQLServer" : displayName;
    }

    /**
     * The longest account name, in characters. A name that is to have a second account called {@code <name>_clone} may
     * be six characters shorter.
     */
    public int maxAccountNameLength() {
        return maxAccountNameLength;
    }

    /**
     * The privileges that an account can be granted in a database. Source: RDS API reference, GrantAccountPrivilege,
     * AccountPrivilege.
     */
    public Set<AccountPrivilege> privileges() {
        return switch (this) {
            case MYSQL, MARIADB -> EnumSet.range(AccountPrivilege.READ_WRITE, AccountPrivilege.DML_ONLY);
            case POSTGRESQL -> EnumSet.of(AccountPrivilege.DB_OWNER);
            case SQL_SERVER ->
                EnumSet.of(AccountPrivilege.READ_WRITE, AccountPrivilege.READ_ONLY, AccountPrivilege.DB_OWNER);
        };
    }

    /**
     * Checks a name against the rules for new accounts: 2 to {@link #maxAccountNameLength()} characters out of
     * lower-case letters, digits and underscores (MySQL: upper-case letters too), the first a letter, the last a letter
     * or a digit.
     *
     * @throws RdsException with {@link RdsException.Reason#INVALID_ACCOUNT_NAME}, if it breaks them
     */
    public void requireAccountName(String accountName) {
        if (!this.accountName.matcher(accountName).matches()) {
            throw new RdsException(
                    RdsException.Reason.INVALID_ACCOUNT_NAME,
                    "\"%s\" is no name for an account on %s: it takes 2 to %d characters out of %s, digits and underscores; the first is a letter, the last a letter or a digit"
                            .formatted(accountName, displayName, maxAccountNameLength, lettersInWords),
                    null);
        }
    }
}
