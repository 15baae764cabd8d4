package dev.tumbler.emulator.rds;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server. The only class that names the driver's classes, which users may not have: nothing but
 * {@link RdsInstance#jdbc} may mention it.
 */
final class PostgresRdsInstance implements RdsInstance {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresRdsInstance.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String URL_PREFIX = "jdbc:postgresql:";
    private static final Set<String> CREDENTIALS = Set.of("user", "password", "sslpassword");

    /** NAMEDATALEN - 1. The server cuts longer names short, and so would act on another role. */
    private static final int MAX_IDENTIFIER_BYTES = 63;

    /** From this version on, a membership has options of its own, and its defaults depend on the member. */
    private static final int MEMBERSHIP_OPTIONS_VERSION = 16;

    /**
     * The settings that are lists of identifiers, which the server stores quoted. Source: pg_dump,
     * variable_is_guc_list_quote; no catalog tells.
     */
    private static final Set<String> LIST_SETTINGS = Set.of(
            "local_preload_libraries",
            "search_path",
            "session_preload_libraries",
            "shared_preload_libraries",
            "temp_tablespaces",
            "unix_socket_directories");

    private static final String DUPLICATE_OBJECT = "42710";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String UNDEFINED_OBJECT = "42704";
    private static final String RESERVED_NAME = "42939";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String INVALID_AUTHORIZATION_CLASS = "28";
    /** How the driver says, before it asks the server, that SCRAM knows no empty password. */
    private static final String CONNECTION_REJECTED = "08004";

    private final Driver driver = new Driver();
    private final String url;
    private final String adminUser;
    private final String adminPassword;
    private final Duration timeout;
    private final String location;

    /** Two changes to one role at once make the server fail the later one: "tuple concurrently updated". */
    private final Lock changes = new ReentrantLock();

    PostgresRdsInstance(String url, String adminUser, String adminPassword) {
        this(url, adminUser, adminPassword, TIMEOUT);
    }

    /**
     * Takes another timeout.
     *
     * @param timeout for connecting and for each answer; whole seconds
     */
    PostgresRdsInstance(String url, String adminUser, String adminPassword, Duration timeout) {
        requireNoCredentials(url);
        requireUnderstood(url);
        this.url = url;
        this.adminUser = adminUser;
        this.adminPassword = adminPassword;
        this.timeout = timeout;
        this.location = RdsEngine.POSTGRESQL.displayName() + " at " + address(url);
    }

    @Override
    public RdsEngine engine() {
        return RdsEngine.POSTGRESQL;
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public void createAccount(String accountName, String password) {
        engine().requireAccountName(accountName);
        PasswordRules.require(accountName, password);
        change("create account", accountName, (connection, sql) -> {
            sql.execute("CREATE ROLE " + identifier(connection, accountName) + " LOGIN");
            setPassword(connection, accountName, password);
        });
    }

    @Override
    public void cloneAccount(String source, String clone, String password) {
        requireExpressible(source);
        requireExpressible(clone);
        RdsException.requireDistinct(source, clone);
        PasswordRules.require(clone, password);
        change("clone account \"" + source + "\" as", clone, (connection, sql) -> {
            RoleOptions options = roleOptions(connection, source);
            if (options == null) {
                throw RdsException.accountNotFound(source, this);
            }
            boolean exists = roleOptions(connection, clone) != null;
            String sourceId = identifier(connection, source);
            String cloneId = identifier(connection, clone);

            sql.execute((exists ? "ALTER ROLE " : "CREATE ROLE ") + cloneId + options.toSql(connection, exists));
            boolean membershipOptions =
                    connection.getMetaData().getDatabaseMajorVersion() >= MEMBERSHIP_OPTIONS_VERSION;
            sql.execute(
                    "GRANT " + sourceId + " TO " + cloneId + (membershipOptions ? " WITH INHERIT TRUE, SET TRUE" : ""));

            if (exists) {
                resetSettings(connection, sql, clone);
            }
            sql.execute("ALTER ROLE " + cloneId + " SET role TO " + literal(connection, source));
            // After the role: a source whose own sessions start as an owner role has a clone that starts as it too.
            for (RoleSetting setting : settings(connection, source)) {
                sql.execute("ALTER ROLE " + cloneId + setting.toSql(connection));
            }
            // Last, so that not even a reader of uncommitted work could log in with permissions missing.
            setPassword(connection, clone, password);
        });
    }

    @Override
    public void resetPassword(String accountName, String newPassword) {
        requireExpressible(accountName);
        PasswordRules.require(accountName, newPassword);
        change(
                "reset the password of account",
                accountName,
                (connection, sql) -> setPassword(connection, accountName, newPassword));
    }

    @Override
    public void deleteAccount(String accountName) {
        requireExpressible(accountName);
        change(
                "delete account",
                accountName,
                (connection, sql) -> sql.execute("DROP ROLE " + identifier(connection, accountName)));
    }

    @Override
    public boolean hasAccount(String accountName) {
        if (!isExpressible(accountName)) {
            return false;
        }
        try (Connection connection = connect(adminUser, adminPassword)) {
            return roleOptions(connection, accountName) != null;
        } catch (SQLException e) {
            throw failure("look up account", accountName, e);
        }
    }

    @Override
    public boolean acceptsLogin(String accountName, String password) {
        if (!isExpressible(accountName)) {
            return false;
        }
        try {
            connect(accountName, password).close();
            return true;
        } catch (SQLException e) {
            String state = sqlState(e);
            if (state.startsWith(INVALID_AUTHORIZATION_CLASS)
                    || (password.isEmpty() && state.equals(CONNECTION_REJECTED))) {
                LOG.debug("{} refused a login of \"{}\": SQLState {}", location, accountName, state);
                return false;
            }
            throw failure("log in as account", accountName, e);
        }
    }

    @Override
    public String toString() {
        return location;
    }

    /** Runs a change in one transaction: of a change that fails, nothing remains. */
    private void change(String what, String accountName, Change change) {
        changes.lock();
        try (Connection connection = connect(adminUser, adminPassword)) {
            connection.setAutoCommit(false);
            try (Statement sql = connection.createStatement()) {
                change.apply(connection, sql);
            }
            connection.commit();
        } catch (SQLException e) {
            throw failure(what, accountName, e);
        } finally {
            changes.unlock();
        }
    }

    private Connection connect(String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", Long.toString(timeout.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(timeout.toSeconds()));
        return driver.connect(url, properties);
    }

    /** Sends a SCRAM-SHA-256 verifier: the server's log shows statements, and must not show passwords. */
    private static void setPassword(Connection connection, String accountName, String password) throws SQLException {
        connection.unwrap(PGConnection.class).alterUserPassword(accountName, password.toCharArray(), "scram-sha-256");
    }

    private static @Nullable RoleOptions roleOptions(Connection connection, String roleName) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT rolconnlimit, rolvaliduntil::text FROM pg_catalog.pg_roles WHERE rolname = ?")) {
            query.setString(1, roleName);
            try (ResultSet roles = query.executeQuery()) {
                return roles.next() ? new RoleOptions(roles.getInt(1), roles.getString(2)) : null;
            }
        }
    }

    private static List<RoleSetting> settings(Connection connection, String roleName) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT d.datname, split_part(c.entry, '=', 1), substr(c.entry, strpos(c.entry, '=') + 1)
                FROM pg_catalog.pg_db_role_setting s
                JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
                LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
                CROSS JOIN LATERAL unnest(s.setconfig) AS c(entry)
                WHERE r.rolname = ?""")) {
            query.setString(1, roleName);
            try (ResultSet rows = query.executeQuery()) {
                List<RoleSetting> settings = new ArrayList<>();
                while (rows.next()) {
                    settings.add(new RoleSetting(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
                return settings;
            }
        }
    }

    private static void resetSettings(Connection connection, Statement sql, String roleName) throws SQLException {
        Set<String> scopes = new LinkedHashSet<>();
        for (RoleSetting setting : settings(connection, roleName)) {
            scopes.add(inDatabase(connection, setting.database()));
        }
        for (String scope : scopes) {
            sql.execute("ALTER ROLE " + identifier(connection, roleName) + scope + " RESET ALL");
        }
    }

    private RdsException failure(String what, String accountName, SQLException e) {
        String state = sqlState(e);
        String message = "Could not %s \"%s\" on %s: %s (SQLState %s)"
                .formatted(what, accountName, location, shortMessage(e), state.isEmpty() ? "unknown" : state);
        if (state.equals(INSUFFICIENT_PRIVILEGE)) {
            return new RdsException(
                    RdsException.Reason.PERMISSION_DENIED,
                    message + ". The administrator \"" + adminUser
                            + "\" needs CREATEROLE, ADMIN OPTION on accounts of others, and the right to SET what a clone copies",
                    e);
        }
        if (state.startsWith(INVALID_AUTHORIZATION_CLASS)) {
            return new RdsException(
                    RdsException.Reason.PERMISSION_DENIED,
                    message + ". The administrator \"" + adminUser + "\" may not log in",
                    e);
        }
        return switch (state) {
            case DUPLICATE_OBJECT, UNIQUE_VIOLATION -> new RdsException(RdsException.Reason.ACCOUNT_EXISTS, message, e);
            case UNDEFINED_OBJECT -> new RdsException(RdsException.Reason.ACCOUNT_NOT_FOUND, message, e);
            case RESERVED_NAME -> new RdsException(RdsException.Reason.INVALID_ACCOUNT_NAME, message, e);
            default -> new RdsException(RdsException.Reason.UNAVAILABLE, message, e);
        };
    }

    /** Without the details, which are for whoever reads the cause. */
    private static String shortMessage(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        String message = server == null ? e.getMessage() : server.getMessage();
        return String.valueOf(message);
    }

    private static String sqlState(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "" : state;
    }

    private void requireExpressible(String accountName) {
        if (!isExpressible(accountName)) {
            throw new RdsException(
                    RdsException.Reason.INVALID_ACCOUNT_NAME,
                    "An account on %s has a name of 1 to %d bytes in UTF-8, without NUL"
                            .formatted(location, MAX_IDENTIFIER_BYTES),
                    null);
        }
    }

    /**
     * Whether the server would take the name as it is. It cuts long ones, the driver turns half a surrogate pair into a
     * question mark, and NUL separates fields on the wire: each would address another role.
     */
    private static boolean isExpressible(String name) {
        return !name.isEmpty()
                && name.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(name)
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_IDENTIFIER_BYTES;
    }

    private static String identifier(Connection connection, String name) throws SQLException {
        return connection.unwrap(PGConnection.class).escapeIdentifier(name);
    }

    private static String literal(Connection connection, String value) throws SQLException {
        return "'" + connection.unwrap(PGConnection.class).escapeLiteral(value) + "'";
    }

    private static String inDatabase(Connection connection, @Nullable String database) throws SQLException {
        return database == null ? "" : " IN DATABASE " + identifier(connection, database);
    }

    /** The driver logs URLs, and credentials in them would win over those that we give it. */
    private static void requireNoCredentials(String url) {
        if (!url.startsWith(URL_PREFIX)) {
            throw new IllegalArgumentException("A URL for PostgreSQL starts with " + URL_PREFIX);
        }
        int query = url.indexOf('?');
        boolean credentials = address(url).indexOf('@') >= 0;
        if (query >= 0) {
            for (String parameter : url.substring(query + 1).split("&", -1)) {
                String name = parameter.split("=", 2)[0];
                credentials |= CREDENTIALS.contains(name.toLowerCase(Locale.ROOT));
            }
        }
        if (credentials) {
            throw new IllegalArgumentException(
                    "The URL holds credentials, which logs would show: give the administrator's name and password as arguments");
        }
    }

    private void requireUnderstood(String url) {
        if (!driver.acceptsURL(url)) {
            throw new IllegalArgumentException(
                    "The PostgreSQL driver does not understand the URL, which looks like jdbc:postgresql://host:port/database");
        }
    }

    private static String address(String url) {
        String rest = url.substring(URL_PREFIX.length());
        if (!rest.startsWith("//")) {
            return "localhost:5432";
        }
        String authority = rest.substring(2).split("[/?]", 2)[0];
        return authority.isEmpty() ? "localhost:5432" : authority;
    }

    /** What to do in a transaction. */
    private interface Change {
        void apply(Connection connection, Statement sql) throws SQLException;
    }

    /** What a role has beside its memberships and settings. */
    private record RoleOptions(
            int connectionLimit, @Nullable String validUntil) {
        String toSql(Connection connection, boolean roleExists) throws SQLException {
            String options = " LOGIN INHERIT CONNECTION LIMIT " + connectionLimit;
            if (validUntil != null) {
                return options + " VALID UNTIL " + literal(connection, validUntil);
            }
            return roleExists ? options + " VALID UNTIL 'infinity'" : options;
        }
    }

    /** A run-time setting that sessions of a role start with, in one database or in all. */
    private record RoleSetting(@Nullable String database, String name, String value) {
        String toSql(Connection connection) throws SQLException {
            List<String> values =
                    LIST_SETTINGS.contains(name.toLowerCase(Locale.ROOT)) ? identifiers(value) : List.of(value);
            List<String> literals = new ArrayList<>();
            for (String element : values) {
                literals.add(literal(connection, element));
            }
            return inDatabase(connection, database) + " SET " + identifier(connection, name) + " TO "
                    + String.join(", ", literals);
        }

        /** Splits {@code "$user", public} at the commas outside quotes, and takes the quotes off. */
        private static List<String> identifiers(String list) {
            List<String> identifiers = new ArrayList<>();
            StringBuilder identifier = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; i < list.length(); i++) {
                char c = list.charAt(i);
                if (c == '"' && quoted && i + 1 < list.length() && list.charAt(i + 1) == '"') {
                    identifier.append(c);
                    i++;
                } else if (c == '"') {
                    quoted = !quoted;
                } else if (c == ',' && !quoted) {
                    identifiers.add(identifier.toString());
                    identifier.setLength(0);
                } else if (quoted || !Character.isWhitespace(c)) {
                    identifier.append(c);
                }
            }
            identifiers.add(identifier.toString());
            return identifiers;
        }
    }
}
