package dev.tumbler.client.auth;

import dev.tumbler.client.internal.time.DaemonThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads that want the same thing at the same time share one attempt at it. The attempt is made on a thread of its own,
 * so that a caller who is interrupted takes nobody with him. Thread-safe; has no thread between attempts.
 */
final class SingleFlight<T> {
    private final Executor threads;
    private final Supplier<T> attempt;
    private @Nullable CompletableFuture<T> flight;

    SingleFlight(Supplier<T> attempt) {
        this(attempt, DaemonThreads.elastic("tumbler-credentials"));
    }

    SingleFlight(Supplier<T> attempt, Executor threads) {
        this.attempt = attempt;
        this.threads = threads;
    }

    /** Starts an attempt unless one is under way. */
    synchronized CompletableFuture<T> start() {
        if (flight != null) {
            return flight;
        }
        CompletableFuture<T> mine = new CompletableFuture<>();
        flight = mine;
        try {
            threads.execute(() -> fly(mine));
        } catch (RuntimeException | Error e) {
            // No thread could be started; the next one who asks may have more luck.
            flight = null;
            mine.completeExceptionally(e);
        }
        return mine;
    }

    private void fly(CompletableFuture<T> mine) {
        try {
            T value = attempt.get();
            land();
            mine.complete(value);
        } catch (Throwable e) {
            land();
            mine.completeExceptionally(e);
        }
    }

    /** Waits for the attempt under way, or for a new one, and throws what it threw. */
    T join() {
        try {
            return start().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CredentialsException("The credentials could not be fetched", true, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CredentialsException("Interrupted while waiting for credentials", true, e);
        }
    }

    private synchronized void land() {
        flight = null;
    }
}
