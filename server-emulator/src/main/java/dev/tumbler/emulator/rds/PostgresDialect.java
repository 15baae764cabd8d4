package dev.tumbler.emulator.rds;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * PostgreSQL. A clone is a member of its source's role and its sessions start as that role, so that objects belong to the
 * source whoever creates them.
 */
final class PostgresDialect implements Dialect {
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

    @Override
    public RdsEngine engine() {
        return RdsEngine.POSTGRESQL;
    }

    @Override
    public Driver driver() {
        return new Driver();
    }

    @Override
    public String urlExample() {
        return "jdbc:postgresql://host:port/database";
    }

    @Override
    public String defaultAddress() {
        return "localhost:5432";
    }

    @Override
    public Map<String, String> timeouts(Duration timeout) {
        String seconds = Long.toString(timeout.toSeconds());
        return Map.of("connectTimeout", seconds, "socketTimeout", seconds);
    }

    /** The server cuts long names, the driver turns half a surrogate pair into a question mark, and NUL ends a field. */
    @Override
    public boolean canExpress(String name) {
        return !name.isEmpty()
                && name.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(name)
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_IDENTIFIER_BYTES;
    }

    @Override
    public String nameRule() {
        return "1 to " + MAX_IDENTIFIER_BYTES + " bytes in UTF-8, without NUL";
    }

    @Override
    public boolean exists(Sql sql, String accountName) throws SQLException {
        return roleOptions(sql, accountName) != null;
    }

    @Override
    public void create(Sql sql, String accountName, String password) throws SQLException {
        sql.execute("CREATE ROLE " + identifier(sql, accountName) + " LOGIN");
        setPassword(sql, accountName, password);
    }

    @Override
    public void copy(Sql sql, String source, String clone, String password) throws SQLException {
        RoleOptions options = roleOptions(sql, source);
        if (options == null) {
            throw new SQLException("role \"" + source + "\" does not exist", UNDEFINED_OBJECT);
        }
        RoleOptions present = roleOptions(sql, clone);
        String sourceId = identifier(sql, source);
        String cloneId = identifier(sql, clone);

        sql.execute((present == null ? "CREATE ROLE " : "ALTER ROLE ") + cloneId + options.toSql(sql, present));
        sql.execute("GRANT " + sourceId + " TO " + cloneId
                + (hasMembershipOptions(sql) ? " WITH INHERIT TRUE, SET TRUE" : ""));

        if (present != null) {
            resetSettings(sql, clone);
        }
        sql.execute("ALTER ROLE " + cloneId + " SET role TO " + literal(sql, source));
        // After the role: a source whose own sessions start as an owner role has a clone that starts as it too.
        for (RoleSetting setting : settings(sql, source)) {
            sql.execute("ALTER ROLE " + cloneId + setting.toSql(sql));
        }
        // Last, so that not even a reader of uncommitted work could log in with permissions missing.
        setPassword(sql, clone, password);
    }

    /** Sends a SCRAM-SHA-256 verifier: the server's log shows statements, and must not show passwords. */
    @Override
    public void setPassword(Sql sql, String accountName, String password) throws SQLException {
        sql.connection()
                .unwrap(PGConnection.class)
                .alterUserPassword(accountName, password.toCharArray(), "scram-sha-256");
    }

    @Override
    public void drop(Sql sql, String accountName) throws SQLException {
        sql.execute("DROP ROLE " + identifier(sql, accountName));
    }

    /** Makes the role that the account acts as the owner, which takes an administrator who is a member of that role. */
    @Override
    public void grant(Sql sql, String accountName, DatabasePrivilege privilege) throws SQLException {
        String owner = identifier(sql, actingRole(sql, accountName));
        sql.execute("GRANT " + owner + " TO CURRENT_USER"
                + (hasMembershipOptions(sql) ? " WITH INHERIT FALSE, SET TRUE" : ""));
        sql.execute("ALTER DATABASE " + identifier(sql, privilege.database()) + " OWNER TO " + owner);
    }

