package dev.tumbler.emulator.rds;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What MySQL and MariaDB have in common. An account has an entry for each host that it may come from; all of them get
 * the password, and a clone gets them all. Account names are quoted with backticks, which no SQL mode changes.
 *
 * <p>DDL knows no transactions here, so a clone gets its password last, and what a failed one has created is dropped.
 */
abstract class MySqlFamilyDialect implements Dialect {
    private static final Set<Integer> REFUSED_LOGIN = Set.of(
            1045, // access denied
            1698, // access denied, no password used
            1820, // the password has expired, in a session
            1862, // the password has expired
            3118, // the account is locked, MySQL
            4151); // the account is locked, MariaDB

    private static final String INVALID_AUTHORIZATION = "28000";
    private static final int DATABASE_ACCESS_DENIED = 1044;

    /** The length of the column Db of the tables of grants. */
    private static final int MAX_DATABASE_PATTERN_LENGTH = 64;

    private static final String READ = "SELECT, LOCK TABLES, SHOW VIEW";
    private static final String WRITE = "INSERT, UPDATE, DELETE, CREATE TEMPORARY TABLES, EXECUTE, EVENT, TRIGGER";
    private static final String DEFINE =
            "CREATE, DROP, INDEX, ALTER, REFERENCES, CREATE VIEW, CREATE ROUTINE, ALTER ROUTINE";

    private final int maxNameLength;

    MySqlFamilyDialect(int maxNameLength) {
        this.maxNameLength = maxNameLength;
    }

    /** The clause that sets a password. */
    abstract String identifiedBy(String password);

    /** The account's entries, in order of their hosts. */
    abstract List<Entry> entries(Sql sql, String accountName) throws SQLException;

    /** The names of those that can log in and are no superusers; one may be there for each of its hosts. */
    abstract List<String> accountNames(Sql sql) throws SQLException;

    /** Gives an account the default roles of another, both at the same host. */
    abstract void copyDefaultRoles(Sql sql, Entry source, Account clone) throws SQLException;

    /** Whether accounts can be locked, since this version of the server. */
    abstract boolean locksAccounts(int major, int minor);

    @Override
    public String defaultAddress() {
        return "localhost:3306";
    }

    @Override
    public Map<String, String> timeouts(Duration timeout) {
        String millis = Long.toString(timeout.toMillis());
        return Map.of("connectTimeout", millis, "socketTimeout", millis);
    }

    /**
     * The server compares names without their trailing spaces, keeps them in three bytes of UTF-8 for a character, cuts
     * long ones when they log in, and takes the empty one for everybody.
     */
    @Override
    public boolean canExpress(String name) {
        return !name.isEmpty()
                && name.length() <= maxNameLength
                && !name.endsWith(" ")
                && name.chars().allMatch(c -> c != 0 && !Character.isSurrogate((char) c));
    }

    @Override
    public String nameRule() {
        return "1 to " + maxNameLength + " characters of the Basic Multilingual Plane, without NUL and trailing spaces";
    }

    @Override
    public boolean exists(Sql sql, String accountName) throws SQLException {
        return !entries(sql, accountName).isEmpty();
    }

    @Override
    public void create(Sql sql, String accountName, String password) throws SQLException {
        sql.execute("CREATE USER " + new Account(accountName, "%") + " " + identifiedBy(password));
    }

    @Override
    public void setPassword(Sql sql, String accountName, String password) throws SQLException {
        sql.execute("ALTER USER "
                + entries(sql, accountName).stream()
                        .map(entry -> entry.account() + " " + identifiedBy(password))
                        .collect(Collectors.joining(", ")));
    }

    @Override
    public void drop(Sql sql, String accountName) throws SQLException {
        sql.execute("DROP USER "
                + entries(sql, accountName).stream()
                        .map(entry -> entry.account().toString())
                        .collect(Collectors.joining(", ")));
    }

