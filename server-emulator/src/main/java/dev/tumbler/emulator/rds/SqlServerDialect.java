package dev.tumbler.emulator.rds;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * SQL Server. An account is a login of the server and a user in each database that it may enter. A clone gets the server
 * roles, and in each database the default schema, the roles, the permissions of its own that the source has, and CONTROL
 * of the schemas that the source owns: what one creates there, the other can alter and drop.
 *
 * <p>Passwords are sent as they are: the server leaves statements with passwords out of its traces, and takes hashes only
 * from those who have CONTROL SERVER. Source: Transact-SQL reference, ALTER LOGIN.
 */
final class SqlServerDialect implements Dialect {
    private static final int MAX_NAME_LENGTH = 128;

    /** The online databases that the administrator may enter, but for tempdb, which forgets. */
    private static final String DATABASES =
            "SELECT name FROM sys.databases WHERE state = 0 AND HAS_DBACCESS(name) = 1 AND name <> N'tempdb' ORDER BY name";

    private static final Set<String> SYSTEM_DATABASES = Set.of("master", "model", "msdb");

    @Override
    public RdsEngine engine() {
        return RdsEngine.SQL_SERVER;
    }

    @Override
    public SQLServerDriver driver() {
        return new SQLServerDriver();
    }

    @Override
    public String urlExample() {
        return "jdbc:sqlserver://host:port;databaseName=database";
    }

    @Override
    public String defaultAddress() {
        return "localhost:1433";
    }

    @Override
    public Map<String, String> timeouts(Duration timeout) {
        return Map.of(
                "loginTimeout", Long.toString(timeout.toSeconds()), "socketTimeout", Long.toString(timeout.toMillis()));
    }

    /** The server compares names without their trailing spaces; a backslash separates a Windows domain. */
    @Override
    public boolean canExpress(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME_LENGTH
                && !name.endsWith(" ")
                && name.chars().noneMatch(c -> c == 0 || c == '\\' || Character.isSurrogate((char) c));
    }

    @Override
    public String nameRule() {
        return "1 to " + MAX_NAME_LENGTH
                + " characters of the Basic Multilingual Plane, without NUL, backslashes and trailing spaces";
    }

    @Override
    public boolean exists(Sql sql, String accountName) throws SQLException {
        return !sql.query(
                        "SELECT 1 FROM sys.server_principals WHERE type = 'S' AND name = ?",
                        row -> row.getInt(1),
                        accountName)
                .isEmpty();
    }

    @Override
    public void create(Sql sql, String accountName, String password) throws SQLException {
        sql.execute("CREATE LOGIN " + identifier(accountName) + " WITH PASSWORD = " + literal(password));
    }

    @Override
    public void setPassword(Sql sql, String accountName, String password) throws SQLException {
        sql.execute("ALTER LOGIN " + identifier(accountName) + " WITH PASSWORD = " + literal(password));
    }

    @Override
    public void drop(Sql sql, String accountName) throws SQLException {
        for (String database : enterable(sql)) {
            User user = user(sql, database, accountName);
            if (user != null) {
                sql.execute("USE " + identifier(database));
                sql.execute("DROP USER " + identifier(user.name()));
            }
        }
        sql.execute("DROP LOGIN " + identifier(accountName));
    }

    @Override
    public void copy(Sql sql, String source, String clone, String password) throws SQLException {
        if (exists(sql, clone)) {
            setPassword(sql, clone, password);
        } else {
            create(sql, clone, password);
        }
        Set<String> wantedRoles = serverRoles(sql, source);
        Set<String> presentRoles = serverRoles(sql, clone);
        for (String role : without(presentRoles, wantedRoles)) {
            sql.execute("ALTER SERVER ROLE " + identifier(role) + " DROP MEMBER " + identifier(clone));
        }
        for (String role : without(wantedRoles, presentRoles)) {
            sql.execute("ALTER SERVER ROLE " + identifier(role) + " ADD MEMBER " + identifier(clone));
        }
        for (String database : enterable(sql)) {
            copyIn(sql, database, user(sql, database, source), user(sql, database, clone), clone);
        }
    }

