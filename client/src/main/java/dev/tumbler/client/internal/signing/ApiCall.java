package dev.tumbler.client.internal.signing;

import java.util.Map;

/**
 * An action of a service with its own parameters, not signed yet.
 *
 * @param action the action, like {@code GetSecretValue}
 * @param version the version of the API that has it
 * @param parameters the parameters by name, in clear text; {@link #toString()} leaves them out
 */
public record ApiCall(String action, String version, Map<String, String> parameters) {
    private static final String KMS_VERSION = "2016-01-20";

    /** Copies the parameters. */
    public ApiCall {
        parameters = Map.copyOf(parameters);
    }

    /** An action of KMS. */
    public ApiCall(String action, Map<String, String> parameters) {
        this(action, KMS_VERSION, parameters);
    }

    @Override
    public String toString() {
        return "ApiCall[action=" + action + "]";
    }
}
