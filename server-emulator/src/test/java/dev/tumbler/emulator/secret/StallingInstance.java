package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import java.util.concurrent.CountDownLatch;

/** A database that changes no password before a latch opens, as one that hangs. */
final class StallingInstance implements RdsInstance {
    private final RdsInstance database = RdsInstance.inMemory(RdsEngine.POSTGRESQL);
    private final CountDownLatch latch;

    StallingInstance(CountDownLatch latch) {
        this.latch = latch;
    }

    private void stall() {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public RdsEngine engine() {
        return database.engine();
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
    public void cloneAccount(String source, String clone, String password) {
        stall();
        database.cloneAccount(source, clone, password);
    }

    @Override
    public void resetPassword(String accountName, String newPassword) {
        stall();
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
}
