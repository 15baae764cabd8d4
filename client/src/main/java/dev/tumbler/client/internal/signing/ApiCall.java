package dev.tumbler.client.internal.signing;

import java.util.Map;

/**
 * An action of the service with its own parameters, not signed yet.
 *
 * @param action the action, like {@code GetSecretValue}
 * @param parameters the parameters by name, in clear text; {@link #toString()} leaves them out
 */
public record ApiCall(String action, Map<String, String> parameters) {
    /** The version of the KMS API. */
    static final String VERSION = "2016-01-20";

    /** Copies the parameters. */
    public ApiCall {
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String toString() {
        return "ApiCall[action=" + action + "]";
    }
}
