package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** The service under test, as one official SDK sees it. */
final class Kms {
    private final Sdk sdk;
    private final String suffix;

    Kms(Sdk sdk, String suffix) {
        this.sdk = sdk;
        this.suffix = suffix;
    }

    /** Calls an action: names and values of its parameters in turn. */
    Map<String, Object> call(String action, Object... namesAndValues) {
        return sdk.call(action, map(namesAndValues));
    }

    /** Calls an action with parameters that the test has as a map. */
    Map<String, Object> call(String action, Map<String, ?> parameters) {
        return sdk.call(action, parameters);
    }

    /** Calls an action that the service must refuse. */
    ServiceError assertRefused(int status, String code, String action, Object... namesAndValues) {
        return assertRefused(status, code, action, map(namesAndValues));
    }

    /** Calls an action that the service must refuse. */
    ServiceError assertRefused(int status, String code, String action, Map<String, ?> parameters) {
        try {
            Map<String, Object> answer = sdk.call(action, parameters);
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

    /** Makes a generic secret with one version {@code v1}; more parameters may follow. */
    Map<String, Object> createSecret(String name, String data, Object... namesAndValues) {
        Map<String, Object> parameters = map("SecretName", name, "VersionId", "v1", "SecretData", data);
        parameters.putAll(map(namesAndValues));
        return sdk.call("CreateSecret", parameters);
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
