package dev.tumbler.emulator.testing;

import dev.tumbler.emulator.rds.DatabasePrivilege;
import dev.tumbler.emulator.rds.RdsAccount;
import dev.tumbler.emulator.rds.RdsEdition;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An instance that does what another does, but for what a test overrides: to hang, to fail, to watch. */
public abstract class ForwardingRdsInstance implements RdsInstance {
    private final RdsInstance database;

    /** Does what {@code database} does. */
    protected ForwardingRdsInstance(RdsInstance database) {
        this.database = database;
    }

    @Override
    public RdsEngine engine() {
        return database.engine();
    }

    @Override
    public RdsEdition edition() {
        return database.edition();
    }

    @Override
    public String location() {
        return database.location();
    }

    @Override
    public void createAccount(String accountName, String password) {
        database.createAccount(accountName, password);
    }

    @Override
    public void createPrivilegedAccount(String accountName, String password) {
        database.createPrivilegedAccount(accountName, password);
    }

    @Override
    public void grant(String accountName, DatabasePrivilege privilege) {
        database.grant(accountName, privilege);
    }

    @Override
    public Set<String> permissions(String accountName) {
        return database.permissions(accountName);
    }

    @Override
    public void cloneAccount(String source, String clone, String password) {
        database.cloneAccount(source, clone, password);
    }

    @Override
    public void resetPassword(String accountName, String newPassword) {
        database.resetPassword(accountName, newPassword);
    }

    @Override
    public void deleteAccount(String accountName) {
        database.deleteAccount(accountName);
    }

    @Override
    public boolean hasAccount(String accountName) {
        return database.hasAccount(accountName);
    }

    @Override
    public boolean acceptsLogin(String accountName, String password) {
        return database.acceptsLogin(accountName, password);
    }

    @Override
    public List<RdsAccount> accounts() {
        return database.accounts();
    }

    @Override
    public List<String> databases() {
        return database.databases();
    }

    @Override
    public Optional<String> engineVersion() {
        return database.engineVersion();
    }

    @Override
    public boolean isRunning() {
        return database.isRunning();
    }
}
