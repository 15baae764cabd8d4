package dev.tumbler.emulator.rds;

import com.mysql.cj.jdbc.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * MySQL 5.7 or later. Passwords are sent as they are, so that the server hashes them in the way of the account's plugin: MySQL
 * rewrites such statements before it logs them. Source: MySQL Reference Manual, Passwords and Logging.
 */
final class MySqlDialect extends MySqlFamilyDialect {
    private static final int MAX_NAME_LENGTH = 32;

    /** The first version with roles; it has no NO_AUTO_CREATE_USER any more, and needs none. */
    private static final int ROLES_VERSION = 8;

    MySqlDialect() {
        super(MAX_NAME_LENGTH);
    }

    @Override
    public RdsEngine engine() {
        return RdsEngine.MYSQL;
    }

    @Override
    public Driver driver() {
        try {
            return new Driver();
        } catch (SQLException e) {
            throw new IllegalStateException("The constructor only says that it throws", e);
        }
    }

    @Override
    public String urlExample() {
        return "jdbc:mysql://host:port/database";
    }

    /** Beside the timeouts, keeps the driver from quoting statements in exceptions, whatever the URL says. */
    @Override
    public Map<String, String> timeouts(Duration timeout) {
        Map<String, String> properties = new HashMap<>(super.timeouts(timeout));
        properties.put("dumpQueriesOnException", "false");
        return properties;
    }

    @Override
    public void prepare(Sql sql) throws SQLException {
        sql.execute("SET SESSION sql_mode = '" + (hasRoles(sql) ? "" : "NO_AUTO_CREATE_USER")
                + "', SESSION sql_quote_show_create = 1");
    }

    @Override
    String identifiedBy(String password) {
        return "IDENTIFIED BY " + literal(password);
    }

    @Override
    List<Entry> entries(Sql sql, String accountName) throws SQLException {
        List<Entry> entries = sql.query(
                """
                SELECT Host, ssl_type, ssl_cipher, x509_issuer, x509_subject, max_questions, max_updates,
                       max_connections, max_user_connections
                FROM mysql.user WHERE User = ? ORDER BY Host""", row -> new Entry(new Account(accountName, row.getString("Host")), options(row), ""), accountName);
        if (!hasRoles(sql)) {
            return entries;
        }
        Map<String, String> roles = new HashMap<>();
        sql.query(
                "SELECT HOST, DEFAULT_ROLE_USER, DEFAULT_ROLE_HOST FROM mysql.default_roles WHERE USER = ? ORDER BY 1, 2, 3",
                row -> roles.merge(
                        row.getString(1),
                        new Account(row.getString(2), row.getString(3)).toString(),
                        (one, other) -> one + ", " + other),
                accountName);
        return entries.stream()
                .map(entry -> new Entry(
                        entry.account(),
                        entry.options(),
                        roles.getOrDefault(entry.account().host(), "")))
                .toList();
    }

    /** Roles, and the server's own accounts, are locked. */
    @Override
    List<String> accountNames(Sql sql) throws SQLException {
        return sql.query(
                "SELECT User FROM mysql.user WHERE User <> '' AND account_locked = 'N' AND Super_priv = 'N'",
                row -> row.getString(1));
    }

    @Override
    void copyDefaultRoles(Sql sql, Entry source, Account clone) throws SQLException {
        if (hasRoles(sql)) {
            String roles = source.defaultRoles().isEmpty() ? "NONE" : source.defaultRoles();
            sql.execute("ALTER USER " + clone + " DEFAULT ROLE " + roles);
        }
    }

    @Override
    boolean locksAccounts(int major, int minor) {
        return major > 5 || (major == 5 && minor >= 7);
    }

    private static boolean hasRoles(Sql sql) throws SQLException {
        return sql.connection().getMetaData().getDatabaseMajorVersion() >= ROLES_VERSION;
    }
}
