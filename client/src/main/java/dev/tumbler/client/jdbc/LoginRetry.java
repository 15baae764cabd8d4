package dev.tumbler.client.jdbc;

import dev.tumbler.client.internal.time.Pause;
import dev.tumbler.client.internal.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * For how long a refused login waits for a newer version of the secret, and with what clock.
 *
 * @param timeout zero for not at all
 * @param limit the longest time of a whole login; zero for none
 */
record LoginRetry(Duration timeout, TimeSource time, Pause pause, Duration limit) {
    /** The default of {@link #timeout}. */
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int MAX_DOUBLINGS = 3;

    LoginRetry {
        if (timeout.isNegative() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "loginRetryTimeout must be from PT0S to " + MAX_TIMEOUT + ", not " + timeout);
        }
    }

    static LoginRetry of(Duration timeout) {
        return new LoginRetry(timeout, TimeSource.system(), Pause.real(), Duration.ZERO);
    }

    /** Returns one for logins that may take only so many seconds in all; zero is no limit. */
    LoginRetry within(int seconds) {
        if (seconds <= 0) {
            return this;
        }
        Duration given = Duration.ofSeconds(seconds);
        return new LoginRetry(given.compareTo(timeout) < 0 ? given : timeout, time, pause, given);
    }

    /** Returns how long to wait before the next round, random so that threads spread. */
    static Duration pauseBefore(int round) {
        Duration longest = FIRST_PAUSE.multipliedBy(1L << Math.min(round, MAX_DOUBLINGS));
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest.toNanos() / 2, longest.toNanos() + 1));
    }
}
