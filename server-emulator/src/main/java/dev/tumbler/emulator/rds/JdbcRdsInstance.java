package dev.tumbler.emulator.rds;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real database server, in the words of its {@link Dialect}. */
final class JdbcRdsInstance implements RdsInstance {
    private static final Logger log = LoggerFactory.getLogger(JdbcRdsInstance.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Dialect dialect;
    private final Driver driver;
    private final JdbcUrl url;
    private final String adminUser;
    private final String adminPassword;
    private final Duration timeout;
    private final String location;

    /**
     * Changes come one after the other: of two to one role at once PostgreSQL fails the later one, and a clone on MySQL
     * is many statements without a transaction.
     */
    private final Lock changes = new ReentrantLock();

    /** What the server said when it was last asked something. */
    private volatile @Nullable String engineVersion;

    /**
     * Takes another driver and timeout.
     *
     * @param timeout for connecting and for each answer; whole seconds
     */
    JdbcRdsInstance(
            Dialect dialect, Driver driver, String url, String adminUser, String adminPassword, Duration timeout) {
        this.dialect = dialect;
        this.driver = driver;
        this.url = JdbcUrl.parse(url, dialect);
        this.adminUser = adminUser;
        this.adminPassword = adminPassword;
        this.timeout = timeout;
        this.location = engine().displayName() + " at " + this.url.address();
        requireUnderstood();
    }

    /** See {@link RdsInstance#jdbc}. */
    static JdbcRdsInstance connectedTo(RdsEngine engine, String url, String adminUser, String adminPassword) {
        return connectedTo(engine, url, adminUser, adminPassword, TIMEOUT);
    }

    static JdbcRdsInstance connectedTo(
            RdsEngine engine, String url, String adminUser, String adminPassword, Duration timeout) {
        Dialect dialect;
        Driver driver;
        try {
            dialect = switch (engine) {
                case POSTGRESQL -> new PostgresDialect();
                case MARIADB -> new MariaDbDialect();
                case MYSQL -> new MySqlDialect();
                case SQL_SERVER -> new SqlServerDialect();
            };
            driver = dialect.driver();
        } catch (NoClassDefFoundError e) {
            throw new RdsException(
                    RdsException.Reason.UNAVAILABLE,
                    "The " + engine.displayName() + " driver is not on the classpath: add the dependency "
                            + driverDependency(engine),
                    e);
        }
        return new JdbcRdsInstance(dialect, driver, url, adminUser, adminPassword, timeout);
    }

    private static String driverDependency(RdsEngine engine) {
        return switch (engine) {
            case POSTGRESQL -> "org.postgresql:postgresql (42.7 or later)";
            case MARIADB -> "org.mariadb.jdbc:mariadb-java-client (3.5 or later)";
            case MYSQL -> "com.mysql:mysql-connector-j (8.4 or later)";
            case SQL_SERVER -> "com.microsoft.sqlserver:mssql-jdbc (12.8 or later)";
        };
    }

    @Override
    public RdsEngine engine() {
        return dialect.engine();
    }

    @Override
    public Optional<String> jdbcUrl() {
        return Optional.of(url.url());
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public void createAccount(String accountName, String password) {
        engine().requireAccountName(accountName);
        PasswordRules.require(accountName, password);
        change("create account", accountName, sql -> {
            if (dialect.exists(sql, accountName)) {
                throw RdsException.accountExists(accountName, this);
            }
            dialect.create(sql, accountName, password);
        });
    }

    @Override
    public void grant(String accountName, DatabasePrivilege privilege) {
        requireExpressible(accountName);
        privilege.requireFor(engine());
        change("grant " + privilege + " to account", accountName, sql -> {
            requireAccount(sql, accountName);
            dialect.grant(sql, accountName, privilege);
        });
    }

    @Override
    public void cloneAccount(String source, String clone, String password) {
        requireExpressible(source);
        requireExpressible(clone);
        requireNotAdministrator(clone);
        RdsException.requireDistinct(source, clone);
        PasswordRules.require(clone, password);
        change("clone account \"" + source + "\" as", clone, sql -> {
            requireAccount(sql, source);
            dialect.copy(sql, source, clone, password);
        });
    }

    @Override
    public void resetPassword(String accountName, String newPassword) {
        requireExpressible(accountName);
        requireNotAdministrator(accountName);
        PasswordRules.require(accountName, newPassword);
        change("reset the password of account", accountName, sql -> {
            requireAccount(sql, accountName);
            dialect.setPassword(sql, accountName, newPassword);
        });
    }

    @Override
    public void deleteAccount(String accountName) {
        requireExpressible(accountName);
        requireNotAdministrator(accountName);
        change("delete account", accountName, sql -> {
            requireAccount(sql, accountName);
            dialect.drop(sql, accountName);
        });
    }

    @Override
    public boolean hasAccount(String accountName) {
        return dialect.canExpress(accountName)
                && ask("look up account", accountName, sql -> dialect.exists(sql, accountName));
    }

    @Override
    public Set<String> permissions(String accountName) {
        requireExpressible(accountName);
        return ask("look up the permissions of account", accountName, sql -> {
            requireAccount(sql, accountName);
            return dialect.permissions(sql, accountName);
        });
    }

    @Override
    public List<RdsAccount> accounts() {
        return ask("list accounts as", adminUser, dialect::accounts).stream()
                .filter(account -> !account.name().equals(adminUser))
                .sorted(Comparator.comparing(RdsAccount::name))
                .toList();
    }

    @Override
    public List<String> databases() {
        return ask("list databases as", adminUser, dialect::databases).stream()
                .sorted()
                .toList();
    }

    @Override
    public Optional<String> engineVersion() {
        return Optional.ofNullable(engineVersion);
    }

    @Override
    public boolean acceptsLogin(String accountName, String password) {
        if (!dialect.canExpress(accountName)) {
            return false;
        }
        try {
            connect(accountName, password).close();
            return true;
        } catch (SQLException e) {
            log.debug("{} ended a login of \"{}\": {}", location, accountName, dialect.describe(e));
            return switch (dialect.outcome(e, password)) {
                case ACCEPTED -> true;
                case REFUSED -> false;
                case UNKNOWN -> throw failure("log in as account", accountName, dialect.reason(e), "", e);
            };
        }
    }

    @Override
    public String toString() {
        return location;
    }

    /** Runs a change in one transaction: of a change that fails nothing remains, where the engine's DDL allows it. */
    private void change(String what, String accountName, Change change) {
        changes.lock();
        try {
            ask(what, accountName, sql -> {
                sql.connection().setAutoCommit(false);
                change.apply(sql);
                sql.connection().commit();
                return accountName;
            });
        } finally {
            changes.unlock();
        }
    }

    private <T> T ask(String what, String accountName, Question<T> question) {
        try (Connection connection = connectAsAdministrator(what, accountName)) {
            Sql sql = new Sql(connection);
            DatabaseMetaData server = connection.getMetaData();
            engineVersion = server.getDatabaseMajorVersion() + "." + server.getDatabaseMinorVersion();
            dialect.prepare(sql);
            return question.answer(sql);
        } catch (SQLException e) {
            RdsException.Reason reason = dialect.reason(e);
            String advice = reason == RdsException.Reason.PERMISSION_DENIED
                    ? ". The administrator \"" + adminUser + "\" needs " + dialect.administratorNeeds()
                    : "";
            throw failure(what, accountName, reason, advice, e);
        }
    }

    private Connection connectAsAdministrator(String what, String accountName) {
        try {
            return connect(adminUser, adminPassword);
        } catch (SQLException e) {
            throw dialect.outcome(e, adminPassword) == Dialect.LoginOutcome.UNKNOWN
                    ? failure(what, accountName, dialect.reason(e), "", e)
                    : failure(
                            what,
                            accountName,
                            RdsException.Reason.PERMISSION_DENIED,
                            ". The administrator \"" + adminUser + "\" may not log in",
                            e);
        }
    }

    private Connection connect(String user, String password) throws SQLException {
        Properties properties = new Properties();
        dialect.timeouts(timeout).forEach((name, value) -> {
            if (!url.parameters().contains(name.toLowerCase(Locale.ROOT))) {
                properties.setProperty(name, value);
            }
        });
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return driver.connect(url.url(), properties);
    }

    private RdsException failure(
            String what, String accountName, RdsException.Reason reason, String advice, SQLException e) {
        String message =
                "Could not %s \"%s\" on %s: %s".formatted(what, accountName, location, dialect.describe(e)) + advice;
        return new RdsException(reason, message, e);
    }

    private void requireAccount(Sql sql, String accountName) throws SQLException {
        if (!dialect.exists(sql, accountName)) {
            throw RdsException.accountNotFound(accountName, this);
        }
    }

    /** With another password, nobody could manage the instance any more. */
    private void requireNotAdministrator(String accountName) {
        if (accountName.equals(adminUser)) {
            throw new RdsException(
                    RdsException.Reason.PERMISSION_DENIED,
                    "Account \"%s\" is the administrator of %s, which is not to be changed"
                            .formatted(accountName, location),
                    null);
        }
    }

    private void requireExpressible(String accountName) {
        if (!dialect.canExpress(accountName)) {
            throw new RdsException(
                    RdsException.Reason.INVALID_ACCOUNT_NAME,
                    "An account on %s has a name of %s".formatted(location, dialect.nameRule()),
                    null);
        }
    }

    private void requireUnderstood() {
        boolean understood;
        try {
            understood = driver.acceptsURL(url.url());
        } catch (SQLException e) {
            understood = false;
        }
        if (!understood) {
            throw new IllegalArgumentException("The " + engine().displayName()
                    + " driver does not understand the URL, which looks like " + dialect.urlExample());
        }
    }

    /** What to do in a transaction. */
    private interface Change {
        void apply(Sql sql) throws SQLException;
    }

    /** What to find out. */
    private interface Question<T> {
        T answer(Sql sql) throws SQLException;
    }
}
