package dev.tumbler.emulator.rds;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What can be told from a JDBC URL of any driver.
 *
 * @param url the URL
 * @param address host and port
 * @param parameters the names of its parameters, in lower case
 */
record JdbcUrl(String url, String address, Set<String> parameters) {
    private static final Pattern CREDENTIALS = Pattern.compile("user|username|uid|pwd|.*password[0-9]?");

    /** Separates parameters: {@code ?a=b&c=d}, {@code ;a=b} and {@code (a=b)}. */
    private static final Pattern SEPARATORS = Pattern.compile("[?&;(),]");

    /** Refuses URLs of others, and credentials: drivers log URLs, and may prefer what stands in them. */
    static JdbcUrl parse(String url, Dialect dialect) {
        String example = dialect.urlExample();
        String prefix = example.substring(0, example.indexOf("//"));
        String engine = dialect.engine().displayName();
        if (!url.startsWith(prefix)) {
            throw new IllegalArgumentException("A URL for " + engine + " starts with " + prefix);
        }
        String rest = url.substring(prefix.length());
        String beforeParameters = rest.split("[?;]", 2)[0];
        int slashes = beforeParameters.indexOf("//");
        String authority =
                slashes < 0 ? "" : beforeParameters.substring(slashes + 2).split("/", 2)[0];

        Set<String> parameters = new HashSet<>();
        for (String part : SEPARATORS.split(rest, -1)) {
            parameters.add(part.split("=", 2)[0].strip().toLowerCase(Locale.ROOT));
        }
        if (authority.indexOf('@') >= 0
                || parameters.stream()
                        .anyMatch(name -> CREDENTIALS.matcher(name).matches())) {
            throw new IllegalArgumentException(
                    "The URL holds credentials, which logs would show: give the administrator's name and password as arguments");
        }
        return new JdbcUrl(url, authority.isEmpty() ? dialect.defaultAddress() : authority, parameters);
    }
}