    private static void copyIn(Sql sql, String database, @Nullable User source, @Nullable User existing, String clone)
            throws SQLException {
        String use = "USE " + identifier(database);
        if (source == null) {
            if (existing != null) {
                sql.execute(use);
                sql.execute("DROP USER " + identifier(existing.name()));
            }
            return;
        }
        sql.execute(use);
        String cloneId = identifier(existing == null ? clone : existing.name());
        String schema = " WITH DEFAULT_SCHEMA = " + identifier(source.defaultSchema());
        sql.execute(
                existing == null
                        ? "CREATE USER " + cloneId + " FOR LOGIN " + identifier(clone) + schema
                        : "ALTER USER " + cloneId + schema);

        Set<Right> wanted = rights(sql, database, source.name());
        // A new user may connect, and nothing else.
        Set<Right> present = existing == null ? Set.of(Right.CONNECT) : rights(sql, database, existing.name());
        for (Right right : without(present, wanted)) {
            sql.execute(right.revokedFrom(cloneId));
        }
        for (Right right : without(wanted, present)) {
            sql.execute(right.givenTo(cloneId));
        }
    }

    @Override
    public void grant(Sql sql, String accountName, DatabasePrivilege privilege) throws SQLException {
        String database = privilege.database();
        User user = user(sql, database, accountName);
        sql.execute("USE " + identifier(database));
        String userId = identifier(user == null ? accountName : user.name());
        if (user == null) {
            sql.execute("CREATE USER " + userId + " FOR LOGIN " + identifier(accountName));
        }
        for (String role : comprisedBy(privilege.privilege())) {
            sql.execute(Right.role(role).givenTo(userId));
        }
    }

    private static List<String> comprisedBy(AccountPrivilege privilege) {
        return switch (privilege) {
            case READ_ONLY -> List.of("db_datareader");
            case READ_WRITE, DML_ONLY -> List.of("db_datareader", "db_datawriter");
            case DDL_ONLY -> List.of("db_ddladmin");
            case DB_OWNER -> List.of("db_owner");
        };
    }

    @Override
    public List<RdsAccount> accounts(Sql sql) throws SQLException {
        Map<String, List<RdsAccount.Granted>> granted = new TreeMap<>();
        sql.query("""
                SELECT name FROM sys.server_principals
                WHERE type = 'S' AND is_disabled = 0 AND name NOT LIKE N'##%' AND IS_SRVROLEMEMBER('sysadmin', name) = 0""", row -> granted.put(row.getString(1), new ArrayList<>()));
        for (String database : databases(sql)) {
            Map<String, Set<String>> roles = new TreeMap<>();
            sql.query(
                    """
                    SELECT p.name, r.name FROM %1$s.sys.database_role_members m
                    JOIN %1$s.sys.database_principals r ON r.principal_id = m.role_principal_id
                    JOIN %1$s.sys.database_principals u ON u.principal_id = m.member_principal_id
                    JOIN sys.server_principals p ON p.sid = u.sid
                    WHERE u.type = 'S'""".formatted(identifier(database)),
                    row -> roles.computeIfAbsent(row.getString(1), name -> new TreeSet<>())
                            .add(row.getString(2)));
            roles.forEach((name, ofName) -> {
                if (granted.containsKey(name)) {
                    granted.get(name)
                            .add(new RdsAccount.Granted(database, accountPrivilege(ofName), String.join(",", ofName)));
                }
            });
        }
        return granted.entrySet().stream()
                .map(account -> new RdsAccount(account.getKey(), AccountType.NORMAL, account.getValue()))
                .toList();
    }

