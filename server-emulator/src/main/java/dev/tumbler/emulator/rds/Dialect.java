package dev.tumbler.emulator.rds;

import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How an engine says what {@link JdbcRdsInstance} wants done, and what its errors mean. Each implementation is the only
 * class that names its driver's classes, which users may not have: nothing but {@link JdbcRdsInstance#connectedTo} may
 * mention it.
 *
 * <p>Account names that reach a dialect are {@link #canExpress expressible}; passwords follow {@link PasswordRules}, so
 * that none holds a quote or a backslash.
 */
interface Dialect {
    RdsEngine engine();

    Driver driver();

    /** What a URL looks like, up to the database: {@code jdbc:postgresql://host:port/database}. */
    String urlExample();

    /** Where a URL without an address leads. */
    String defaultAddress();

    /** The driver's settings for giving up on a server; the URL's own win over them. */
    Map<String, String> timeouts(Duration timeout);

    /** Whether the server would take the name as it is, and not cut or change it and so act on another account. */
    boolean canExpress(String accountName);

    /** The rule of {@link #canExpress}, such as {@code 1 to 63 bytes in UTF-8, without NUL}. */
    String nameRule();

    /** Makes the session independent of the server's settings. */
    default void prepare(Sql sql) throws SQLException {}

    boolean exists(Sql sql, String accountName) throws SQLException;

    void create(Sql sql, String accountName, String password) throws SQLException;

    /** Clones an account that exists to one that may. The password comes last, so that nobody logs in too early. */
    void copy(Sql sql, String source, String clone, String password) throws SQLException;

    void setPassword(Sql sql, String accountName, String password) throws SQLException;

    void drop(Sql sql, String accountName) throws SQLException;

    /** All accounts that can log in and are no superusers; in any order. */
    List<RdsAccount> accounts(Sql sql) throws SQLException;

    /** All databases but the engine's own; in any order. */
    List<String> databases(Sql sql) throws SQLException;

    /** See {@link RdsInstance#permissions}. */
    Set<String> permissions(Sql sql, String accountName) throws SQLException;

    /** See {@link RdsInstance#grant}. */
    void grant(Sql sql, String accountName, DatabasePrivilege privilege) throws SQLException;

    /** What a failed login says about the password. */
    LoginOutcome outcome(SQLException failedLogin, String password);

    /** Why a statement failed. */
    RdsException.Reason reason(SQLException failedStatement);

    /** What an administrator needs who was denied something. */
    String administratorNeeds();

    /** The message and the codes, without the details, which are for whoever reads the cause. */
    default String describe(SQLException e) {
        return e.getMessage() + " (SQLState " + sqlState(e) + ")";
    }

    static String sqlState(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.isEmpty() ? "unknown" : state;
    }

    /** What the end of an attempt to log in says about the password. */
    enum LoginOutcome {
        /** It was right; the server refused what came after it. */
        ACCEPTED,
        REFUSED,
        /** The server was not asked, or had another reason. */
        UNKNOWN
    }
}
