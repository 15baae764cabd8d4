package dev.tumbler.emulator.rds;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An ApsaraDB RDS instance, as far as rotation needs it: accounts and their passwords. Thread-safe.
 *
 * <p>Calls may block on a database; none of them is made while a secret is locked. Every operation may throw
 * {@link RdsException}, whose {@link RdsException.Reason reason} says why; one that failed as
 * {@link RdsException.Reason#UNAVAILABLE} may have taken effect, so {@link #cloneAccount} and {@link #resetPassword}
 * are made to be repeated.
 *
 * <p>New passwords follow the rules of RDS: 8 to 32 characters, three of upper-case letters, lower-case letters, digits
 * and {@code !@#$%^&*()_+-=}, and nothing else. Source: RDS API reference, CreateAccount and ResetAccountPassword.
 */
public interface RdsInstance {
    /** An instance without a database, empty and running at first. */
    static InMemoryRdsInstance inMemory(RdsEngine engine) {
        return inMemory(engine, RdsEdition.STANDARD);
    }

    /**
     * The same, of another edition.
     *
     * @throws IllegalArgumentException if the engine has no such edition
     */
    static InMemoryRdsInstance inMemory(RdsEngine engine, RdsEdition edition) {
        return new InMemoryRdsInstance(engine, edition);
    }

    /**
     * A real database. Nothing is connected yet: {@link RdsInstances#attach} does that and checks that it can serve.
     * Connections are opened for each operation and closed after it; connecting gives up after 10 seconds, and so does
     * waiting for an answer, unless the URL says otherwise in its driver's own parameters. Accounts that exist already
     * may have any name. What each engine needs and does:
     *
     * <p>PostgreSQL, with {@code org.postgresql:postgresql} 42.7 or later. A clone is a member of its source's role and
     * its sessions start as that role, so that objects belong to the source whoever creates them, and later grants to the
     * source work for the clone; the source's settings, connection limit, expiry and right to replicate are copied when it
     * is cloned. What an account creates after {@code SET ROLE NONE} is its own. Passwords reach the server as
     * SCRAM-SHA-256 verifiers only. The administrator has {@code CREATEROLE}, and {@code ADMIN OPTION} on the accounts that
     * it did not create; to clone an account with settings that not everybody may make, {@code SET} on those parameters.
     *
     * <p>MariaDB 10.2 or later, with {@code org.mariadb.jdbc:mariadb-java-client} 3.5 or later, and MySQL 5.7 or later,
     * with {@code com.mysql:mysql-connector-j} 8.4 or later. A clone has each host entry of its source, and at the time of
     * cloning the same grants, roles, default roles, TLS demands and limits; what one creates, the other can alter and
     * drop where the privilege is one on the database, but for {@code ALTER VIEW}, which takes its definer
     * ({@code CREATE OR REPLACE VIEW} does not). A login that may not use the URL's database is a login all the same.
     * MariaDB gets passwords as {@code mysql_native_password} hashes only; MySQL gets them as they are, and rewrites such
     * statements before it logs them. The administrator has {@code CREATE USER}, {@code SELECT} on the database
     * {@code mysql}, and what it clones {@code WITH GRANT OPTION}.
     *
     * <p>SQL Server 2012 or later, with {@code com.microsoft.sqlserver:mssql-jdbc} 12.8 or later. A clone has the server
     * roles of its source, and in each database, at the time of cloning, the same roles and permissions, the same default
     * schema, and {@code CONTROL} of its schemas. Passwords are sent as they are; the server keeps them out of its traces.
     * The administrator has {@code ALTER ANY LOGIN}, and {@code db_owner} in the databases concerned.
     *
     * @param engine the database's engine
     * @param url a JDBC URL without credentials, of a database that the administrator and the accounts may connect to
     * @param adminUser the administrator
     * @param adminPassword its password
     * @throws IllegalArgumentException if the URL holds credentials or is not one of the engine's
     * @throws RdsException if the driver is not on the classpath
     */
    static RdsInstance jdbc(RdsEngine engine, String url, String adminUser, String adminPassword) {
        return JdbcRdsInstance.connectedTo(engine, url, adminUser, adminPassword);
    }

    /** The engine, which decides on account names, passwords and SQL. */
    RdsEngine engine();

    /** The edition; of a real database this is not looked up. */
    default RdsEdition edition() {
        return RdsEdition.STANDARD;
    }

    /** Where it is, for messages: {@code PostgreSQL at 127.0.0.1:5432}. No credentials. */
    String location();

    /**
     * Creates a standard account that can log in. Its name follows {@link RdsEngine#requireAccountName}.
     *
     * @throws RdsException with {@code ACCOUNT_EXISTS}, {@code INVALID_ACCOUNT_NAME} or {@code INVALID_PASSWORD}, among
     *     others
     */
    void createAccount(String accountName, String password);

    /**
     * Creates a standard account with privileges: {@code createAccount("orders", password, READ_WRITE.on("shop"))}. If
     * one of them cannot be granted, the account is deleted again.
     *
     * @throws RdsException as {@link #createAccount(String, String)} and {@link #grant} do
     */
    default void createAccount(
            String accountName, String password, DatabasePrivilege first, DatabasePrivilege... more) {
        createAccount(accountName, password);
        try {
            grant(accountName, first);
            for (DatabasePrivilege privilege : more) {
                grant(accountName, privilege);
            }
        } catch (RuntimeException e) {
            try {
                deleteAccount(accountName);
            } catch (RdsException deletion) {
                e.addSuppressed(deletion);
            }
            throw e;
        }
    }

    /**
     * Grants an account a privilege in a database.
     *
     * <p>The default implementation refuses: an instance of a user's own making need not know privileges.
     *
     * @throws RdsException with {@code ACCOUNT_NOT_FOUND}, or {@code INVALID_PRIVILEGE} if the engine does not know it,
     *     among others
     */
    default void grant(String accountName, DatabasePrivilege privilege) {
        throw new RdsException(RdsException.Reason.INVALID_PRIVILEGE, location() + " does not keep privileges", null);
    }

    /**
     * What an account may do, in words that are the same for accounts with the same permissions: to compare, and for
     * people. They differ from engine to engine.
     *
     * <p>The default implementation knows nothing, and so finds no difference.
     *
     * @throws RdsException with {@code ACCOUNT_NOT_FOUND}, among others
     */
    default Set<String> permissions(String accountName) {
        return Set.of();
    }

    /**
     * Makes {@code clone} an account with the permissions of {@code source}: what one creates, the other can alter and
     * drop. An existing {@code clone} is brought in line and gets the password.
     *
     * @throws RdsException with {@code ACCOUNT_NOT_FOUND} if there is no {@code source}, among others
     */
    void cloneAccount(String source, String clone, String password);

    /**
     * Changes the password; open sessions go on.
     *
     * @throws RdsException with {@code ACCOUNT_NOT_FOUND} or {@code INVALID_PASSWORD}, among others
     */
    void resetPassword(String accountName, String newPassword);

    /**
     * Removes the account. A real database refuses it while the account owns something.
     *
     * @throws RdsException with {@code ACCOUNT_NOT_FOUND}, among others
     */
    void deleteAccount(String accountName);

    /** Whether the account exists. */
    boolean hasAccount(String accountName);

    /**
     * Tries a login: {@code false} if the database refuses the account or its password (an unknown account included),
     * an exception if it cannot be asked or refuses for another reason, such as too many connections.
     */
    boolean acceptsLogin(String accountName, String password);

    /**
     * Creates a privileged account, where the instance has such.
     *
     * <p>The default implementation refuses: on a real database an administrator makes them.
     *
     * @throws RdsException with {@code PERMISSION_DENIED} if it makes none, or as {@link #createAccount(String, String)}
     */
    default void createPrivilegedAccount(String accountName, String password) {
        throw new RdsException(
                RdsException.Reason.PERMISSION_DENIED, location() + " makes no privileged accounts", null);
    }

    /**
     * The accounts that can be managed, in the order of their names: on a real database those that can log in, but for
     * the administrator and superusers.
     *
     * <p>The default implementation lists none.
     */
    default List<RdsAccount> accounts() {
        return List.of();
    }

    /**
     * The names of the databases, in order, without those of the engine itself.
     *
     * <p>The default implementation lists none.
     */
    default List<String> databases() {
        return List.of();
    }

    /** The engine's version as the RDS API writes it, such as {@code 8.0}; empty as long as the database was not asked. */
    default Optional<String> engineVersion() {
        return Optional.empty();
    }

    /**
     * The JDBC URL of the database, without credentials; empty of an instance that has none.
     *
     * <p>The default implementation has none.
     */
    default Optional<String> jdbcUrl() {
        return Optional.empty();
    }

    /** Whether it is in the state {@code Running}; of a real database this is not looked up. */
    default boolean isRunning() {
        return true;
    }
}
