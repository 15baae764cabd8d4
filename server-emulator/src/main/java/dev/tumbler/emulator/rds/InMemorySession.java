package dev.tumbler.emulator.rds;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * What a login to an {@link InMemoryRdsInstance} opened. As on a real database it goes on when the password changes; it
 * ends with {@link #close()}, and when the instance is stopped or released. Thread-safe.
 */
public final class InMemorySession implements AutoCloseable {
    private static final String CONNECTION_LOST = "08006";

    private final String accountName;
    private final IntSupplier changesSinceLogin;
    private final Consumer<InMemorySession> whenClosed;
    private final AtomicLong uses = new AtomicLong();

    private volatile boolean open = true;

    /** @param changesSinceLogin how often the password has been changed by now */
    InMemorySession(String accountName, IntSupplier changesSinceLogin, Consumer<InMemorySession> whenClosed) {
        this.accountName = accountName;
        this.changesSinceLogin = changesSinceLogin;
        this.whenClosed = whenClosed;
    }

    /** Whose it is. */
    public String accountName() {
        return accountName;
    }

    /**
     * How often the account's password has been changed since the login: more than 0 means that this session could not be
     * opened again in the same way. An account that was deleted counts as changed once more.
     */
    public int passwordAge() {
        return changesSinceLogin.getAsInt();
    }

    /**
     * Stands for a statement.
     *
     * @throws SQLException with SQLState {@code 08006} if the session has ended
     */
    public void use() throws SQLException {
        if (!open) {
            throw new SQLNonTransientConnectionException("The session has ended", CONNECTION_LOST);
        }
        uses.incrementAndGet();
    }

    /** How often it was used. */
    public long uses() {
        return uses.get();
    }

    /** Whether it can be used. */
    public boolean isOpen() {
        return open;
    }

    /** Ends it; nothing happens if it has ended. */
    @Override
    public void close() {
        open = false;
        whenClosed.accept(this);
    }

    @Override
    public String toString() {
        return (open ? "session of " : "ended session of ") + accountName;
    }
}
