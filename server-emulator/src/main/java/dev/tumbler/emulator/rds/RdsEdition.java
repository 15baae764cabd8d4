package dev.tumbler.emulator.rds;

/** Editions of an instance that make a difference to secrets. */
public enum RdsEdition {
    /** Any that secrets support. */
    STANDARD,
    /**
     * SQL Server 2017 Cluster Edition, whose accounts can be neither created nor managed by KMS. Source: KMS, "ApsaraDB
     * RDS secrets", Limits; RDS API reference, CreateAccount.
     */
    SQL_SERVER_2017_CLUSTER
}
