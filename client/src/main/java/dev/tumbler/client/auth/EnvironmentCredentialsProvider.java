package dev.tumbler.client.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

final class EnvironmentCredentialsProvider implements CredentialsProvider {
    private static final String ACCESS_KEY_ID = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    private static final String ACCESS_KEY_SECRET = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    private static final String SECURITY_TOKEN = "ALIBABA_CLOUD_SECURITY_TOKEN";

    private final Function<String, @Nullable String> environment;

    EnvironmentCredentialsProvider(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    @Override
    public Credentials credentials() {
        String id = read(ACCESS_KEY_ID);
        String secret = read(ACCESS_KEY_SECRET);
        if (id == null || secret == null) {
            List<String> missing = new ArrayList<>();
            if (id == null) {
                missing.add(ACCESS_KEY_ID);
            }
            if (secret == null) {
                missing.add(ACCESS_KEY_SECRET);
            }
            throw new IllegalStateException("No credentials: set " + String.join(" and ", missing)
                    + " in the environment, or give a CredentialsProvider");
        }
        String token = read(SECURITY_TOKEN);
        return token == null ? Credentials.of(id, secret) : Credentials.of(id, secret, token);
    }

    private @Nullable String read(String name) {
        String value = environment.apply(name);
        return value == null || value.isBlank() ? null : value;
    }

    @Override
    public String toString() {
        return "EnvironmentCredentialsProvider";
    }
}
