package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;

/** The service under test, as one official SDK sees it. Thread-safe but for the names that it forgets at the end. */
final class Kms implements AutoCloseable {
    private final Sdk sdk;
    private final String suffix;
    private final Map<String, String> placement;
    private final Set<String> created = new LinkedHashSet<>();

    /**
     * Talks through an SDK.
     *
     * @param suffix makes names unique; empty if the service is the test's own
     * @param placement parameters that each CreateSecret gets, such as the KMS instance
     */
    Kms(Sdk sdk, String suffix, Map<String, String> placement) {
        this.sdk = sdk;
        this.suffix = suffix;
        this.placement = placement;
    }

    /** Calls an action: names and values of its parameters in turn. */
    Map<String, Object> call(String action, Object... namesAndValues) {
        return call(action, map(namesAndValues));
    }

    /** Calls an action with parameters that the test has as a map. */
    Map<String, Object> call(String action, Map<String, ?> parameters) {
        if (!action.equals("CreateSecret")) {
            return sdk.call(action, parameters);
        }
        Map<String, Object> placed = new LinkedHashMap<>(placement);
        placed.putAll(parameters);
        Map<String, Object> answer = sdk.call(action, placed);
        synchronized (created) {
            created.add((String) answer.get("SecretName"));
        }
        return answer;
    }

    /** Calls an action that the service must refuse. */
    ServiceError assertRefused(int status, String code, String action, Object... namesAndValues) {
        return assertRefused(status, code, action, map(namesAndValues));
    }

    /** Calls an action that the service must refuse. */
    ServiceError assertRefused(int status, String code, String action, Map<String, ?> parameters) {
        try {
            Map<String, Object> answer = call(action, parameters);
            return Assertions.fail(action + " was answered, not refused with " + code + ": " + answer.keySet());
        } catch (ServiceError e) {
            assertThat(e.code()).as("code of: %s", e.getMessage()).isEqualTo(code);
            assertThat(e.mayHaveStatus(status))
                    .as("status %s of %s", status, e.code())
                    .isTrue();
            assertThat(e.requestId()).as("request id of %s", e.code()).hasSize(36);
            return e;
        }
    }

    /** Calls an action with a parameter that breaks its rule; the message must name it. */
    void assertInvalid(String parameter, String action, Object... namesAndValues) {
        assertThat(assertRefused(400, "InvalidParameter", action, namesAndValues))
                .hasMessageContaining("\"" + parameter + "\"");
    }

    /** Calls an action once without each of its required parameters; the message must name what is missing. */
    void assertRequired(String action, Object... namesAndValues) {
        for (String missing : map(namesAndValues).keySet()) {
            assertThat(assertRefused(400, "MissingParameter", action, without(missing, namesAndValues)))
                    .hasMessageContaining("\"" + missing + "\"");
        }
    }

    /** Makes a generic secret with one version {@code v1}; more parameters may follow. */
    Map<String, Object> createSecret(String name, String data, Object... namesAndValues) {
        Map<String, Object> parameters = map("SecretName", name, "VersionId", "v1", "SecretData", data);
        parameters.putAll(map(namesAndValues));
        return call("CreateSecret", parameters);
    }

    /** A name that no other test uses. */
    String name(String base) {
        return base + suffix;
    }

    /** A field that is a list of objects; empty if it is absent. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Map<String, Object> answer, String field) {
        return (List<Map<String, Object>>) answer.getOrDefault(field, List.of());
    }

    /** Deletes the secrets that were made. */
    @Override
    public void close() {
        for (String name : created) {
            try {
                call("DeleteSecret", "SecretName", name, "ForceDeleteWithoutRecovery", "true");
            } catch (ServiceError e) {
                // Gone already, or scheduled.
            }
        }
        sdk.close();
    }

    /** Parameters but one. */
    static Map<String, Object> without(String left, Object... namesAndValues) {
        Map<String, Object> parameters = map(namesAndValues);
        parameters.remove(left);
        return parameters;
    }

    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
