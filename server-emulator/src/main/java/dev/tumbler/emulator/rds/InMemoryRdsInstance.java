package dev.tumbler.emulator.rds;

import dev.tumbler.emulator.event.Listeners;
import dev.tumbler.emulator.event.SecretEvents.Subscription;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * An instance without a database: accounts, their types, passwords and privileges, by the rules of RDS. It can be
 * stopped and started, so that a test can see what depends on it fail and heal; it tells of logins, and has sessions that
 * outlive a change of password, so that a test can see what pooled connections do. Thread-safe.
 */
public final class InMemoryRdsInstance implements RdsInstance {
    private final RdsEngine engine;
    private final RdsEdition edition;
    private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();
    private final Set<String> databases = ConcurrentHashMap.newKeySet();
    private final Set<InMemorySession> sessions = ConcurrentHashMap.newKeySet();
    private final Listeners<RdsLogin> loginListeners = new Listeners<>();

    /** The names of the privileged accounts. Guarded by the monitor. */
    private final Set<String> privileged = new HashSet<>();

    /** Changed by one thread at a time; reads of accounts take no lock. */
    private volatile State state = State.RUNNING;

    InMemoryRdsInstance(RdsEngine engine, RdsEdition edition) {
        if (edition == RdsEdition.SQL_SERVER_2017_CLUSTER && engine != RdsEngine.SQL_SERVER) {
            throw new IllegalArgumentException(engine.displayName() + " has no edition " + edition);
        }
        this.engine = engine;
        this.edition = edition;
    }

    @Override
    public RdsEngine engine() {
        return engine;
    }

    @Override
    public RdsEdition edition() {
        return edition;
    }

    @Override
    public String location() {
        return engine.displayName() + " in memory";
    }

    /** Whether it runs, is stopped, or has been released. */
    public State state() {
        return state;
    }

    /**
     * Stops it: every operation fails with {@code UNAVAILABLE} until it is started again. Accounts stay, sessions end.
     *
     * @throws IllegalStateException if it has been released
     */
    public synchronized void stop() {
        requireNotReleased();
        state = State.STOPPED;
        endSessions();
    }

    /**
     * Starts it again; nothing happens if it runs.
     *
     * @throws IllegalStateException if it has been released
     */
    public synchronized void start() {
        requireNotReleased();
        state = State.RUNNING;
    }

    /** What {@link RdsInstances#remove} does to it: no operation works any more, those of a running rotation included. */
    synchronized void release() {
        state = State.RELEASED;
        endSessions();
    }

    private void endSessions() {
        List.copyOf(sessions).forEach(InMemorySession::close);
    }

    /** Creates a standard account without privileges. */
    @Override
    public void createAccount(String accountName, String password) {
        create(accountName, Account.of(AccountType.NORMAL, password));
    }

    /**
     * Creates a privileged account, which needs no privileges granted.
     *
     * <p>MySQL and MariaDB have one at most; on MariaDB it replaces a standard account of the same name; on MySQL its
     * name must differ from those of standard accounts in more than case, and the other way round. Source: RDS API
     * reference, CreateAccount; "Create an account" of ApsaraDB RDS for MySQL and for MariaDB.
     *
     * @throws RdsException with {@code ACCOUNT_LIMIT_EXCEEDED} if there is one already, among others
     */
    @Override
    public void createPrivilegedAccount(String accountName, String password) {
        create(accountName, Account.of(AccountType.SUPER, password));
    }

    private synchronized void create(String accountName, Account account) {
        requireRunning();
        if (edition == RdsEdition.SQL_SERVER_2017_CLUSTER) {
            throw new RdsException(
                    RdsException.Reason.PERMISSION_DENIED,
                    "SQL Server 2017 Cluster Edition lets no accounts be created from outside",
                    null);
        }
        engine.requireAccountName(accountName);
        PasswordRules.require(accountName, account.password());
        boolean replaces = engine == RdsEngine.MARIADB
                && account.type() == AccountType.SUPER
                && accounts.containsKey(accountName)
                && accounts.get(accountName).type() == AccountType.NORMAL;
        if (accounts.containsKey(accountName) && !replaces) {
            throw RdsException.accountExists(accountName, this);
        }
        requireRoomFor(accountName, account.type());
        put(accountName, account);
    }

    /** Whether one more account of this type and name fits beside those that there are. */
    private void requireRoomFor(String accountName, AccountType type) {
        boolean mySql = engine == RdsEngine.MYSQL;
        if (type == AccountType.SUPER && (mySql || engine == RdsEngine.MARIADB) && !privileged.isEmpty()) {
            throw new RdsException(
                    RdsException.Reason.ACCOUNT_LIMIT_EXCEEDED,
                    "%s takes one privileged account, and has \"%s\""
                            .formatted(location(), privileged.iterator().next()),
                    null);
        }
        if (!mySql) {
            return;
        }
        // Standard accounts may be many, and need only be compared with the one that is privileged.
        for (String otherName : type == AccountType.SUPER ? accounts.keySet() : privileged) {
            if (otherName.equalsIgnoreCase(accountName)) {
                throw new RdsException(
                        RdsException.Reason.INVALID_ACCOUNT_NAME,
                        "The names of privileged and standard accounts on MySQL must differ in more than case; there is \"%s\""
                                .formatted(otherName),
                        null);
            }
        }
    }

