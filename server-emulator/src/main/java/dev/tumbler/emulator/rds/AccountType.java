package dev.tumbler.emulator.rds;

/** What an account is, for as long as it exists. Source: RDS API reference, CreateAccount, AccountType. */
public enum AccountType {
    /** A standard account, which has the privileges that it is granted. */
    NORMAL("Normal"),
    /** A privileged account, which has all of them in every database. MySQL and MariaDB have one at most. */
    SUPER("Super");

    private final String wireName;

    AccountType(String wireName) {
        this.wireName = wireName;
    }

    /** How the RDS API spells it. */
    public String wireName() {
        return wireName;
    }
}
