package dev.tumbler.client;

import java.time.Duration;

/**
 * How often and how fast temporary failures are retried. The pause before retry <i>n</i> is random between zero and
 * {@code min(maxDelay, baseDelay * 2^(n-1))}; after throttling the base is five times as long, for the service counts
 * requests by the second. The client's call timeout bounds the whole of it.
 *
 * <p>What is retried: reads, and writes that leave the same state when they are performed twice, on any
 * {@linkplain FailureKind#isTemporary() temporary} failure. PutSecretValue and RotateSecret are such writes by their version
 * id, updates and tags because they set what is asked for; after a lost answer CreateSecret finds out itself whose secret
 * "exists". DeleteSecret, RestoreSecret and UpdateSecretVersionStage would fail the second time, and are retried only if the
 * service cannot have performed them.
 *
 * <p>If the service asks for a longer pause with {@code Retry-After}, the pause is that long. A pause that would pass the
 * call timeout ends the retries at once.
 *
 * @param maxAttempts the greatest number of requests for one operation, the first included; at least 1
 * @param baseDelay the greatest first pause, unless the service throttles
 * @param maxDelay the greatest pause
 */
public record RetryPolicy(int maxAttempts, Duration baseDelay, Duration maxDelay) {
    private static final int MAX_DOUBLINGS = 30;
    private static final int THROTTLED_FACTOR = 5;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there is less than one attempt, or a pause is negative, or the first pause is
     *     greater than the greatest
     */
    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, not " + maxAttempts);
        }
        if (baseDelay.isNegative() || baseDelay.compareTo(maxDelay) > 0) {
            throw new IllegalArgumentException(
                    "baseDelay must be between zero and maxDelay (" + maxDelay + "), not " + baseDelay);
        }
    }

    /** Returns the default: 5 attempts, pauses of at most 200 ms (after throttling 1 s) growing to at most 5 s. */
    public static RetryPolicy ofDefaults() {
        return new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(5));
    }

    /** Returns a policy that never retries. */
    public static RetryPolicy none() {
        return new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
    }

    /** Returns the pause before a retry, in milliseconds, for a random number from 0 to 1. */
    long delayMillis(FailureKind failure, int retry, double random) {
        long doublings = 1L << Math.min(retry - 1, MAX_DOUBLINGS);
        Duration base = failure == FailureKind.THROTTLED ? baseDelay.multipliedBy(THROTTLED_FACTOR) : baseDelay;
        Duration ceiling = base.multipliedBy(doublings);
        Duration capped = ceiling.compareTo(maxDelay) < 0 ? ceiling : maxDelay;
        return Math.round(capped.toMillis() * random);
    }
}