    private void put(String accountName, Account account) {
        accounts.put(accountName, account);
        if (account.type() == AccountType.SUPER) {
            privileged.add(accountName);
        } else {
            privileged.remove(accountName);
        }
    }

    /**
     * Grants a privilege; another one that the account had in this database is replaced. Databases need not exist
     * before.
     */
    @Override
    public synchronized void grant(String accountName, DatabasePrivilege privilege) {
        requireRunning();
        privilege.requireFor(engine);
        Account account = require(accountName);
        if (account.type() == AccountType.SUPER) {
            throw new RdsException(
                    RdsException.Reason.INVALID_PRIVILEGE,
                    "Account \"%s\" is privileged: it takes no privileges".formatted(accountName),
                    null);
        }
        databases.add(privilege.database());
        accounts.put(accountName, account.with(privilege));
    }

    /**
     * Creates a database, which takes no more than a name here; nothing happens if it is there.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public void createDatabase(String database) {
        if (database.isBlank()) {
            throw new IllegalArgumentException("A database needs a name");
        }
        databases.add(database);
    }

    /** Makes {@code clone} an account of the same type, with the same privileges in each database. */
    @Override
    public synchronized void cloneAccount(String source, String clone, String password) {
        requireRunning();
        engine.requireAccountName(clone);
        RdsException.requireDistinct(source, clone);
        PasswordRules.require(clone, password);
        Account original = require(source);
        Account existing = accounts.get(clone);
        if (existing == null || existing.type() != original.type()) {
            requireRoomFor(clone, original.type());
        }
        Account before = existing == null ? Account.of(original.type(), password) : existing.with(password);
        put(clone, before.like(original));
    }

    @Override
    public synchronized void resetPassword(String accountName, String newPassword) {
        requireRunning();
        PasswordRules.require(accountName, newPassword);
        accounts.put(accountName, require(accountName).with(newPassword));
    }

    /**
     * {@inheritDoc} A privileged account on SQL Server cannot be deleted. Source: ROS reference, ALIYUN::RDS::Account.
     */
    @Override
    public synchronized void deleteAccount(String accountName) {
        requireRunning();
        if (engine == RdsEngine.SQL_SERVER && require(accountName).type() == AccountType.SUPER) {
            throw new RdsException(
                    RdsException.Reason.PERMISSION_DENIED,
                    "Account \"%s\" is privileged: SQL Server keeps it".formatted(accountName),
                    null);
        }
        require(accountName);
        accounts.remove(accountName);
        privileged.remove(accountName);
    }

    @Override
    public boolean hasAccount(String accountName) {
        requireRunning();
        return accounts.containsKey(accountName);
    }

    @Override
    public boolean acceptsLogin(String accountName, String password) {
        requireRunning();
        Account account = accounts.get(accountName);
        int age = account == null ? RdsLogin.UNKNOWN : account.ageOf(password);
        RdsLogin login = new RdsLogin(accountName, age == 0, age);
        loginListeners.tell(login);
        return login.accepted();
    }

    /**
     * Logs in, and stays: the session goes on when the password changes, as on a real database.
     *
     * @throws SQLException as the engine's driver would: with SQLState {@code 28P01} on PostgreSQL, code 1045 on MySQL and
     *     MariaDB, or code 18456 on SQL Server if the login is refused; with SQLState {@code 08001} if the instance does
     *     not run
     */
    public InMemorySession connect(String accountName, String password) throws SQLException {
        boolean accepted;
        try {
            accepted = acceptsLogin(accountName, password);
        } catch (RdsException e) {
            throw new SQLTransientConnectionException(e.getMessage(), "08001", e);
        }
        Account account = accounts.get(accountName);
        if (!accepted || account == null) {
            throw refused(accountName);
        }
        int changesBefore = account.changes();
        InMemorySession session = new InMemorySession(
                accountName,
                () -> {
                    Account now = accounts.get(accountName);
                    return now == null || now.changes() < changesBefore ? 1 : now.changes() - changesBefore;
                },
                sessions::remove);
        sessions.add(session);
        if (state != State.RUNNING) {
            session.close();
        }
        return session;
    }

    private SQLException refused(String accountName) {
        return switch (engine) {
            case POSTGRESQL ->
                new SQLInvalidAuthorizationSpecException(
                        "FATAL: password authentication failed for user \"" + accountName + "\"", "28P01");
            case MYSQL, MARIADB ->
                new SQLInvalidAuthorizationSpecException(
                        "Access denied for user '" + accountName + "' (using password: YES)", "28000", 1045);
            case SQL_SERVER ->
                new SQLInvalidAuthorizationSpecException(
                        "Login failed for user '" + accountName + "'.", "S0001", 18456);
        };
    }