    /** The one privilege is the database's ownership, which belongs to the role that the account acts as. */
    @Override
    public List<RdsAccount> accounts(Sql sql) throws SQLException {
        Map<String, List<RdsAccount.Granted>> owned = new TreeMap<>();
        sql.query(
                """
                SELECT r.rolname, d.datname
                FROM pg_catalog.pg_roles r
                LEFT JOIN (pg_catalog.pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) AS c(entry))
                    ON s.setrole = r.oid AND s.setdatabase = 0 AND c.entry LIKE 'role=%'
                LEFT JOIN pg_catalog.pg_roles o ON o.rolname = COALESCE(substr(c.entry, 6), r.rolname)
                LEFT JOIN pg_catalog.pg_database d ON d.datdba = o.oid AND NOT d.datistemplate
                WHERE r.rolcanlogin AND NOT r.rolsuper
                ORDER BY d.datname""",
                row -> {
                    List<RdsAccount.Granted> granted =
                            owned.computeIfAbsent(row.getString(1), name -> new ArrayList<>());
                    return row.getString(2) == null
                            || granted.add(RdsAccount.Granted.of(AccountPrivilege.DB_OWNER.on(row.getString(2))));
                });
        return owned.entrySet().stream()
                .map(account -> new RdsAccount(account.getKey(), AccountType.NORMAL, account.getValue()))
                .toList();
    }

    @Override
    public List<String> databases(Sql sql) throws SQLException {
        return sql.query(
                "SELECT datname FROM pg_catalog.pg_database WHERE NOT datistemplate AND datname <> 'postgres'",
                row -> row.getString(1));
    }

    /** As {@link PostgresPermissions} says, and with which settings and limits its sessions start. */
    @Override
    public Set<String> permissions(Sql sql, String accountName) throws SQLException {
        Set<String> permissions = PostgresPermissions.of(sql, accountName, actingRole(sql, accountName));
        RoleOptions options = roleOptions(sql, accountName);
        if (options != null) {
            permissions.add("connection limit " + options.connectionLimit());
            if (options.validUntil() != null && !options.validUntil().equals("infinity")) {
                permissions.add("valid until " + options.validUntil());
            }
        }
        for (RoleSetting setting : settings(sql, accountName)) {
            if (!(setting.name().equals("role") && setting.database() == null)) {
                permissions.add(setting.toString());
            }
        }
        return permissions;
    }

    /** A setting of a role that the account may not become is ignored when it logs in. */
    private static String actingRole(Sql sql, String accountName) throws SQLException {
        for (RoleSetting setting : settings(sql, accountName)) {
            if (setting.name().equals("role")
                    && setting.database() == null
                    && mayBecome(sql, accountName, setting.value())) {
                return setting.value();
            }
        }
        return accountName;
    }

    private static boolean mayBecome(Sql sql, String accountName, String role) throws SQLException {
        String right = hasMembershipOptions(sql) ? "SET" : "MEMBER";
        return sql.query("""
                        SELECT pg_catalog.pg_has_role(a.oid, r.oid, ?)
                        FROM pg_catalog.pg_roles a, pg_catalog.pg_roles r WHERE a.rolname = ? AND r.rolname = ?""", row -> row.getBoolean(1), right, accountName, role)
                .contains(true);
    }

    @Override
    public LoginOutcome outcome(SQLException e, String password) {
        String state = Dialect.sqlState(e);
        return state.startsWith(INVALID_AUTHORIZATION_CLASS)
                        || (password.isEmpty() && state.equals(CONNECTION_REJECTED))
                ? LoginOutcome.REFUSED
                : LoginOutcome.UNKNOWN;
    }

    @Override
    public RdsException.Reason reason(SQLException e) {
        return switch (Dialect.sqlState(e)) {
            case INSUFFICIENT_PRIVILEGE -> RdsException.Reason.PERMISSION_DENIED;
            case DUPLICATE_OBJECT, UNIQUE_VIOLATION -> RdsException.Reason.ACCOUNT_EXISTS;
            case UNDEFINED_OBJECT -> RdsException.Reason.ACCOUNT_NOT_FOUND;
            case RESERVED_NAME -> RdsException.Reason.INVALID_ACCOUNT_NAME;
            default -> RdsException.Reason.UNAVAILABLE;
        };
    }

