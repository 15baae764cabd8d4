package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rotation.RotationStrategy;
import java.util.regex.Pattern;

/**
 * The documented limits of what a secret may hold.
 *
 * <p>Source: KMS API reference, CreateSecret, PutSecretValue and GetSecretValue.
 */
final class SecretRules {
    static final int MAX_VERSIONS = 10;
    static final int MAX_STAGES = 8;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_/+=.@-]{1,192}");
    private static final int MAX_VERSION_ID = 64;
    private static final int MAX_VALUE_BYTES = 30_720;

    private SecretRules() {}

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw KmsError.invalidParameter(
                    "SecretName", "It must be 1 to 192 characters of letters, digits and _ / + = . @ -");
        }
        if (name.startsWith("acs/")) {
            throw KmsError.invalidParameter(
                    "SecretName", "Names that start with \"acs/\" are kept for ECS and RAM secrets.");
        }
    }

    static void checkVersionId(String versionId) {
        if (versionId.isEmpty() || versionId.length() > MAX_VERSION_ID) {
            throw KmsError.invalidParameter("VersionId", "It must be 1 to 64 characters long.");
        }
    }

    static void checkValue(SecretValue value) {
        if (value.size() > MAX_VALUE_BYTES) {
            throw KmsError.invalidParameter(
                    "SecretData", "It is " + value.size() + " bytes long; at most 30720 are stored.");
        }
    }

    static void checkAccounts(NewSecret.Rds rds) {
        int accounts = rds.accounts().size();
        boolean fits =
                rds.strategy() == RotationStrategy.SINGLE_ACCOUNT ? accounts == 1 : accounts == 1 || accounts == 2;
        if (!fits) {
            throw KmsError.invalidParameter(
                    "SecretData",
                    "\"Accounts\" must hold one account for SingleUser and one or two for DoubleUsers; it holds "
                            + accounts + ".");
        }
        if (rds.accounts().stream()
                .anyMatch(a -> a.accountName().isEmpty() || a.accountPassword().isEmpty())) {
            throw KmsError.invalidParameter(
                    "SecretData", "Each of the \"Accounts\" needs an \"AccountName\" and an \"AccountPassword\".");
        }
        if (rds.accounts().stream()
                        .map(SecretValue.Account::accountName)
                        .distinct()
                        .count()
                != accounts) {
            throw KmsError.invalidParameter("SecretData", "The two \"Accounts\" must have different names.");
        }
    }
}
