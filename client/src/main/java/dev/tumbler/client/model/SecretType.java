package dev.tumbler.client.model;

/**
 * What a secret is for, and so who changes it.
 *
 * @param value the text as the service writes it, case included; values that this version does not know survive
 */
public record SecretType(String value) {
    /** Holds anything; changed by its owner. */
    public static final SecretType GENERIC = new SecretType("Generic");

    /** Accounts of an ApsaraDB RDS instance, rotated by the service. */
    public static final SecretType RDS = new SecretType("Rds");

    /** Access keys of a RAM user, rotated by the service. */
    public static final SecretType RAM_CREDENTIALS = new SecretType("RAMCredentials");

    /** A password or SSH key of an ECS instance, rotated by the service. */
    public static final SecretType ECS = new SecretType("ECS");

    /** Accounts of a Redis instance, rotated by the service. */
    public static final SecretType REDIS = new SecretType("Redis");

    /** Accounts of a PolarDB cluster, rotated by the service. */
    public static final SecretType POLAR_DB = new SecretType("PolarDB");

    @Override
    public String toString() {
        return value;
    }
}
