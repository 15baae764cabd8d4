package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.ForwardingRdsInstance;
import java.util.concurrent.CountDownLatch;

/** A database that changes no password before a latch opens, as one that hangs. */
final class StallingInstance extends ForwardingRdsInstance {
    private final CountDownLatch latch;

    StallingInstance(CountDownLatch latch) {
        super(RdsInstance.inMemory(RdsEngine.POSTGRESQL));
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
    public void cloneAccount(String source, String clone, String password) {
        stall();
        super.cloneAccount(source, clone, password);
    }

    @Override
    public void resetPassword(String accountName, String newPassword) {
        stall();
        super.resetPassword(accountName, newPassword);
    }
}
