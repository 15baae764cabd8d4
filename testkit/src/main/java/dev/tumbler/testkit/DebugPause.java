package dev.tumbler.testkit;

import java.io.PrintStream;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a person look at the emulator of a test before it is closed: the environment variable {@code KMS_EMULATOR_DEBUG}, a
 * duration such as {@code PT5M}, or {@code true} for ten minutes.
 */
final class DebugPause {
    static final String VARIABLE = "KMS_EMULATOR_DEBUG";

    private static final Duration USUAL = Duration.ofMinutes(10);

    private DebugPause() {}

    /**
     * How long to wait; zero if nobody has asked.
     *
     * @throws IllegalArgumentException if the value is no duration
     */
    static Duration asked(@Nullable String value) {
        if (value == null || value.isBlank() || value.equalsIgnoreCase("false")) {
            return Duration.ZERO;
        }
        try {
            return value.equalsIgnoreCase("true") ? USUAL : Duration.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    VARIABLE + " takes true or a duration like PT5M, not \"" + value + "\"", e);
        }
    }

    /** Says where the emulator is, and waits; until the thread is interrupted, at the longest. */
    static void pause(String test, KmsTestbed testbed, Duration time, PrintStream out) {
        if (time.isZero()) {
            return;
        }
        out.println(VARIABLE + ": after " + test + " the emulator at " + testbed.endpoint() + " waits for " + time
                + ". Any access key signs; region " + testbed.emulator().region() + "; secrets: "
                + testbed.emulator().secrets().stream()
                        .map(secret -> secret.name())
                        .toList());
        try {
            // Nobody counts it down: it is a wait that an interrupt ends.
            boolean unused = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
