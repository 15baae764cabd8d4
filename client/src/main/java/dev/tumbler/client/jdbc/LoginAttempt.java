package dev.tumbler.client.jdbc;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.RdsCredentials;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a secret says about a login.
 *
 * @param url the URL for the database's own driver
 */
record LoginAttempt(RdsCredentials account, String url) {
    // Nothing that could add a parameter to the URL.
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");
    private static final Pattern DATABASE_NAME = Pattern.compile("[\\p{L}\\p{N}_$.-]{1,128}");
    private static final int MAX_PORT = 65_535;

    /**
     * Takes the address from the secret too: from its content, or from the {@code CustomData} of its extended
     * configuration. Source: Secrets Manager JDBC, "secret name as URL"; field names as the official client reads them.
     *
     * @throws IllegalStateException if the content is no account, or there is no whole address; the message holds no
     *     content
     */
    static LoginAttempt withAddress(JdbcUrl url, GetSecretValueResult result) {
        RdsCredentials account = result.asRdsCredentials();
        JsonObject where = object(result.secretData().asString())
                .filter(content -> content.has("Endpoint"))
                .or(() -> result.extendedConfig().flatMap(LoginAttempt::object).flatMap(LoginAttempt::customData))
                .orElseGet(JsonObject::new);
        String host = text(where, "Endpoint", HOST);
        int port = port(where);
        String databaseName = text(where, "DBName", DATABASE_NAME);
        if (host == null || port == 0 || databaseName == null) {
            throw new IllegalStateException("Secret \"" + result.secretName()
                    + "\" must say where the database is, since the URL does not: Endpoint (a host name), Port (1 to "
                    + MAX_PORT + ") and DBName, in its content or in ExtendedConfig.CustomData");
        }
        return new LoginAttempt(
                account,
                url.at(url.database().address(host, port, databaseName)).target());
    }

    private static Optional<JsonObject> customData(JsonObject config) {
        JsonElement data = config.get("CustomData");
        if (data instanceof JsonObject object) {
            return Optional.of(object);
        }
        return data != null && data.isJsonPrimitive() ? object(data.getAsString()) : Optional.empty();
    }

    private static Optional<JsonObject> object(String json) {
        try {
            return JsonParser.parseString(json) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(JsonObject object, String name, Pattern allowed) {
        JsonElement element = object.get(name);
        if (element == null || !element.isJsonPrimitive()) {
            return null;
        }
        String text = element.getAsString();
        return allowed.matcher(text).matches() ? text : null;
    }

    private static int port(JsonObject object) {
        String digits = text(object, "Port", Pattern.compile("[0-9]{1,5}"));
        int port = digits == null ? 0 : Integer.parseInt(digits);
        return port <= MAX_PORT ? port : 0;
    }
}
