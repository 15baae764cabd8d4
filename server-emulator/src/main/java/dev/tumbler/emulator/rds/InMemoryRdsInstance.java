package dev.tumbler.emulator.rds;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Accounts without a database. Accounts have no privileges here, so a clone's are those of its source by definition. */
final class InMemoryRdsInstance implements RdsInstance {
    private final RdsEngine engine;
    private final ConcurrentMap<String, String> passwords = new ConcurrentHashMap<>();

    InMemoryRdsInstance(RdsEngine engine) {
        this.engine = engine;
    }

    @Override
    public RdsEngine engine() {
        return engine;
    }

    @Override
    public String location() {
        return engine.displayName() + " in memory";
    }

    @Override
    public void createAccount(String accountName, String password) {
        engine.requireAccountName(accountName);
        PasswordRules.require(accountName, password);
        if (passwords.putIfAbsent(accountName, password) != null) {
            throw RdsException.accountExists(accountName, this);
        }
    }

    @Override
    public void cloneAccount(String source, String clone, String password) {
        engine.requireAccountName(clone);
        RdsException.requireDistinct(source, clone);
        PasswordRules.require(clone, password);
        requireAccount(source);
        passwords.put(clone, password);
    }

    @Override
    public void resetPassword(String accountName, String newPassword) {
        PasswordRules.require(accountName, newPassword);
        if (passwords.replace(accountName, newPassword) == null) {
            throw RdsException.accountNotFound(accountName, this);
        }
    }

    @Override
    public void deleteAccount(String accountName) {
        if (passwords.remove(accountName) == null) {
            throw RdsException.accountNotFound(accountName, this);
        }
    }

    @Override
    public boolean hasAccount(String accountName) {
        return passwords.containsKey(accountName);
    }

    @Override
    public boolean acceptsLogin(String accountName, String password) {
        return password.equals(passwords.get(accountName));
    }

    @Override
    public String toString() {
        return location();
    }

    private void requireAccount(String accountName) {
        if (!hasAccount(accountName)) {
            throw RdsException.accountNotFound(accountName, this);
        }
    }
}
