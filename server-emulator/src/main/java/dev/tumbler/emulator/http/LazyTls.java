package dev.tumbler.emulator.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The TLS context of a server, built once, at the first connection that asks for it, and on a thread of its own: in a
 * fresh JVM it takes a quarter of a second, in which plain connections are served. Thread-safe.
 */
final class LazyTls {
    private final Supplier<SSLContext> builder;
    private final TrackedThreads threads;
    private @Nullable CompletableFuture<SSLContext> context;

    LazyTls(Supplier<SSLContext> builder, TrackedThreads threads) {
        this.builder = builder;
        this.threads = threads;
    }

    synchronized CompletionStage<SSLContext> context() {
        if (context == null) {
            CompletableFuture<SSLContext> built = new CompletableFuture<>();
            threads.newThread(
                            () -> {
                                try {
                                    built.complete(builder.get());
                                } catch (RuntimeException | Error e) {
                                    built.completeExceptionally(e);
                                }
                            },
                            "tls")
                    .start();
            context = built;
        }
        return context;
    }
}
