package dev.tumbler.client.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The databases that we know how to log in to. */
enum Database {
    POSTGRESQL("postgresql", "org.postgresql:postgresql"),
    MYSQL("mysql", "com.mysql:mysql-connector-j"),
    MARIADB("mariadb", "org.mariadb.jdbc:mariadb-java-client"),
    SQLSERVER("sqlserver", "com.microsoft.sqlserver:mssql-jdbc");

    /** The one limit that would go on to hold after the login. */
    static final String READ_LIMIT = "socketTimeout";

    private static final Duration ALMOST_A_SECOND = Duration.ofSeconds(1).minusNanos(1);
    private static final int MAX_DEPTH = 16;
    private static final int MYSQL_ACCESS_DENIED = 1045;
    private static final int SQLSERVER_LOGIN_FAILED = 18456;

    private final String subprotocol;
    private final String artifact;

    Database(String subprotocol, String artifact) {
        this.subprotocol = subprotocol;
        this.artifact = artifact;
    }

    /** Returns the database that the rest of a JDBC URL, after {@code jdbc:}, names. */
    static @Nullable Database of(String rest) {
        for (Database database : values()) {
            if (rest.startsWith(database.subprotocol + ":")) {
                return database;
            }
        }
        return null;
    }

    /** Returns what URLs begin with, for messages. */
    static String prefixes() {
        return Arrays.stream(values()).map(Database::prefix).collect(Collectors.joining(", "));
    }

    /** Returns what the URLs of the database's own driver begin with, like {@code jdbc:mysql:}. */
    String prefix() {
        return "jdbc:" + subprotocol + ":";
    }

    /** Returns the Maven coordinate of the driver. */
    String artifact() {
        return artifact;
    }

    /** Returns what stands before the first parameter of a URL. */
    char parameterStart() {
        return this == SQLSERVER ? ';' : '?';
    }

    /** Returns what stands between two parameters of a URL. */
    char parameterSeparator() {
        return this == SQLSERVER ? ';' : '&';
    }

    /** Returns where a URL leads that names this host and database. */
    String address(String host, int port, String databaseName) {
        return "//" + host + ":" + port + (this == SQLSERVER ? ";databaseName=" : "/") + databaseName;
    }

    /** Returns whether a URL can name an account beside a host. */
    boolean takesAccountsInAddresses() {
        return this == MYSQL || this == MARIADB;
    }

    /** Returns the driver's properties, in its units, that limit a login. */
    Map<String, String> loginLimits(Duration limit) {
        String seconds = Long.toString(Math.max(1, limit.plus(ALMOST_A_SECOND).toSeconds()));
        String millis = Long.toString(Math.max(1, limit.toMillis()));
        return switch (this) {
            case POSTGRESQL, SQLSERVER -> Map.of("loginTimeout", seconds);
            case MARIADB -> Map.of("connectTimeout", millis);
            // The first ends when the server has accepted, though it may never say anything.
            case MYSQL -> Map.of("connectTimeout", millis, READ_LIMIT, millis);
        };
    }

    /**
     * Returns whether the database refused name or password. Drivers and wrappers put the exception that knows it behind
     * others, so the causes count too.
     */
    boolean isLoginFailure(SQLException failure) {
        Throwable link = failure;
        for (int depth = 0; link != null && depth < MAX_DEPTH; depth++) {
            if (link instanceof SQLException sql && saysSo(sql)) {
                return true;
            }
            link = link.getCause();
        }
        return false;
    }

    private boolean saysSo(SQLException failure) {
        return switch (this) {
            // Invalid password, and invalid authorization: the role may not log in.
            case POSTGRESQL -> "28P01".equals(failure.getSQLState()) || "28000".equals(failure.getSQLState());
            case MYSQL, MARIADB -> failure.getErrorCode() == MYSQL_ACCESS_DENIED;
            case SQLSERVER -> failure.getErrorCode() == SQLSERVER_LOGIN_FAILED;
        };
    }
}