    @Override
    public void copy(Sql sql, String source, String clone, String password) throws SQLException {
        List<Account> existing =
                entries(sql, clone).stream().map(Entry::account).toList();
        Set<Account> superfluous = new LinkedHashSet<>(existing);
        List<Account> created = new ArrayList<>();
        try {
            for (Entry entry : entries(sql, source)) {
                Account account = new Account(clone, entry.account().host());
                superfluous.remove(account);
                if (existing.contains(account)) {
                    sql.execute("ALTER USER " + account + entry.options() + unlock(sql));
                } else {
                    // Nobody's password, until the permissions are there.
                    sql.execute("CREATE USER " + account + " " + identifiedBy(new PasswordGenerator().generate())
                            + entry.options());
                    created.add(account);
                }
                bringInLine(sql, grants(sql, entry.account()), account);
                copyDefaultRoles(sql, entry, account);
            }
            for (Account account : superfluous) {
                sql.execute("DROP USER " + account);
            }
            setPassword(sql, clone, password);
        } catch (SQLException | RuntimeException e) {
            for (Account account : created) {
                try {
                    sql.execute("DROP USER " + account);
                } catch (SQLException deletion) {
                    e.addSuppressed(deletion);
                }
            }
            throw e;
        }
    }

    private String unlock(Sql sql) throws SQLException {
        int major = sql.connection().getMetaData().getDatabaseMajorVersion();
        int minor = sql.connection().getMetaData().getDatabaseMinorVersion();
        return locksAccounts(major, minor) ? " ACCOUNT UNLOCK" : "";
    }

    /** Leaves an account alone that has the grants already, so that repeating a clone takes nothing away meanwhile. */
    private static void bringInLine(Sql sql, Set<Grant> wanted, Account account) throws SQLException {
        Set<Grant> present = grants(sql, account);
        if (present.equals(wanted)) {
            return;
        }
        sql.execute("REVOKE ALL PRIVILEGES, GRANT OPTION FROM " + account);
        for (Grant grant : grants(sql, account)) {
            if (grant.isRole()) {
                sql.execute(grant.revokedFrom(account));
            }
        }
        for (Grant grant : wanted) {
            sql.execute(grant.grantedTo(account));
        }
    }

    static Set<Grant> grants(Sql sql, Account account) throws SQLException {
        Set<Grant> grants = new LinkedHashSet<>();
        for (String statement : sql.query("SHOW GRANTS FOR " + account, row -> row.getString(1))) {
            Grant grant = Grant.parse(statement);
            if (grant != null) {
                grants.add(grant);
            }
        }
        return grants;
    }

    @Override
    public void grant(Sql sql, String accountName, DatabasePrivilege privilege) throws SQLException {
        String privileges = comprisedBy(privilege.privilege());
        // The wildcards of a database's name would grant the privilege on others too.
        String database =
                privilege.database().replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
        if (database.length() > MAX_DATABASE_PATTERN_LENGTH) {
            throw new RdsException(
                    RdsException.Reason.INVALID_PRIVILEGE,
                    "The server cuts the name of a database in a grant after %d characters, with a backslash before each \\, _ and %%: \"%s\" is longer"
                            .formatted(MAX_DATABASE_PATTERN_LENGTH, database),
                    null);
        }
        for (Entry entry : entries(sql, accountName)) {
            sql.execute("GRANT " + privileges + " ON " + identifier(database) + ".* TO " + entry.account());
        }
    }

    private static String comprisedBy(AccountPrivilege privilege) {
        return switch (privilege) {
            case READ_ONLY -> READ;
            case DML_ONLY -> READ + ", " + WRITE;
            case DDL_ONLY -> DEFINE;
            case READ_WRITE, DB_OWNER -> READ + ", " + WRITE + ", " + DEFINE;
        };
    }

    @Override
    public List<RdsAccount> accounts(Sql sql) throws SQLException {
        // Grantees are 'name'@'host', nothing in them escaped.
        Map<String, Map<String, Set<String>>> granted = new TreeMap<>();
        sql.query(
                "SELECT GRANTEE, TABLE_SCHEMA, PRIVILEGE_TYPE FROM information_schema.SCHEMA_PRIVILEGES",
                row -> granted.computeIfAbsent(row.getString(1), grantee -> new TreeMap<>())
                        .computeIfAbsent(
                                row.getString(2).replaceAll("\\\\([_%\\\\])", "$1"), database -> new TreeSet<>())
                        .add(row.getString(3)));
        List<RdsAccount> accounts = new ArrayList<>();
        for (String name : new TreeSet<>(accountNames(sql))) {
            Map<String, Set<String>> byDatabase = new TreeMap<>();
            granted.forEach((grantee, databases) -> {
                if (grantee.startsWith("'" + name + "'@'")) {
                    databases.forEach((database, privileges) -> byDatabase
                            .computeIfAbsent(database, unseen -> new TreeSet<>())
                            .addAll(privileges));
                }
            });
            List<RdsAccount.Granted> all = new ArrayList<>();
            byDatabase.forEach((database, privileges) -> all.add(
                    new RdsAccount.Granted(database, accountPrivilege(privileges), String.join(",", privileges))));
            accounts.add(new RdsAccount(name, AccountType.NORMAL, all));
        }
        return accounts;
    }