    @Override
    public String administratorNeeds() {
        return "CREATEROLE, ADMIN OPTION on accounts of others, and the right to SET what a clone copies";
    }

    @Override
    public String describe(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        return (server == null ? e.getMessage() : server.getMessage()) + " (SQLState " + Dialect.sqlState(e) + ")";
    }

    private static boolean hasMembershipOptions(Sql sql) throws SQLException {
        return sql.connection().getMetaData().getDatabaseMajorVersion() >= MEMBERSHIP_OPTIONS_VERSION;
    }

    private static @Nullable RoleOptions roleOptions(Sql sql, String roleName) throws SQLException {
        List<RoleOptions> roles = sql.query(
                "SELECT rolconnlimit, rolvaliduntil::text, rolreplication FROM pg_catalog.pg_roles WHERE rolname = ?",
                row -> new RoleOptions(row.getInt(1), row.getString(2), row.getBoolean(3)),
                roleName);
        return roles.isEmpty() ? null : roles.get(0);
    }

    private static List<RoleSetting> settings(Sql sql, String roleName) throws SQLException {
        return sql.query("""
                SELECT d.datname, split_part(c.entry, '=', 1), substr(c.entry, strpos(c.entry, '=') + 1)
                FROM pg_catalog.pg_db_role_setting s
                JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
                LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
                CROSS JOIN LATERAL unnest(s.setconfig) AS c(entry)
                WHERE r.rolname = ?""", row -> new RoleSetting(row.getString(1), row.getString(2), row.getString(3)), roleName);
    }

    private static void resetSettings(Sql sql, String roleName) throws SQLException {
        Set<String> scopes = new LinkedHashSet<>();
        for (RoleSetting setting : settings(sql, roleName)) {
            scopes.add(inDatabase(sql, setting.database()));
        }
        for (String scope : scopes) {
            sql.execute("ALTER ROLE " + identifier(sql, roleName) + scope + " RESET ALL");
        }
    }

    private static String identifier(Sql sql, String name) throws SQLException {
        return sql.connection().unwrap(PGConnection.class).escapeIdentifier(name);
    }

    private static String literal(Sql sql, String value) throws SQLException {
        return "'" + sql.connection().unwrap(PGConnection.class).escapeLiteral(value) + "'";
    }

    private static String inDatabase(Sql sql, @Nullable String database) throws SQLException {
        return database == null ? "" : " IN DATABASE " + identifier(sql, database);
    }

    /**
     * What a role has beside its memberships and settings.
     *
     * @param replication whether it may replicate: a session that does never becomes another role, so a clone needs it too
     */
    private record RoleOptions(
            int connectionLimit, @Nullable String validUntil, boolean replication) {
        /** @param present those of the role that is to get these; null if it is to be created */
        String toSql(Sql sql, @Nullable RoleOptions present) throws SQLException {
            StringBuilder options = new StringBuilder(" LOGIN INHERIT CONNECTION LIMIT ").append(connectionLimit);
            if (validUntil != null || present != null) {
                options.append(" VALID UNTIL ").append(literal(sql, validUntil == null ? "infinity" : validUntil));
            }
            // Even to say that it stays as it is takes an administrator who may replicate.
            if (replication != (present != null && present.replication)) {
                options.append(replication ? " REPLICATION" : " NOREPLICATION");
            }
            return options.toString();
        }
    }

    /** A run-time setting that sessions of a role start with, in one database or in all. */
    private record RoleSetting(@Nullable String database, String name, String value) {
        String toSql(Sql sql) throws SQLException {
            List<String> values =
                    LIST_SETTINGS.contains(name.toLowerCase(Locale.ROOT)) ? identifiers(value) : List.of(value);
            List<String> literals = new ArrayList<>();
            for (String element : values) {
                literals.add(literal(sql, element));
            }
            return inDatabase(sql, database) + " SET " + identifier(sql, name) + " TO " + String.join(", ", literals);
        }

        @Override
        public String toString() {
            return "setting " + name + " = " + value + (database == null ? "" : " in " + database);
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
