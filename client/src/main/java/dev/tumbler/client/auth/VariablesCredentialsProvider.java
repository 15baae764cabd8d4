package dev.tumbler.client.auth;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads an access key from named values: of the environment, or of the Java system. */
final class VariablesCredentialsProvider implements CredentialsProvider {
    private final String place;
    private final Function<String, @Nullable String> values;
    private final String accessKeyId;
    private final List<String> accessKeySecret;
    private final String securityToken;

    /** @param accessKeySecret the names for the secret, in the order in which they win; the last one is the usual one */
    private VariablesCredentialsProvider(
            String place,
            Function<String, @Nullable String> values,
            String accessKeyId,
            List<String> accessKeySecret,
            String securityToken) {
        this.place = place;
        this.values = values;
        this.accessKeyId = accessKeyId;
        this.accessKeySecret = accessKeySecret;
        this.securityToken = securityToken;
    }

    static VariablesCredentialsProvider environment(Function<String, @Nullable String> environment) {
        return new VariablesCredentialsProvider(
                "environment",
                environment,
                "ALIBABA_CLOUD_ACCESS_KEY_ID",
                List.of("ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
                "ALIBABA_CLOUD_SECURITY_TOKEN");
    }

    static VariablesCredentialsProvider systemProperties(Function<String, @Nullable String> properties) {
        return new VariablesCredentialsProvider(
                "system properties",
                properties,
                "alibabacloud.accessKeyId",
                List.of("alibabacloud.accessKeyIdSecret", "alibabacloud.accessKeySecret"),
                "alibabacloud.sessionToken");
    }

    @Override
    public Credentials credentials() {
        String id = Text.given(values.apply(accessKeyId));
        String secret = accessKeySecret.stream()
                .map(name -> Text.given(values.apply(name)))
                .filter(value -> value != null)
                .findFirst()
                .orElse(null);
        if (id == null || secret == null) {
            String usual = accessKeySecret.get(accessKeySecret.size() - 1);
            String missing = id == null ? secret == null ? accessKeyId + " and " + usual : accessKeyId : usual;
            throw new CredentialsException("set " + missing + " in the " + place);
        }
        String token = Text.given(values.apply(securityToken));
        return Text.credentials(place + ": ", id, secret, token);
    }

    @Override
    public Optional<Credentials> atHand() {
        return Optional.of(credentials());
    }

    @Override
    public String toString() {
        return "CredentialsProvider of the " + place;
    }
}