    /** The sessions that are open, in no order. */
    public List<InMemorySession> sessions() {
        return List.copyOf(sessions);
    }

    /**
     * Tells of each login from now on, before it is answered: on the thread that logs in, so that a listener must be quick,
     * must not throw, and can tell callers from each other. The login with which a rotation tries its new password is one of
     * them.
     */
    public Subscription onLogin(Consumer<? super RdsLogin> listener) {
        return loginListeners.add(listener);
    }

    /** The names of the accounts, in order. */
    public List<String> accountNames() {
        return List.copyOf(new TreeSet<>(accounts.keySet()));
    }

    /**
     * The account's type.
     *
     * @throws RdsException with {@code ACCOUNT_NOT_FOUND}
     */
    public AccountType accountType(String accountName) {
        return require(accountName).type();
    }

    /**
     * The account's privileges, one for each database in the order of grants; none for a privileged account.
     *
     * @throws RdsException with {@code ACCOUNT_NOT_FOUND}
     */
    public List<DatabasePrivilege> privileges(String accountName) {
        return require(accountName).privileges();
    }

    @Override
    public Set<String> permissions(String accountName) {
        requireRunning();
        Account account = require(accountName);
        Set<String> permissions = new TreeSet<>();
        permissions.add(account.type().wireName() + " account");
        account.privileges().forEach(privilege -> permissions.add(privilege.toString()));
        return permissions;
    }

    @Override
    public List<RdsAccount> accounts() {
        requireNotGone();
        List<RdsAccount> all = new ArrayList<>();
        new TreeMap<>(accounts)
                .forEach((name, account) -> all.add(new RdsAccount(
                        name,
                        account.type(),
                        account.privileges().stream()
                                .sorted(Comparator.comparing(DatabasePrivilege::database))
                                .map(RdsAccount.Granted::of)
                                .toList())));
        return List.copyOf(all);
    }

    @Override
    public List<String> databases() {
        requireNotGone();
        return List.copyOf(new TreeSet<>(databases));
    }

    /** One that the engine has today. <em>Assumed.</em> */
    @Override
    public Optional<String> engineVersion() {
        return Optional.of(
                switch (engine) {
                    case MYSQL -> "8.0";
                    case MARIADB -> "10.6";
                    case POSTGRESQL -> "16.0";
                    case SQL_SERVER -> edition == RdsEdition.SQL_SERVER_2017_CLUSTER ? "2017_ent" : "2019_std_ha";
                });
    }

    @Override
    public boolean isRunning() {
        return state == State.RUNNING;
    }

    @Override
    public String toString() {
        return location();
    }

    private Account require(String accountName) {
        Account account = accounts.get(accountName);
        if (account == null) {
            throw RdsException.accountNotFound(accountName, this);
        }
        return account;
    }

    /** The service still knows what a stopped instance has. */
    private void requireNotGone() {
        if (state == State.RELEASED) {
            requireRunning();
        }
    }

    private void requireRunning() {
        if (state != State.RUNNING) {
            throw new RdsException(
                    RdsException.Reason.UNAVAILABLE,
                    location() + (state == State.STOPPED ? " is stopped" : " has been released"),
                    null);
        }
    }

    private void requireNotReleased() {
        if (state == State.RELEASED) {
            throw new IllegalStateException(location() + " has been released");
        }
    }

    /** What an instance in memory can be. */
    public enum State {
        RUNNING,
        /** {@link #stop} was called. */
        STOPPED,
        /** It was removed, and will not come back. */
        RELEASED
    }

    /**
     * Immutable. Nothing prints it with its passwords.
     *
     * @param former the passwords that it had before, the last one first
     * @param changes how often the password was changed
     */
    private record Account(
            AccountType type, String password, List<DatabasePrivilege> privileges, List<String> former, int changes) {
        private static final int REMEMBERED = 64;

        static Account of(AccountType type, String password) {
            return new Account(type, password, List.of(), List.of(), 0);
        }

        Account with(String newPassword) {
            List<String> older = new ArrayList<>(former.size() + 1);
            older.add(password);
            older.addAll(former.subList(0, Math.min(former.size(), REMEMBERED - 1)));
            return new Account(type, newPassword, privileges, List.copyOf(older), changes + 1);
        }

        Account with(DatabasePrivilege privilege) {
            List<DatabasePrivilege> all = new ArrayList<>(privileges);
            all.removeIf(other -> other.database().equals(privilege.database()));
            all.add(privilege);
            return new Account(type, password, List.copyOf(all), former, changes);
        }

        Account like(Account other) {
            return new Account(other.type(), password, other.privileges(), former, changes);
        }

        int ageOf(String tried) {
            if (password.equals(tried)) {
                return 0;
            }
            int index = former.indexOf(tried);
            return index < 0 ? RdsLogin.UNKNOWN : index + 1;
        }

        @Override
        public String toString() {
            return type + " " + privileges;
        }
    }
}
