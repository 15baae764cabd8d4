package dev.tumbler.client.auth;

import dev.tumbler.client.internal.time.Pause;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/** Asks a source again, after a short pause, when it is away for a moment. */
final class PersistentSource implements Session.Source {
    private static final int TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);

    private final Session.Source source;
    private final Predicate<CredentialsException> repeats;
    private final Pause pause;
    private final DoubleSupplier random;

    /** @param repeats which of the temporary failures are worth another try */
    PersistentSource(
            Session.Source source, Predicate<CredentialsException> repeats, Pause pause, DoubleSupplier random) {
        this.source = source;
        this.repeats = repeats;
        this.pause = pause;
        this.random = random;
    }

    @Override
    public Session fetch() {
        Duration greatest = FIRST_PAUSE;
        for (int tries = 1; tries < TRIES; tries++) {
            try {
                return source.fetch();
            } catch (CredentialsException e) {
                if (!e.isTemporary() || !repeats.test(e)) {
                    throw e;
                }
                rest(greatest, e);
            }
            greatest = greatest.multipliedBy(2);
        }
        return source.fetch();
    }

    /** Half of the pause is by chance, so that a fleet does not come back at once. */
    private void rest(Duration greatest, CredentialsException failure) {
        try {
            pause.await(Duration.ofNanos(Math.round(greatest.toNanos() * (0.5 + 0.5 * random.getAsDouble()))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
