package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.RdsException;
import dev.tumbler.emulator.testing.ForwardingRdsInstance;

/** A database to which something happens just before or just after it gets a new password. */
final class InterruptedInstance extends ForwardingRdsInstance {
    final InMemoryRdsInstance memory;
    volatile Runnable beforeChange = () -> {};
    volatile Runnable afterChange = () -> {};

    InterruptedInstance(InMemoryRdsInstance memory) {
        super(memory);
        this.memory = memory;
    }

    /** No answer comes. */
    static void fail() {
        throw new RdsException(RdsException.Reason.UNAVAILABLE, "the database did not answer", null);
    }

    @Override
    public void cloneAccount(String source, String clone, String password) {
        beforeChange.run();
        super.cloneAccount(source, clone, password);
        afterChange.run();
    }

    @Override
    public void resetPassword(String accountName, String newPassword) {
        beforeChange.run();
        super.resetPassword(accountName, newPassword);
        afterChange.run();
    }
}
