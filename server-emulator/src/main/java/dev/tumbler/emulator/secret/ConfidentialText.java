package dev.tumbler.emulator.secret;

import java.util.Optional;

/**
 * Something that a secret keeps confidential. No {@code toString} shows it.
 *
 * @param secretName the secret
 * @param versionId the version that has it, or is to have it
 * @param field where it stands in {@code SecretData}, such as {@code AccountPassword}; {@code SecretData} for the whole
 * @param text the text itself
 */
public record ConfidentialText(String secretName, String versionId, String field, String text) {
    static Optional<ConfidentialText> of(String secretName, SecretVersion version) {
        SecretValue value = version.value();
        if (value instanceof SecretValue.Text generic) {
            return Optional.of(new ConfidentialText(secretName, version.versionId(), "SecretData", generic.text()));
        }
        if (value instanceof SecretValue.Binary binary) {
            return Optional.of(new ConfidentialText(secretName, version.versionId(), "SecretData", binary.encoded()));
        }
        if (value instanceof SecretValue.Account account) {
            return Optional.of(new ConfidentialText(
                    secretName, version.versionId(), "AccountPassword", account.accountPassword()));
        }
        if (value instanceof SecretValue.AccessKey key) {
            return Optional.of(
                    new ConfidentialText(secretName, version.versionId(), "AccessKeySecret", key.accessKeySecret()));
        }
        if (value instanceof SecretValue.Login login) {
            return Optional.of(new ConfidentialText(secretName, version.versionId(), "Password", login.password()));
        }
        return value instanceof SecretValue.KeyPair pair
                ? Optional.of(new ConfidentialText(secretName, version.versionId(), "PrivateKey", pair.privateKey()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "ConfidentialText[" + field + " of \"" + secretName + "\", version " + versionId + ", ***]";
    }
}
