package dev.tumbler.client.auth;

import dev.tumbler.client.internal.time.DaemonThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads that want the same thing at the same time share one attempt at it. The attempt is made on a thread of its own,
 * so that a caller who is interrupted takes nobody with him. Thread-safe; has no thread between attempts.
 */
final class SingleFlight<T> {
    private final ExecutorService threads = DaemonThreads.elastic("tumbler-credentials");
    private final Supplier<T> attempt;
    private @Nullable CompletableFuture<T> flight;

    SingleFlight(Supplier<T> attempt) {
        this.attempt = attempt;
    }

    /** Starts an attempt unless one is under way. */
    synchronized CompletableFuture<T> start() {
        if (flight != null) {
            return flight;
        }
        CompletableFuture<T> mine = new CompletableFuture<>();
        flight = mine;
        threads.execute(() -> {
            try {
                T value = attempt.get();
                land();
                mine.complete(value);
            } catch (RuntimeException | Error e) {
                land();
                mine.completeExceptionally(e);
            }
        });
        return mine;
    }

    /** Waits for the attempt under way, or for a new one, and throws what it threw. */
    T join() {
        try {
            return start().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CredentialsException("The credentials could not be fetched", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CredentialsException("Interrupted while waiting for credentials", e);
        }
    }

    private synchronized void land() {
        flight = null;
    }
}
