package dev.tumbler.emulator.rds;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.mariadb.jdbc.Driver;

/**
 * MariaDB. Passwords are sent as the hashes of {@code mysql_native_password}, since its logs show statements as they are;
 * an account that used another plugin uses this one from then on.
 */
final class MariaDbDialect extends MySqlFamilyDialect {
    private static final int MAX_NAME_LENGTH = 128;

    MariaDbDialect() {
        super(MAX_NAME_LENGTH);
    }

    @Override
    public RdsEngine engine() {
        return RdsEngine.MARIADB;
    }

    @Override
    public Driver driver() {
        return new Driver();
    }

    @Override
    public String urlExample() {
        return "jdbc:mariadb://host:port/database";
    }

    /** Without NO_AUTO_CREATE_USER a GRANT would create the account that was deleted meanwhile, with no password. */
    @Override
    public void prepare(Sql sql) throws SQLException {
        sql.execute("SET SESSION sql_mode = 'NO_AUTO_CREATE_USER', sql_quote_show_create = 1");
    }

    @Override
    String identifiedBy(String password) {
        return "IDENTIFIED BY PASSWORD '" + hash(password) + "'";
    }

    @Override
    List<Entry> entries(Sql sql, String accountName) throws SQLException {
        return sql.query(
                """
                SELECT Host, ssl_type, ssl_cipher, x509_issuer, x509_subject, max_questions, max_updates,
                       max_connections, max_user_connections, max_statement_time, default_role
                FROM mysql.user WHERE User = ? AND is_role = 'N' ORDER BY Host""",
                row -> new Entry(
                        new Account(accountName, row.getString("Host")),
                        options(row) + " MAX_STATEMENT_TIME " + row.getString("max_statement_time"),
                        row.getString("default_role").isEmpty() ? "" : identifier(row.getString("default_role"))),
                accountName);
    }

    @Override
    List<String> accountNames(Sql sql) throws SQLException {
        return sql.query(
                "SELECT User FROM mysql.user WHERE User NOT IN ('', 'mariadb.sys') AND is_role = 'N' AND Super_priv = 'N'",
                row -> row.getString(1));
    }

    @Override
    void copyDefaultRoles(Sql sql, Entry source, Account clone) throws SQLException {
        String role = source.defaultRoles().isEmpty() ? "NONE" : source.defaultRoles();
        sql.execute("SET DEFAULT ROLE " + role + " FOR " + clone);
    }

    @Override
    boolean locksAccounts(int major, int minor) {
        return major > 10 || (major == 10 && minor >= 4);
    }

    /** {@code *} and SHA-1 twice, as PASSWORD() computes it. */
    static String hash(String password) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] once = sha1.digest(password.getBytes(StandardCharsets.UTF_8));
            return '*' + HexFormat.of().formatHex(sha1.digest(once)).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
