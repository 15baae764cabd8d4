package dev.tumbler.emulator.rds;

/**
 * An ApsaraDB RDS instance, as far as rotation needs it: accounts and their passwords. Thread-safe.
 *
 * <p>Calls may block on a database; none of them is made while a secret is locked.
 */
public interface RdsInstance {
    /** The engine, which decides on account names, passwords and SQL. */
    RdsEngine engine();

    /** Where it is, for messages: {@code PostgreSQL at 127.0.0.1:5432}. No credentials. */
    String location();

    /** Creates a standard account that can log in. */
    void createAccount(String accountName, String password);

    /**
     * Makes {@code clone} an account with the permissions of {@code source}, now and after later changes to them: what
     * one creates, the other can alter and drop. An existing {@code clone} is brought in line and gets the password.
     */
    void cloneAccount(String source, String clone, String password);

    /** Changes the password; open sessions go on. */
    void resetPassword(String accountName, String newPassword);

    /** Removes the account. */
    void deleteAccount(String accountName);

    /** Whether the account exists. */
    boolean hasAccount(String accountName);

    /** Tries a login: {@code false} if the database refuses it, an exception if it cannot be asked. */
    boolean acceptsLogin(String accountName, String password);
}
