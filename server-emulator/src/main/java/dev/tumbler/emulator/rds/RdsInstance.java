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
