package dev.tumbler.emulator.gateway.openapi.kms;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.secret.SecretValue;

/** {@code SecretData} and {@code SecretDataType}. */
final class SecretValues {
    private SecretValues() {}

    static SecretValue parse(Parameters parameters, String dataType) {
        String data = parameters.required("SecretData");
        return switch (dataType) {
            case "text" -> new SecretValue.Text(data);
            case "binary" -> new SecretValue.Binary(data);
            default -> throw KmsError.invalidParameter("SecretDataType", "It must be text or binary.");
        };
    }

    static String render(SecretValue value) {
        if (value instanceof SecretValue.Account account) {
            return RdsJson.secretData(account);
        }
        return value instanceof SecretValue.Text text ? text.text() : ((SecretValue.Binary) value).encoded();
    }
}
