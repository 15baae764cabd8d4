package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The documented limits of what a secret may hold.
 *
 * <p>Source: KMS API reference, CreateSecret, PutSecretValue and GetSecretValue.
 */
final class SecretRules {
    static final int MAX_VERSIONS = 10;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_/+=.@-]{1,192}");
    private static final int MAX_STAGES = 8;
    private static final int MAX_VERSION_ID = 64;
    private static final int MAX_VALUE_BYTES = 30_720;

    private SecretRules() {}

    static void checkName(String name, SecretType type) {
        if (!NAME.matcher(name).matches()) {
            throw KmsError.invalidParameter(
                    "SecretName", "It must be 1 to 192 characters of letters, digits and _ / + = . @ -");
        }
        String prefix = type.namePrefix();
        if (prefix.isEmpty() && name.startsWith("acs/")) {
            throw KmsError.invalidParameter(
                    "SecretName", "Names that start with \"acs/\" are kept for ECS and RAM secrets.");
        }
        if (!name.startsWith(prefix) || name.length() == prefix.length()) {
            throw KmsError.invalidParameter(
                    "SecretName", "For " + type.wireName() + " it must start with \"" + prefix + "\".");
        }
    }

    static void checkVersionId(String versionId) {
        if (versionId.isEmpty() || versionId.length() > MAX_VERSION_ID) {
            throw KmsError.invalidParameter("VersionId", "It must be 1 to 64 characters long.");
        }
    }

    static void checkSize(int bytes) {
        if (bytes > MAX_VALUE_BYTES) {
            throw KmsError.invalidParameter("SecretData", "It is " + bytes + " bytes long; at most 30720 are stored.");
        }
    }

    static void checkStages(Map<String, String> stages) {
        if (stages.size() > MAX_STAGES) {
            throw KmsError.limitExceeded("A secret has at most 8 stages; these would be " + stages.size() + ".");
        }
    }

    static KmsError policyUnsupported() {
        return KmsError.unsupportedOperation(
                "Only secrets of KMS instances have policies: those with a DKMSInstanceId.");
    }
}
