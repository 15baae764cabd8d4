package dev.tumbler.client.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of our URLs, taken apart.
 *
 * @param database the database that it leads to
 * @param address where that is, from the slashes on and without parameters; empty if the secret says it
 * @param parameters those of the database's own driver, in its own form, with what stands before them
 * @param encodedSettings our own parameters, as they stand in the URL
 */
record JdbcUrl(Database database, String address, String parameters, Map<String, String> encodedSettings) {
    /** What our settings' names begin with, in URLs, connection properties and system properties. */
    static final String SETTING_PREFIX = "tumbler.";

    private static final String OWN_PREFIX = "jdbc:tumbler:";
    // The scheme of the official Secret JDBC Client, and the parameter by which it tells its drivers apart.
    private static final String OFFICIAL_PREFIX = "secrets-manager:";
    private static final String OFFICIAL_PARAMETER = "urlUnique";

    private static final Set<String> ACCOUNT = Set.of("user", "username", "password");

    /** The account of one host in an address like {@code //(host=db,user=me)/shop} or {@code //address=(host=db)(user=me)/}. */
    private static final Pattern ACCOUNT_OF_HOST =
            Pattern.compile("[(,]\\s*(user|password)\\s*=", Pattern.CASE_INSENSITIVE);

    private static final Pattern AUTHORITY = Pattern.compile("//([^/(]*)");

    /** Returns the parts, or null if the URL is none of ours. */
    static @Nullable JdbcUrl parse(@Nullable String url) {
        if (url == null) {
            return null;
        }
        if (url.startsWith(OWN_PREFIX)) {
            return parseNative("jdbc:" + url.substring(OWN_PREFIX.length()));
        }
        return url.startsWith(OFFICIAL_PREFIX) ? parseNative("jdbc:" + url.substring(OFFICIAL_PREFIX.length())) : null;
    }

    /** Returns the parts of a URL of a database's own driver, or null if we do not know the database. */
    static @Nullable JdbcUrl parseNative(String url) {
        Database database = url.startsWith("jdbc:") ? Database.of(url.substring("jdbc:".length())) : null;
        if (database == null) {
            return null;
        }
        String rest = url.substring(database.prefix().length());
        int start = rest.indexOf(database.parameterStart());
        if (start < 0) {
            return new JdbcUrl(database, rest, "", Map.of());
        }
        Map<String, String> settings = new TreeMap<>();
        List<String> others = new ArrayList<>();
        for (String parameter : split(rest.substring(start + 1), database.parameterSeparator())) {
            int equals = parameter.indexOf('=');
            // SQL Server takes blanks before names.
            String name = (equals < 0 ? parameter : parameter.substring(0, equals)).strip();
            if (equals > 0 && name.startsWith(SETTING_PREFIX)) {
                settings.put(name, parameter.substring(equals + 1));
            } else if (!name.equals(OFFICIAL_PARAMETER)) {
                others.add(parameter);
            }
        }
        String parameters = String.join(String.valueOf(database.parameterSeparator()), others);
        return new JdbcUrl(
                database,
                rest.substring(0, start),
                parameters.isEmpty() ? "" : database.parameterStart() + parameters,
                Map.copyOf(settings));
    }

    /** SQL Server puts values that hold its separator into braces. */
    private static List<String> split(String parameters, char separator) {
        List<String> parts = new ArrayList<>();
        int begin = 0;
        boolean braced = false;
        for (int i = 0; i < parameters.length(); i++) {
            char c = parameters.charAt(i);
            if (separator == ';' && (c == '{' || c == '}')) {
                braced = c == '{';
            } else if (c == separator && !braced) {
                parts.add(parameters.substring(begin, i));
                begin = i + 1;
            }
        }
        parts.add(parameters.substring(begin));
        return parts;
    }

    /** Returns whether the secret says where the database is. */
    boolean isAddressInSecret() {
        return address.isEmpty();
    }

    /** Returns the URL for the database's own driver. */
    String target() {
        return database.prefix() + address + parameters;
    }

    /** Returns this URL, leading to that address. */
    JdbcUrl at(String newAddress) {
        return new JdbcUrl(database, newAddress, parameters, encodedSettings);
    }

    /**
     * Returns our own parameters.
     *
     * @throws SQLException if a value is not percent-encoded as it must be
     */
    Map<String, String> settings() throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        for (Map.Entry<String, String> setting : encodedSettings.entrySet()) {
            try {
                // Unlike in a form a plus sign is one.
                String encoded = setting.getValue().replace("+", "%2B");
                settings.put(setting.getKey(), URLDecoder.decode(encoded, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // Without the cause, which quotes the value.
                throw new SQLException(
                        "In the JDBC URL " + setting.getKey() + " has a % that begins no escape like %2F",
                        SqlStates.CONNECTION_FAILED);
            }
        }
        return settings;
    }

    /**
     * Tells the database's own driver how long a login may take, unless the caller or the URL has.
     *
     * @return the properties that were set
     */
    Set<String> limitLogin(Properties properties, Duration limit) {
        Set<String> set = new HashSet<>();
        database.loginLimits(limit).forEach((name, value) -> {
            if (!hasParameter(name) && properties.putIfAbsent(name, value) == null) {
                set.add(name);
            }
        });
        return set;
    }

    /** Returns whether the URL sets a parameter of the database's own driver; SQL Server ignores case. */
    private boolean hasParameter(String name) {
        return parameterNames().anyMatch(name::equalsIgnoreCase);
    }

    private Stream<String> parameterNames() {
        return parameters.isEmpty()
                ? Stream.empty()
                : split(parameters.substring(1), database.parameterSeparator()).stream()
                        .map(parameter -> parameter
                                .substring(0, Math.max(0, parameter.indexOf('=')))
                                .strip());
    }

    /** Some drivers would prefer an account in the URL to that of the secret. */
    void requireNoAccount() throws SQLException {
        Optional<String> account = parameterNames()
                .filter(name -> ACCOUNT.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst();
        if (account.isPresent()) {
            throw withAccount("name \"" + account.get() + "\"");
        }
        if (database.takesAccountsInAddresses() && hasAccountInAddress()) {
            throw withAccount("have an account before or with a host");
        }
    }

    private boolean hasAccountInAddress() {
        Matcher authority = AUTHORITY.matcher(address);
        return ACCOUNT_OF_HOST.matcher(address).find()
                || (authority.find() && authority.group(1).indexOf('@') >= 0);
    }

    private static SQLException withAccount(String where) {
        return new SQLException(
                "The JDBC URL must not " + where + ": account and password come from the secret",
                SqlStates.CONNECTION_FAILED);
    }
}
