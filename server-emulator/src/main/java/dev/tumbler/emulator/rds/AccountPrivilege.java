package dev.tumbler.emulator.rds;

/**
 * What a standard account may do in a database. Source: RDS API reference, GrantAccountPrivilege, AccountPrivilege;
 * which engine knows which, see {@link RdsEngine#privileges}.
 */
public enum AccountPrivilege {
    READ_WRITE("ReadWrite"),
    READ_ONLY("ReadOnly"),
    DDL_ONLY("DDLOnly"),
    DML_ONLY("DMLOnly"),
    DB_OWNER("DBOwner");

    private final String wireName;

    AccountPrivilege(String wireName) {
        this.wireName = wireName;
    }

    /** How the RDS API spells it. */
    public String wireName() {
        return wireName;
    }

    /** This privilege in the given database: {@code READ_WRITE.on("shop")}. */
    public DatabasePrivilege on(String database) {
        return new DatabasePrivilege(database, this);
    }
}