    private static String accountPrivilege(Set<String> roles) {
        for (AccountPrivilege privilege : RdsEngine.SQL_SERVER.privileges()) {
            if (Set.copyOf(comprisedBy(privilege)).equals(roles)) {
                return privilege.wireName();
            }
        }
        return RdsAccount.Granted.CUSTOM;
    }

    @Override
    public List<String> databases(Sql sql) throws SQLException {
        return enterable(sql).stream()
                .filter(database -> !SYSTEM_DATABASES.contains(database))
                .toList();
    }

    @Override
    public Set<String> permissions(Sql sql, String accountName) throws SQLException {
        Set<String> permissions = new TreeSet<>();
        serverRoles(sql, accountName).forEach(role -> permissions.add("server role " + role));
        for (String database : enterable(sql)) {
            User user = user(sql, database, accountName);
            if (user != null) {
                String in = " in " + database;
                permissions.add("default schema " + user.defaultSchema() + in);
                rights(sql, database, user.name()).forEach(right -> permissions.add(right + in));
            }
        }
        return permissions;
    }

    @Override
    public LoginOutcome outcome(SQLException failedLogin, String password) {
        return switch (failedLogin.getErrorCode()) {
            // Login failed: wrong, disabled, locked, expired, to be changed first.
            case 18456, 18470, 18486, 18487, 18488 -> LoginOutcome.REFUSED;
            // The login may not enter the URL's database, or its own.
            case 916, 4060, 4064 -> LoginOutcome.ACCEPTED;
            default -> LoginOutcome.UNKNOWN;
        };
    }

    @Override
    public RdsException.Reason reason(SQLException e) {
        return switch (e.getErrorCode()) {
            case 15025 -> RdsException.Reason.ACCOUNT_EXISTS;
            // "… because it does not exist or you do not have permission"; that it exists was looked up before.
            case 15151, 229, 262, 297, 300, 15247, 18456 -> RdsException.Reason.PERMISSION_DENIED;
            case 15006, 15007 -> RdsException.Reason.INVALID_ACCOUNT_NAME;
            case 15114, 15115, 15116, 15117, 15118, 15119 -> RdsException.Reason.INVALID_PASSWORD;
            default -> RdsException.Reason.UNAVAILABLE;
        };
    }

    @Override
    public String administratorNeeds() {
        return "ALTER ANY LOGIN, and db_owner in the databases of the accounts that it clones";
    }

    @Override
    public String describe(SQLException e) {
        return e.getMessage() + " (error " + e.getErrorCode() + ")";
    }

    private static List<String> enterable(Sql sql) throws SQLException {
        return sql.query(DATABASES, row -> row.getString(1));
    }

    private static Set<String> serverRoles(Sql sql, String accountName) throws SQLException {
        return new LinkedHashSet<>(sql.query("""
                SELECT r.name FROM sys.server_role_members m
                JOIN sys.server_principals r ON r.principal_id = m.role_principal_id
                JOIN sys.server_principals p ON p.principal_id = m.member_principal_id
                WHERE p.name = ? ORDER BY r.name""", row -> row.getString(1), accountName));
    }

    /** The user that a login is in a database; null if it is none there, or the owner itself. */
    private static @Nullable User user(Sql sql, String database, String accountName) throws SQLException {
        List<User> users = sql.query(
                """
                SELECT u.name, COALESCE(u.default_schema_name, N'dbo') FROM %1$s.sys.database_principals u
                JOIN sys.server_principals p ON p.sid = u.sid
                WHERE u.type = 'S' AND u.name <> N'dbo' AND p.name = ?""".formatted(identifier(database)), row -> new User(row.getString(1), row.getString(2)), accountName);
        return users.isEmpty() ? null : users.get(0);
    }

