package dev.tumbler.client.jdbc;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.Credentials;
import java.sql.SQLException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the driver reads secrets, and as whom.
 *
 * @param places those after the first are asked while it has no answer
 */
record KmsSettings(List<KmsPlace> places, KmsIdentity identity) {
    private static final String REGION = "tumbler.region";
    private static final String ENDPOINT = "tumbler.endpoint";
    private static final String ACCESS_KEY_ID = "tumbler.accessKeyId";
    private static final String ACCESS_KEY_SECRET = "tumbler.accessKeySecret";
    private static final String SECURITY_TOKEN = "tumbler.securityToken";
    private static final String LOGIN_RETRY_TIMEOUT = "tumbler.loginRetryTimeout";

    /**
     * Looks in connection properties, URL, system properties and environment, in this order, and then where the official
     * client looks.
     */
    static KmsSettings of(
            Map<String, String> url,
            Properties connection,
            Function<String, @Nullable String> environment,
            OfficialSettings official)
            throws SQLException {
        if (url.containsKey(ACCESS_KEY_SECRET) || url.containsKey(SECURITY_TOKEN)) {
            throw new SQLException(
                    "A JDBC URL must not hold " + ACCESS_KEY_SECRET + " or " + SECURITY_TOKEN
                            + ": pools log it. Give them as connection properties, or in the environment",
                    SqlStates.CONNECTION_FAILED);
        }
        Function<String, @Nullable String> lookup =
                name -> first(connection.getProperty(name), url.get(name), System.getProperty(name));
        String id = lookup.apply(ACCESS_KEY_ID);
        String secret = lookup.apply(ACCESS_KEY_SECRET);
        if ((id == null) != (secret == null)) {
            throw new SQLException(
                    "Give both " + ACCESS_KEY_ID + " and " + ACCESS_KEY_SECRET + ", or neither",
                    SqlStates.CONNECTION_FAILED);
        }
        String token = lookup.apply(SECURITY_TOKEN);
        KmsIdentity identity;
        if (id != null && secret != null) {
            identity = new KmsIdentity.AccessKey(
                    token == null ? Credentials.of(id, secret) : Credentials.of(id, secret, token));
        } else if (environment.apply("ALIBABA_CLOUD_ACCESS_KEY_ID") == null) {
            identity = official.identity();
        } else {
            identity = new KmsIdentity.DefaultChain();
        }
        String region = first(lookup.apply(REGION), environment.apply("TUMBLER_REGION"));
        String endpoint = first(lookup.apply(ENDPOINT), environment.apply("TUMBLER_ENDPOINT"));
        return new KmsSettings(
                region == null && endpoint == null ? official.places() : List.of(new KmsPlace(region, endpoint)),
                identity);
    }

    /** Looks in connection properties, URL and system properties, in this order. */
    static LoginRetry loginRetry(Map<String, String> url, Properties connection) throws SQLException {
        String timeout = first(
                connection.getProperty(LOGIN_RETRY_TIMEOUT),
                url.get(LOGIN_RETRY_TIMEOUT),
                System.getProperty(LOGIN_RETRY_TIMEOUT));
        try {
            return LoginRetry.of(timeout == null ? LoginRetry.DEFAULT_TIMEOUT : Duration.parse(timeout));
        } catch (DateTimeParseException e) {
            throw new SQLException(
                    LOGIN_RETRY_TIMEOUT + " must be an ISO duration like PT10S, not \"" + timeout + "\"",
                    SqlStates.CONNECTION_FAILED,
                    e);
        } catch (IllegalArgumentException e) {
            throw new SQLException(JdbcUrl.SETTING_PREFIX + e.getMessage(), SqlStates.CONNECTION_FAILED, e);
        }
    }

    /** Returns a client for each place. */
    List<SecretsClient> clients() throws SQLException {
        if (places.isEmpty()) {
            throw new SQLException(
                    "The driver needs to know where KMS is: set " + REGION + " (or TUMBLER_REGION) or " + ENDPOINT
                            + " (or TUMBLER_ENDPOINT)",
                    SqlStates.CONNECTION_FAILED);
        }
        List<SecretsClient> clients = new ArrayList<>();
        for (KmsPlace place : places) {
            clients.add(place.client(identity));
        }
        return clients;
    }

    private static @Nullable String first(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }
}
