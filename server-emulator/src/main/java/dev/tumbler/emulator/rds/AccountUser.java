package dev.tumbler.emulator.rds;

/** Who keeps the passwords of accounts: a secret. */
public interface AccountUser {
    /** What messages call it, such as {@code "orders/db" in cn-hangzhou}. */
    String userName();

    /** Whether it still uses its accounts. */
    boolean usesAccounts();

    /**
     * What it has that no longer logs in once somebody else has changed the account's password, such as {@code current
     * version v1}; empty if nothing.
     */
    String brokenBy(String accountName);
}
