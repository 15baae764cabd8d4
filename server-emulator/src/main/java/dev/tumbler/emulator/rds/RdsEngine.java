package dev.tumbler.emulator.rds;

/** A database engine of ApsaraDB RDS. */
public enum RdsEngine {
    MYSQL("MySQL"),
    MARIADB("MariaDB"),
    POSTGRESQL("PostgreSQL"),
    SQL_SERVER("SQL Server");

    private final String displayName;

    RdsEngine(String displayName) {
        this.displayName = displayName;
    }

    /** The name that people use, such as {@code PostgreSQL}. */
    public String displayName() {
        return displayName;
    }
}
