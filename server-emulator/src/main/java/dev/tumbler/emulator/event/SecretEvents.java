package dev.tumbler.emulator.event;

import java.util.function.Consumer;

/**
 * Tells what happens to secrets. Events come one after the other, in the order in which they happened to each secret, on
 * a thread of the emulator; {@code kms.clock().advance(…)} returns when those of the time that has passed have been
 * taken. A listener may call the emulator. What it throws is logged, and ends nothing.
 *
 * <p>Thread-safe.
 */
public interface SecretEvents {
    /** Has {@code listener} told of all that happens from now on. */
    Subscription listen(Consumer<? super SecretEvent> listener);

    /** Listening that can end. */
    interface Subscription extends AutoCloseable {
        /** No event that happens after this is told. */
        @Override
        void close();
    }
}