    private String accountPrivilege(Set<String> privileges) {
        for (AccountPrivilege privilege : engine().privileges()) {
            if (Set.of(comprisedBy(privilege).split(", ", -1)).equals(privileges)) {
                return privilege.wireName();
            }
        }
        return RdsAccount.Granted.CUSTOM;
    }

    @Override
    public List<String> databases(Sql sql) throws SQLException {
        return sql.query("""
                SELECT SCHEMA_NAME FROM information_schema.SCHEMATA
                WHERE SCHEMA_NAME NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')""", row -> row.getString(1));
    }

    @Override
    public Set<String> permissions(Sql sql, String accountName) throws SQLException {
        Set<String> permissions = new TreeSet<>();
        for (Entry entry : entries(sql, accountName)) {
            String from = " from " + entry.account().host();
            permissions.add(entry.options().strip() + from);
            for (Grant grant : grants(sql, entry.account())) {
                permissions.add(grant.granted() + grant.options() + from);
            }
            if (!entry.defaultRoles().isEmpty()) {
                permissions.add("DEFAULT ROLE " + entry.defaultRoles() + from);
            }
        }
        return permissions;
    }

    @Override
    public LoginOutcome outcome(SQLException failedLogin, String password) {
        // With several hosts in the URL, the drivers wrap what the last one said.
        for (Throwable cause = failedLogin; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                if (REFUSED_LOGIN.contains(e.getErrorCode()) || INVALID_AUTHORIZATION.equals(e.getSQLState())) {
                    return LoginOutcome.REFUSED;
                }
                if (e.getErrorCode() == DATABASE_ACCESS_DENIED) {
                    return LoginOutcome.ACCEPTED;
                }
            }
        }
        return LoginOutcome.UNKNOWN;
    }

    @Override
    public RdsException.Reason reason(SQLException e) {
        return switch (e.getErrorCode()) {
            // "Operation CREATE USER failed for …": all that the server says.
            case 1396 ->
                String.valueOf(e.getMessage()).contains("CREATE USER")
                        ? RdsException.Reason.ACCOUNT_EXISTS
                        : RdsException.Reason.ACCOUNT_NOT_FOUND;
            case 1470 -> RdsException.Reason.INVALID_ACCOUNT_NAME;
            case 1819 -> RdsException.Reason.INVALID_PASSWORD;
            case DATABASE_ACCESS_DENIED, 1045, 1142, 1143, 1227, 1370, 1410, 1698, 3691 ->
                RdsException.Reason.PERMISSION_DENIED;
            default -> RdsException.Reason.UNAVAILABLE;
        };
    }

    @Override
    public String administratorNeeds() {
        return "CREATE USER, SELECT on the database mysql, and all that a clone gets WITH GRANT OPTION (roles WITH ADMIN OPTION)";
    }

    @Override
    public String describe(SQLException e) {
        return e.getMessage() + " (error " + e.getErrorCode() + ", SQLState " + Dialect.sqlState(e) + ")";
    }

    static String identifier(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    /** Sessions of {@link #prepare} take backslashes for escapes. */
    static String literal(String value) {
        return '\'' + value.replace("\\", "\\\\").replace("'", "''") + '\'';
    }

    /** What a row of {@code mysql.user} says beside privileges, as clauses of CREATE USER. */
    static String options(ResultSet row) throws SQLException {
        String tls = switch (row.getString("ssl_type")) {
            case "ANY" -> "SSL";
            case "X509" -> "X509";
            case "SPECIFIED" -> certificate(row);
            default -> "NONE";
        };
        return " REQUIRE " + tls
                + " WITH MAX_QUERIES_PER_HOUR " + row.getLong("max_questions")
                + " MAX_UPDATES_PER_HOUR " + row.getLong("max_updates")
                + " MAX_CONNECTIONS_PER_HOUR " + row.getLong("max_connections")
                + " MAX_USER_CONNECTIONS " + row.getLong("max_user_connections");
    }

    private static String certificate(ResultSet row) throws SQLException {
        List<String> demands = new ArrayList<>();
        for (String column : new String[] {"ssl_cipher", "x509_issuer", "x509_subject"}) {
            String value = row.getString(column);
            if (value != null && !value.isEmpty()) {
                demands.add(column.substring(column.indexOf('_') + 1).toUpperCase(Locale.ROOT) + " " + literal(value));
            }
        }
        return String.join(" AND ", demands);
    }

    /** An account as one host sees it. */
    record Account(String name, String host) {
        @Override
        public String toString() {
            return identifier(name) + '@' + identifier(host);
        }
    }

    /**
     * An entry of {@code mysql.user}.
     *
     * @param options what it says beside privileges, as clauses of CREATE USER
     * @param defaultRoles quoted, separated by commas; empty for none
     */
    record Entry(Account account, String options, String defaultRoles) {}

    /**
     * A line of SHOW GRANTS without the grantee, and without the {@code IDENTIFIED BY} part in which MariaDB shows its
     * password's hash.
     *
     * @param granted up to the grantee, such as {@code GRANT SELECT ON `shop`.*}
     * @param preposition {@code TO}, or {@code FROM} for what MySQL revokes in part
     * @param options what follows the grantee: empty, or WITH GRANT OPTION or WITH ADMIN OPTION with a space before it
     */
    record Grant(String granted, String preposition, String options) {
        /** Null for a line that grants nothing to the account itself: default roles, and what PUBLIC has. */
        static @Nullable Grant parse(String statement) {
            String unquoted = withoutQuoted(statement);
            String preposition = unquoted.startsWith("REVOKE ") ? "FROM" : "TO";
            int grantee = unquoted.lastIndexOf(" " + preposition + " ");
            if (grantee < 0 || !(unquoted.startsWith("GRANT ") || unquoted.startsWith("REVOKE "))) {
                return null;
            }
            int account = grantee + preposition.length() + 2;
            if ("`'\"".indexOf(statement.charAt(account)) < 0) {
                return null;
            }
            String rest = unquoted.substring(account);
            String options = rest.contains(" GRANT OPTION")
                    ? " WITH GRANT OPTION"
                    : rest.contains(" ADMIN OPTION") ? " WITH ADMIN OPTION" : "";
            return new Grant(
                    withSortedColumns(statement.substring(0, grantee), unquoted.substring(0, grantee)),
                    preposition,
                    options);
        }

        /** Columns are listed in the order in which somebody once granted them. */
        private static String withSortedColumns(String granted, String unquoted) {
            StringBuilder sorted = new StringBuilder(granted);
            for (int open = unquoted.indexOf('('); open >= 0; open = unquoted.indexOf('(', open + 1)) {
                int close = unquoted.indexOf(')', open);
                List<String> columns = new ArrayList<>();
                int start = open + 1;
                for (int i = start; i <= close; i++) {
                    if (i == close || unquoted.charAt(i) == ',') {
                        columns.add(granted.substring(start, i).strip());
                        start = i + 1;
                    }
                }
                columns.sort(Comparator.naturalOrder());
                sorted.replace(open + 1, close, String.join(", ", columns));
            }
            return sorted.toString();
        }

        boolean isRole() {
            return !withoutQuoted(granted).contains(" ON ");
        }

        String grantedTo(Account account) {
            return granted + ' ' + preposition + ' ' + account + options;
        }

        String revokedFrom(Account account) {
            return granted.replaceFirst("GRANT", "REVOKE") + " FROM " + account;
        }

        /** The statement with underscores for whatever stands in quotes, and for the quotes. */
        private static String withoutQuoted(String statement) {
            StringBuilder unquoted = new StringBuilder(statement.length());
            char quote = 0;
            for (int i = 0; i < statement.length(); i++) {
                char c = statement.charAt(i);
                if (quote == 0 && "`'\"".indexOf(c) >= 0) {
                    quote = c;
                    unquoted.append('_');
                } else if (quote == 0) {
                    unquoted.append(c);
                } else {
                    unquoted.append('_');
                    if (c == '\\' && quote != '`' && i + 1 < statement.length()) {
                        unquoted.append('_');
                        i++;
                    } else if (c == quote) {
                        // A doubled quote closes and opens again.
                        quote = 0;
                    }
                }
            }
            return unquoted.toString();
        }
    }
}
