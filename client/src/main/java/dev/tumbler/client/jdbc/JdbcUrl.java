package dev.tumbler.client.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One of our URLs, taken apart.
 *
 * @param database the database that it leads to
 * @param target the URL for the database's own driver
 * @param settings our own parameters, which the target has no longer
 */
record JdbcUrl(Database database, String target, Map<String, String> settings) {
    /** What our settings' names begin with, in URLs, connection properties and system properties. */
    static final String SETTING_PREFIX = "tumbler.";

    private static final String OWN_PREFIX = "jdbc:tumbler:";
    // The scheme of the official Secret JDBC Client.
    private static final String OFFICIAL_PREFIX = "secrets-manager:";

    /** Returns the parts, or null if the URL is none of ours. */
    static @Nullable JdbcUrl parse(@Nullable String url) {
        if (url == null) {
            return null;
        }
        String rest;
        if (url.startsWith(OWN_PREFIX)) {
            rest = url.substring(OWN_PREFIX.length());
        } else if (url.startsWith(OFFICIAL_PREFIX)) {
            rest = url.substring(OFFICIAL_PREFIX.length());
        } else {
            return null;
        }
        Database database = Database.of(rest);
        return database == null ? null : of(database, "jdbc:" + rest);
    }

    private static JdbcUrl of(Database database, String url) {
        int question = url.indexOf('?');
        if (question < 0) {
            return new JdbcUrl(database, url, Map.of());
        }
        Map<String, String> settings = new TreeMap<>();
        List<String> others = new ArrayList<>();
        for (String parameter : url.substring(question + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && parameter.startsWith(SETTING_PREFIX)) {
                settings.put(
                        parameter.substring(0, equals),
                        URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
            } else {
                others.add(parameter);
            }
        }
        String target = url.substring(0, question) + (others.isEmpty() ? "" : "?" + String.join("&", others));
        return new JdbcUrl(database, target, Map.copyOf(settings));
    }
}
