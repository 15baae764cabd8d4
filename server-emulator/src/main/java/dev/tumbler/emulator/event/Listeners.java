package dev.tumbler.emulator.event;

import dev.tumbler.emulator.event.SecretEvents.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who listen, each until its subscription ends. Thread-safe. */
public final class Listeners<T> {
    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

    /** Has {@code listener} told from now on; one that is added twice is told twice. */
    public Subscription add(Consumer<? super T> listener) {
        // Its own, so that a listener that is there twice can end once.
        Consumer<T> own = listener::accept;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /** Tells all, one after the other, on this thread. */
    public void tell(T news) {
        listeners.forEach(listener -> listener.accept(news));
    }

    /** Those who listen now. */
    List<Consumer<T>> now() {
        return List.copyOf(listeners);
    }

    /** Ends all listening. */
    void clear() {
        listeners.clear();
    }

    /** Whether nobody listens. */
    public boolean isEmpty() {
        return listeners.isEmpty();
    }
}
