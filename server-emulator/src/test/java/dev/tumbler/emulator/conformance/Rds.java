package dev.tumbler.emulator.conformance;

/** What requests say about the account {@code orders} of the RDS instance {@code rm-1}. */
final class Rds {
    static final String DATA = "{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}]}";
    static final String CONFIG = "{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"rm-1\"}";

    private Rds() {}

    /** Makes the secret, which does not rotate by itself. */
    static void create(Kms kms, String name) {
        kms.createSecret(name, DATA, "SecretType", "Rds", "ExtendedConfig", CONFIG);
    }
}
