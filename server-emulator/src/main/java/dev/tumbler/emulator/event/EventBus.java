package dev.tumbler.emulator.event;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes events without waiting for anybody, and tells them on one thread, which runs only while there are some. */
public final class EventBus implements SecretEvents, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventBus.class);

    private final Listeners<SecretEvent> listeners = new Listeners<>();
    private final ThreadPoolExecutor thread;

    /** The thread itself, for a listener that makes time pass. */
    private volatile @Nullable Thread telling;

    public EventBus() {
        this.thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread created = new Thread(task, "tumbler-events");
            created.setDaemon(true);
            telling = created;
            return created;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public Subscription listen(Consumer<? super SecretEvent> listener) {
        return listeners.add(listener);
    }

    /** Tells the event to those who listen now; later, and after all that was published before. */
    public void publish(SecretEvent event) {
        List<Consumer<SecretEvent>> told = listeners.now();
        if (told.isEmpty()) {
            return;
        }
        try {
            thread.execute(() -> told.forEach(listener -> tell(listener, event)));
        } catch (RejectedExecutionException e) {
            log.debug("{} came after the end", event.getClass().getSimpleName());
        }
    }

    /** Waits until all that was published before has been told; not on the thread that tells. */
    public void flush() {
        if (Thread.currentThread() == telling || listeners.isEmpty()) {
            return;
        }
        CompletableFuture<Void> told = new CompletableFuture<>();
        try {
            thread.execute(() -> told.complete(null));
        } catch (RejectedExecutionException e) {
            return;
        }
        told.join();
    }

    /** Tells no more. The listener that is being told is interrupted. */
    @Override
    public void close() {
        listeners.clear();
        thread.shutdownNow();
        if (Thread.currentThread() == telling) {
            return;
        }
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(Consumer<? super SecretEvent> listener, SecretEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            log.warn(
                    "A listener failed at {} of \"{}\"",
                    event.getClass().getSimpleName(),
                    event.secret().name(),
                    e);
        }
    }
}
