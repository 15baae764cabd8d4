package dev.tumbler.client.jdbc;

import dev.tumbler.client.auth.Credentials;
import java.sql.SQLException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the driver is told: by connection properties, URL, system properties and, partly, environment, in this order. */
final class DriverSettings {
    private final Function<DriverProperty, @Nullable String> settings;
    private final Function<String, @Nullable String> environment;

    /** @throws SQLException if the URL holds a password, or a name that begins as ours do is none */
    DriverSettings(Map<String, String> url, Properties connection, Function<String, @Nullable String> environment)
            throws SQLException {
        if (url.containsKey(DriverProperty.ACCESS_KEY_SECRET.key())
                || url.containsKey(DriverProperty.SECURITY_TOKEN.key())) {
            throw wrong("A JDBC URL must not hold " + DriverProperty.ACCESS_KEY_SECRET + " or "
                    + DriverProperty.SECURITY_TOKEN
                    + ": pools log it. Give them as connection properties, or in the environment");
        }
        requireKnown(url.keySet());
        requireKnown(connection.stringPropertyNames());
        this.settings = setting ->
                first(connection.getProperty(setting.key()), url.get(setting.key()), System.getProperty(setting.key()));
        this.environment = environment;
    }

    private static void requireKnown(Set<String> names) throws SQLException {
        for (String name : names) {
            if (name.startsWith(JdbcUrl.SETTING_PREFIX)
                    && Arrays.stream(DriverProperty.values())
                            .noneMatch(known -> known.key().equals(name))) {
                throw wrong(name + " is no property of the driver; there are "
                        + Arrays.stream(DriverProperty.values())
                                .map(DriverProperty::key)
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    /** Returns where KMS is and as whom it is read; what is not said here is as the official client is told. */
    KmsSettings kms(OfficialSettings official) throws SQLException {
        Optional<KmsPlace> place = place();
        return new KmsSettings(
                place.isPresent() ? List.of(place.get()) : official.places(),
                identity(official),
                duration(DriverProperty.CALL_TIMEOUT),
                duration(DriverProperty.REFRESH_INTERVAL));
    }

    LoginRetry loginRetry() throws SQLException {
        Duration timeout = duration(DriverProperty.LOGIN_RETRY_TIMEOUT);
        try {
            return LoginRetry.of(timeout == null ? LoginRetry.DEFAULT_TIMEOUT : timeout);
        } catch (IllegalArgumentException e) {
            throw new SQLException(JdbcUrl.SETTING_PREFIX + e.getMessage(), SqlStates.CONNECTION_FAILED, e);
        }
    }

    private Optional<KmsPlace> place() throws SQLException {
        String region = first(settings.apply(DriverProperty.REGION), environment.apply("TUMBLER_REGION"));
        String endpoint = first(settings.apply(DriverProperty.ENDPOINT), environment.apply("TUMBLER_ENDPOINT"));
        String instance = settings.apply(DriverProperty.INSTANCE);
        boolean vpc = flag(DriverProperty.VPC);
        String caCertificate = settings.apply(DriverProperty.CA_CERTIFICATE);
        if (region == null && endpoint == null && instance == null) {
            if (vpc || caCertificate != null) {
                throw wrong(DriverProperty.VPC + " and " + DriverProperty.CA_CERTIFICATE + " need one of "
                        + KmsPlace.HOW_TO_SAY);
            }
            return Optional.empty();
        }
        return Optional.of(new KmsPlace(region, endpoint, vpc, instance, caCertificate));
    }

    private KmsIdentity identity(OfficialSettings official) throws SQLException {
        String id = settings.apply(DriverProperty.ACCESS_KEY_ID);
        String secret = settings.apply(DriverProperty.ACCESS_KEY_SECRET);
        if ((id == null) != (secret == null)) {
            throw wrong("Give both " + DriverProperty.ACCESS_KEY_ID + " and " + DriverProperty.ACCESS_KEY_SECRET
                    + ", or neither");
        }
        if (id != null && secret != null) {
            String token = settings.apply(DriverProperty.SECURITY_TOKEN);
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

    private boolean flag(DriverProperty name) throws SQLException {
        String text = settings.apply(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw wrong(name + " must be true or false, not \"" + text + "\"");
        }
        return "true".equals(text);
    }

    private @Nullable Duration duration(DriverProperty name) throws SQLException {
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
