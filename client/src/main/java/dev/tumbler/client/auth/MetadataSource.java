package dev.tumbler.client.auth;

import dev.tumbler.client.internal.http.HttpAnswer;
import dev.tumbler.client.internal.http.PlainHttp;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks the metadata service of an ECS instance for the credentials of its RAM role: with a token (version 2, "hardened
 * mode"), and without one (version 1) if no token comes and that is allowed. Source: ECS, "Instance metadata".
 */
final class MetadataSource implements Session.Source {
    private static final String WHO = "the metadata service";
    private static final String ROLES = "/latest/meta-data/ram/security-credentials/";
    private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9.@_-]{1,64}");

    private final URI service;
    private final @Nullable String roleName;
    private final boolean withoutToken;
    private final PlainHttp http = PlainHttp.ofMachine();

    /**
     * @param roleName the role, null to ask which one the instance has
     * @param withoutToken whether version 1 may be used
     */
    MetadataSource(URI service, @Nullable String roleName, boolean withoutToken) {
        if (roleName != null && !ROLE.matcher(roleName).matches()) {
            throw new IllegalArgumentException("No name of a RAM role: \"" + roleName + "\"");
        }
        this.service = service;
        this.roleName = roleName;
        this.withoutToken = withoutToken;
    }

    @Override
    public Session fetch() {
        try {
            Map<String, String> headers = token();
            String role = roleName == null ? discovered(headers) : roleName;
            HttpAnswer answer = http.get(service.resolve(ROLES + role), headers);
            if (answer.status() == 404) {
                throw new CredentialsException("the instance has no RAM role " + role);
            }
            return SessionJson.flat(WHO, answer);
        } catch (IOException e) {
            throw new CredentialsException(
                    WHO + " does not answer (" + e.getMessage() + "); is this an ECS instance?", true, e);
        }
    }

    /** Returns whether nobody has answered at the address, which may not be there at all. */
    static boolean isNotThere(CredentialsException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof InterruptedIOException;
    }

    private Map<String, String> token() throws IOException {
        try {
            HttpAnswer answer = http.put(
                    service.resolve("/latest/api/token"), Map.of("X-aliyun-ecs-metadata-token-ttl-seconds", "21600"));
            String token = text(answer);
            if (answer.status() == 200 && !token.isEmpty()) {
                return Map.of("X-aliyun-ecs-metadata-token", token);
            }
            if (!withoutToken) {
                throw new CredentialsException(
                        WHO + " answered " + answer.status() + " and gave no token",
                        SessionJson.isTemporary(answer.status(), null),
                        null);
            }
        } catch (IOException e) {
            if (!withoutToken) {
                throw e;
            }
        }
        return Map.of();
    }

    private String discovered(Map<String, String> headers) throws IOException {
        HttpAnswer answer = http.get(service.resolve(ROLES), headers);
        String role = text(answer);
        if (answer.status() == 404 || (answer.status() == 200 && role.isEmpty())) {
            throw new CredentialsException("the instance has no RAM role");
        }
        if (answer.status() != 200 || !ROLE.matcher(role).matches()) {
            throw new CredentialsException(
                    WHO + " answered " + answer.status() + " without the name of a role",
                    SessionJson.isTemporary(answer.status(), null),
                    null);
        }
        return role;
    }

    private static String text(HttpAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8).strip();
    }
}
