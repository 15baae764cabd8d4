package dev.tumbler.client.auth;

import dev.tumbler.client.internal.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps temporary credentials fresh. They are fetched at the first call, and again in the background 15 to 20 minutes before
 * they end (for short ones, in the last third of their life). While that fails they are served until they end, with growing
 * pauses between attempts; in the last minute callers wait for the attempt. Without any, callers get the last failure in the
 * pauses, which are shorter then. No thread runs between fetches.
 */
final class RefreshingCredentialsProvider implements CredentialsProvider {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshingCredentialsProvider.class);
    private static final Duration LONGEST_AHEAD = Duration.ofMinutes(20);
    private static final Duration LAST_CALL = Duration.ofMinutes(1);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    private static final Duration LONGEST_RETRY_WITHOUT = Duration.ofSeconds(5);
    private static final int MAX_DOUBLINGS = 10;
    private static final double EARLIEST = 0.75;

    private final String name;
    private final Session.Source source;
    private final TimeSource time;
    private final DoubleSupplier random;
    private final SingleFlight<Held> flight = new SingleFlight<>(this::fetch);
    private volatile @Nullable Held held;

    private volatile @Nullable Failure failure;

    /** Only the flight changes it. */
    private int failures;

    RefreshingCredentialsProvider(String name, Session.Source source, TimeSource time, DoubleSupplier random) {
        this.name = name;
        this.source = source;
        this.time = time;
        this.random = random;
    }

    @Override
    public Credentials credentials() {
        Optional<Credentials> atHand = atHand();
        if (atHand.isPresent()) {
            return atHand.get();
        }
        Held current = held;
        Instant now = time.instant();
        Failure last = failure;
        if (last != null && now.isBefore(last.until())) {
            if (current != null && now.isBefore(current.end())) {
                return current.credentials();
            }
            throw last.again();
        }
        try {
            return flight.join().credentials();
        } catch (CredentialsException e) {
            if (current != null && now.isBefore(current.end())) {
                return current.credentials();
            }
            throw e;
        }
    }

    @Override
    public Optional<Credentials> atHand() {
        Held current = held;
        Instant now = time.instant();
        if (current == null) {
            return Optional.empty();
        }
        if (now.isBefore(current.refreshAt())) {
            return Optional.of(current.credentials());
        }
        if (now.isBefore(current.end().minus(LAST_CALL))) {
            var unused = flight.start();
            return Optional.of(current.credentials());
        }
        return Optional.empty();
    }

    @Override
    public void invalidate(Credentials refused) {
        Held current = held;
        if (current != null && current.credentials().equals(refused)) {
            held = null;
        }
    }

    private Held fetch() {
        Held current = held;
        if (current != null && time.instant().isBefore(current.refreshAt())) {
            // Somebody else's flight has landed since this one was asked for.
            return current;
        }
        try {
            Held fresh = fresh(source.fetch());
            failures = 0;
            failure = null;
            held = fresh;
            return fresh;
        } catch (CredentialsException e) {
            failures++;
            Instant until = time.instant().plus(retryPause());
            failure = new Failure(e, until);
            if (current != null) {
                held = current.retriedAt(until);
                if (failures == 1) {
                    LOG.warn("{}: refresh failed, the credentials in memory are still used: {}", name, e.getMessage());
                }
            }
            throw e;
        }
    }

    private Held fresh(Session session) {
        Instant now = time.instant();
        Instant expiration = session.expiration();
        if (expiration == null) {
            return new Held(session.credentials(), Instant.MAX, Instant.MAX);
        }
        Duration life = Duration.between(now, expiration);
        if (life.compareTo(LAST_CALL) < 0) {
            // They have just been made, so that it is our clock that is wrong: the service will tell.
            LOG.warn(
                    "{}: the credentials ended at {} by the clock of this machine; used all the same",
                    name,
                    expiration);
            return new Held(session.credentials(), now.plus(LAST_CALL), now.plus(LAST_CALL.multipliedBy(2)));
        }
        Duration ahead = life.dividedBy(3);
        Duration capped = ahead.compareTo(LONGEST_AHEAD) < 0 ? ahead : LONGEST_AHEAD;
        return new Held(session.credentials(), expiration.minus(spread(capped)), expiration);
    }

    private Duration retryPause() {
        Held current = held;
        boolean served = current != null && time.instant().isBefore(current.end());
        Duration longest = served ? LONGEST_RETRY : LONGEST_RETRY_WITHOUT;
        Duration growing = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return spread(growing.compareTo(longest) < 0 ? growing : longest);
    }

    private Duration spread(Duration greatest) {
        return Duration.ofNanos(Math.round(greatest.toNanos() * (EARLIEST + (1 - EARLIEST) * random.getAsDouble())));
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * What callers without credentials are told instead of another fetch.
     *
     * @param until when the next fetch may be made
     */
    private record Failure(CredentialsException cause, Instant until) {
        CredentialsException again() {
            return new CredentialsException(
                    cause.getMessage() == null ? "no credentials" : cause.getMessage(), cause.isTemporary(), cause);
        }
    }

    private record Held(Credentials credentials, Instant refreshAt, Instant end) {
        Held retriedAt(Instant then) {
            // Not beyond the end, after which they must not be served.
            return new Held(credentials, then.isBefore(end) ? then : end, end);
        }
    }
}
