package dev.tumbler.emulator.rds;

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
    /**
     * An instance without a database, empty at first. It keeps accounts and passwords, applies the engine's rules for
     * names and checks logins; it knows no privileges.
     */
    static RdsInstance inMemory(RdsEngine engine) {
        return new InMemoryRdsInstance(engine);
    }

    /**
     * A real database. Nothing is connected yet: {@link RdsInstances#attach} does that and checks that it can serve.
     * Connections are opened for each operation and closed after it; connecting gives up after 10 seconds, and so does
     * waiting for an answer, unless the URL's {@code connectTimeout} and {@code socketTimeout} say otherwise.
     *
     * <p>Only PostgreSQL so far, with {@code org.postgresql:postgresql} 42.7 or later on the classpath. A clone is a
     * member of its source's role and its sessions start as that role, so that objects belong to the source whoever
     * creates them; the source's settings, connection limit and expiry are copied when it is cloned. Passwords reach
     * the server as SCRAM-SHA-256 verifiers only, so its statement log does not show them. Accounts that exist already
     * may have any name.
     *
     * @param engine the database's engine
     * @param url a JDBC URL without credentials, of a database that the administrator and the accounts may connect to
     * @param adminUser a role with {@code CREATEROLE}, and {@code ADMIN OPTION} on the accounts that it did not create;
     *     to clone an account with settings that not everybody may make, {@code SET} on those parameters
     * @param adminPassword its password
     * @throws IllegalArgumentException if the engine is not supported over JDBC, or the URL holds credentials or is not
     *     one of the engine's
     * @throws RdsException if the driver is not on the classpath
     */
    static RdsInstance jdbc(RdsEngine engine, String url, String adminUser, String adminPassword) {
        if (engine != RdsEngine.POSTGRESQL) {
            throw new IllegalArgumentException("Over JDBC, PostgreSQL is supported and " + engine.displayName()
                    + " is not; RdsInstance.inMemory takes every engine");
        }
        try {
            return new PostgresRdsInstance(url, adminUser, adminPassword);
        } catch (NoClassDefFoundError e) {
            throw new RdsException(
                    RdsException.Reason.UNAVAILABLE,
                    "The PostgreSQL driver is not on the classpath: add the dependency org.postgresql:postgresql (42.7 or later)",
                    e);
        }
    }

    /** The engine, which decides on account names, passwords and SQL. */
    RdsEngine engine();

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
     * Makes {@code clone} an account with the permissions of {@code source}, now and after later changes to them: what
     * one creates, the other can alter and drop. An existing {@code clone} is brought in line and gets the password.
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
}
