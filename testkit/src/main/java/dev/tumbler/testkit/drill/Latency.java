package dev.tumbler.testkit.drill;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * How long operations took, failed ones included; to two significant digits. Zero if there were none.
 *
 * @param median half of them were as fast, or faster
 * @param p90 nine of ten
 * @param p99 99 of a hundred
 * @param max all of them
 */
public record Latency(Duration median, Duration p90, Duration p99, Duration max) {
    static Latency of(Histogram nanos) {
        return new Latency(at(nanos, 50), at(nanos, 90), at(nanos, 99), Duration.ofNanos(nanos.getMaxValue()));
    }

    private static Duration at(Histogram nanos, double percentile) {
        return Duration.ofNanos(Math.min(nanos.getValueAtPercentile(percentile), nanos.getMaxValue()));
    }
}
