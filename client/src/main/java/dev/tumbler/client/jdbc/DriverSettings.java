package dev.tumbler.client.jdbc;

import dev.tumbler.client.auth.Credentials;
import java.sql.SQLException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the driver is told: by connection properties, URL, system properties and, partly, environment, in this order. */
final class DriverSettings {
    private static final String ACCESS_KEY_ID = "tumbler.accessKeyId";
    private static final String ACCESS_KEY_SECRET = "tumbler.accessKeySecret";
    private static final String SECURITY_TOKEN = "tumbler.securityToken";

    private final Function<String, @Nullable String> settings;
    private final Function<String, @Nullable String> environment;

    /** @throws SQLException if the URL holds a password */
    DriverSettings(Map<String, String> url, Properties connection, Function<String, @Nullable String> environment)
            throws SQLException {
        if (url.containsKey(ACCESS_KEY_SECRET) || url.containsKey(SECURITY_TOKEN)) {
            throw wrong("A JDBC URL must not hold " + ACCESS_KEY_SECRET + " or " + SECURITY_TOKEN
                    + ": pools log it. Give them as connection properties, or in the environment");
        }
        this.settings = name -> first(connection.getProperty(name), url.get(name), System.getProperty(name));
        this.environment = environment;
    }

    /** Returns where KMS is and as whom it is read; what is not said here is as the official client is told. */
    KmsSettings kms(OfficialSettings official) throws SQLException {
        Optional<KmsPlace> place = place();
        return new KmsSettings(
                place.isPresent() ? List.of(place.get()) : official.places(),
                identity(official),
                duration("tumbler.callTimeout"),
                duration("tumbler.refreshInterval"));
    }

    LoginRetry loginRetry() throws SQLException {
        Duration timeout = duration("tumbler.loginRetryTimeout");
        try {
            return LoginRetry.of(timeout == null ? LoginRetry.DEFAULT_TIMEOUT : timeout);
        } catch (IllegalArgumentException e) {
            throw new SQLException(JdbcUrl.SETTING_PREFIX + e.getMessage(), SqlStates.CONNECTION_FAILED, e);
        }
    }

    private Optional<KmsPlace> place() throws SQLException {
        String region = first(settings.apply("tumbler.region"), environment.apply("TUMBLER_REGION"));
        String endpoint = first(settings.apply("tumbler.endpoint"), environment.apply("TUMBLER_ENDPOINT"));
        String instance = settings.apply("tumbler.instance");
        boolean vpc = flag("tumbler.vpc");
        String caCertificate = settings.apply("tumbler.caCertificate");
        if (region == null && endpoint == null && instance == null) {
            if (vpc || caCertificate != null) {
                throw wrong("tumbler.vpc and tumbler.caCertificate need one of " + KmsPlace.HOW_TO_SAY);
            }
            return Optional.empty();
        }
        return Optional.of(new KmsPlace(region, endpoint, vpc, instance, caCertificate));
    }

    private KmsIdentity identity(OfficialSettings official) throws SQLException {
        String id = settings.apply(ACCESS_KEY_ID);
        String secret = settings.apply(ACCESS_KEY_SECRET);
        if ((id == null) != (secret == null)) {
            throw wrong("Give both " + ACCESS_KEY_ID + " and " + ACCESS_KEY_SECRET + ", or neither");
        }
        if (id != null && secret != null) {
            String token = settings.apply(SECURITY_TOKEN);
            try {
                return new KmsIdentity.AccessKey(
                        token == null ? Credentials.of(id, secret) : Credentials.of(id, secret, token));
            } catch (IllegalArgumentException e) {
                throw wrong(JdbcUrl.SETTING_PREFIX + e.getMessage());
            }
        }
        return environment.apply("ALIBABA_CLOUD_ACCESS_KEY_ID") == null
                ? official.identity()
                : new KmsIdentity.DefaultChain();
    }

    private boolean flag(String name) throws SQLException {
        String text = settings.apply(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw wrong(name + " must be true or false, not \"" + text + "\"");
        }
        return "true".equals(text);
    }

    private @Nullable Duration duration(String name) throws SQLException {
        String text = settings.apply(name);
        try {
            return text == null ? null : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong(name + " must be an ISO duration like PT10S, not \"" + text + "\"");
        }
    }

    private static SQLException wrong(String message) {
        return new SQLException(message, SqlStates.CONNECTION_FAILED);
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