    /** Roles, permissions on the database, its schemas, objects and columns, and the schemas that it owns. */
    private static Set<Right> rights(Sql sql, String database, String user) throws SQLException {
        Set<Right> rights = new LinkedHashSet<>(
                sql.query("""
                SELECT r.name FROM %1$s.sys.database_role_members m
                JOIN %1$s.sys.database_principals r ON r.principal_id = m.role_principal_id
                JOIN %1$s.sys.database_principals u ON u.principal_id = m.member_principal_id
                WHERE u.name = ? ORDER BY r.name""".formatted(identifier(database)), row -> Right.role(row.getString(1)), user));
        rights.addAll(sql.query("""
                SELECT p.state, p.permission_name, p.class, COALESCE(s.name, os.name) AS schema_name,
                       o.name AS object_name, c.name AS column_name
                FROM %1$s.sys.database_permissions p
                JOIN %1$s.sys.database_principals u ON u.principal_id = p.grantee_principal_id
                LEFT JOIN %1$s.sys.schemas s ON p.class = 3 AND s.schema_id = p.major_id
                LEFT JOIN %1$s.sys.all_objects o ON p.class = 1 AND o.object_id = p.major_id
                LEFT JOIN %1$s.sys.schemas os ON os.schema_id = o.schema_id
                LEFT JOIN %1$s.sys.columns c ON p.class = 1 AND c.object_id = p.major_id AND c.column_id = p.minor_id
                WHERE u.name = ? AND p.class IN (0, 1, 3)
                ORDER BY p.class, schema_name, object_name, column_name, p.permission_name""".formatted(identifier(database)), Right::permission, user));
        rights.addAll(sql.query(
                """
                SELECT s.name FROM %1$s.sys.schemas s
                JOIN %1$s.sys.database_principals u ON u.principal_id = s.principal_id
                WHERE u.name = ? ORDER BY s.name""".formatted(identifier(database)),
                row -> new Right("GRANT", "CONTROL ON SCHEMA::" + identifier(row.getString(1)), ""),
                user));
        return rights;
    }

    private static <T> Set<T> without(Set<T> all, Set<T> those) {
        Set<T> rest = new LinkedHashSet<>(all);
        rest.removeAll(those);
        return rest;
    }

    private static String identifier(String name) {
        return '[' + name.replace("]", "]]") + ']';
    }

    private static String literal(String value) {
        return "N'" + value.replace("'", "''") + '\'';
    }

    /** A user of a database. */
    private record User(String name, String defaultSchema) {}

    /**
     * What a user has in a database.
     *
     * @param verb GRANT, DENY, or ROLE for a membership
     * @param what the role, quoted, or the permission and what it is on
     * @param option WITH GRANT OPTION with a space before it, or empty
     */
    private record Right(String verb, String what, String option) {
        private static final Right CONNECT = new Right("GRANT", "CONNECT", "");

        static Right role(String role) {
            return new Right("ROLE", identifier(role), "");
        }

        static Right permission(ResultSet row) throws SQLException {
            String state = row.getString("state").strip();
            String column = row.getString("column_name");
            String on = switch (row.getInt("class")) {
                case 1 ->
                    " ON OBJECT::" + identifier(row.getString("schema_name")) + '.'
                            + identifier(row.getString("object_name"))
                            + (column == null ? "" : " (" + identifier(column) + ')');
                case 3 -> " ON SCHEMA::" + identifier(row.getString("schema_name"));
                default -> "";
            };
            return new Right(
                    state.equals("D") ? "DENY" : "GRANT",
                    row.getString("permission_name") + on,
                    state.equals("W") ? " WITH GRANT OPTION" : "");
        }

        String givenTo(String userId) {
            return verb.equals("ROLE")
                    ? "ALTER ROLE " + what + " ADD MEMBER " + userId
                    : verb + ' ' + what + " TO " + userId + option;
        }

        String revokedFrom(String userId) {
            return verb.equals("ROLE")
                    ? "ALTER ROLE " + what + " DROP MEMBER " + userId
                    : "REVOKE " + what + " FROM " + userId + " CASCADE";
        }

        @Override
        public String toString() {
            return verb + ' ' + what + option;
        }
    }
}
