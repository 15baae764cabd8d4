package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.rotation.RotationStrategy;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The documented limits of what a secret may hold.
 *
 * <p>Source: KMS API reference, CreateSecret, PutSecretValue, GetSecretValue and TagResource; "ApsaraDB RDS secrets",
 * Tag.
 */
final class SecretRules {
    static final int MAX_VERSIONS = 10;
    static final int MAX_STAGES = 8;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_/+=.@-]{1,192}");
    private static final int MAX_VERSION_ID = 64;
    private static final int MAX_VALUE_BYTES = 30_720;
    private static final int MAX_TAGS = 20;
    private static final int MAX_TAG_CHARACTERS = 128;
    private static final Pattern TAG_CHARACTERS = Pattern.compile("[\\p{L}\\p{Nd}/\\\\_.+=:@ -]*");

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

    static void checkTags(Map<String, String> tags) {
        if (tags.size() > MAX_TAGS) {
            throw KmsError.limitExceeded("A secret has at most 20 tags; these are " + tags.size() + ".");
        }
        tags.forEach((key, value) -> {
            String lowerCase = key.toLowerCase(Locale.ROOT);
            if (key.isEmpty() || lowerCase.startsWith("aliyun") || lowerCase.startsWith("acs:")) {
                throw KmsError.invalidParameter(
                        "Tags", "A tag key must not be empty nor start with \"aliyun\" or \"acs:\".");
            }
            checkTagText(key);
            checkTagText(value);
        });
    }

    private static void checkTagText(String text) {
        if (text.length() > MAX_TAG_CHARACTERS || !TAG_CHARACTERS.matcher(text).matches()) {
            throw KmsError.invalidParameter(
                    "Tags", "Tag keys and values are at most 128 letters, digits, spaces and / \\ _ - . + = : @");
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
