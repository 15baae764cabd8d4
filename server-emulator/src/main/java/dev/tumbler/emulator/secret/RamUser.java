package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import java.util.List;
import java.util.function.Supplier;

/** A RAM user, whose access keys the secret holds. The emulator knows no display names, so it takes the user's name. */
public record RamUser(String userName) implements ManagedResource {
    /** What a request must say instead of a name. */
    private static final String AUTO = "$Auto";

    private static final int MAX_ACCESS_KEYS = 2;

    @Override
    public SecretType type() {
        return SecretType.RAM_CREDENTIALS;
    }

    @Override
    public String secretSubType() {
        return "RamUserAccessKey";
    }

    @Override
    public String secretName(String asked) {
        if (!asked.equals(AUTO)) {
            throw KmsError.invalidParameter(
                    "SecretName", "For RAMCredentials it must be $Auto; the service makes the name.");
        }
        return type().namePrefix() + userName;
    }

    /** The first access key. Which of two is current is <em>assumed</em>. */
    @Override
    public List<SecretValue> firstValues(List<SecretValue> given, Supplier<String> newPassword) {
        if (given.isEmpty() || given.size() > MAX_ACCESS_KEYS) {
            throw KmsError.invalidParameter(
                    "SecretData", "\"AccessKeys\" must hold one or two access keys; it holds " + given.size() + ".");
        }
        return given.subList(0, 1);
    }
}
