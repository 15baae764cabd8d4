package dev.tumbler.client.cache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * When to refresh: spread at random, so that neither processes nor secrets ask all at once.
 *
 * @param ticker nanoseconds since some moment, for what must not follow the wall clock
 */
record RefreshSchedule(
        Duration refreshInterval,
        Duration expireAfter,
        Duration rememberRefusal,
        InstantSource clock,
        LongSupplier ticker,
        DoubleSupplier random) {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration AFTER_ROTATION = Duration.ofSeconds(1);
    private static final Duration AFTER_ROTATION_SPREAD = Duration.ofSeconds(10);
    private static final Duration LONGEST_ROTATION = Duration.ofMinutes(5);
    private static final Duration SHORTEST_OVERDUE = Duration.ofSeconds(5);
    private static final double EARLIEST_REFRESH = 0.75;
    private static final double EARLIEST_RETRY = 0.5;

    /** As a part of the interval. */
    private static final int LONGEST_RETRY = 10;

    private static final int MAX_DOUBLINGS = 20;

    /**
     * Returns the pause after a refresh that went well.
     *
     * @param nextRotation what the answer announced; a moment in the past if the rotation takes its time
     */
    Duration afterSuccess(Optional<Instant> nextRotation) {
        Duration regular = spread(refreshInterval, EARLIEST_REFRESH);
        if (nextRotation.isEmpty()) {
            return regular;
        }
        Duration untilRotation = Duration.between(clock.instant(), nextRotation.get());
        if (untilRotation.isNegative()) {
            // It takes its time, or our clock is fast. What has not come after some minutes has failed.
            Duration overdue = untilRotation.negated();
            return overdue.compareTo(LONGEST_ROTATION) > 0
                    ? regular
                    : least(regular, jittered(greatest(overdue, SHORTEST_OVERDUE)));
        }
        // Also where that is a little later than the regular refresh, which would come too early to be of use.
        return untilRotation.compareTo(regular) > 0
                ? regular
                : untilRotation.plus(AFTER_ROTATION).plus(spread(AFTER_ROTATION_SPREAD, 0));
    }

    /**
     * Returns the pause after so many failures in a row. It stops growing well before the interval: while a fleet is
     * throttled, those who have failed most often would otherwise wait longest for their next chance.
     */
    Duration afterFailure(int failures) {
        return jittered(least(FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS)), longestPause()));
    }

    /** Returns the double of a pause, at least a second and at most what {@link #afterFailure} grows to. */
    Duration longerPause(Duration pause) {
        return least(greatest(FIRST_RETRY, pause.multipliedBy(2)), longestPause());
    }

    /** Returns half of a pause, or none if that is less than a second. */
    Duration shorterPause(Duration pause) {
        Duration half = pause.dividedBy(2);
        return half.compareTo(FIRST_RETRY) < 0 ? Duration.ZERO : half;
    }

    Duration jittered(Duration pause) {
        return spread(pause, EARLIEST_RETRY);
    }

    /** As {@link #jittered(Duration)}, and no shorter than what the service asks for, if that is within an interval. */
    Duration jittered(Duration pause, Duration askedFor) {
        return greatest(jittered(pause), least(askedFor, refreshInterval));
    }

    private Duration longestPause() {
        return least(refreshInterval, greatest(FIRST_RETRY, refreshInterval.dividedBy(LONGEST_RETRY)));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration greatest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private Duration spread(Duration greatest, double earliest) {
        double share = earliest + (1 - earliest) * random.getAsDouble();
        return Duration.ofNanos(Math.round(nanos(greatest) * share));
    }

    /** Returns the duration in nanoseconds; what is longer than 292 years counts as that. */
    static long nanos(Duration duration) {
        return TimeUnit.NANOSECONDS.convert(duration);
    }
}
