package dev.tumbler.emulator.fault;

import dev.tumbler.emulator.journal.CallPattern;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A fault and the calls that it meets. Thread-safe. */
public final class FaultRule {
    private final CallPattern pattern;
    private final Fault fault;
    private final int skipped;
    private final int times;
    private final @Nullable Instant end;
    private final AtomicInteger matched = new AtomicInteger();

    FaultRule(CallPattern pattern, Fault fault, int skipped, int times, @Nullable Instant end) {
        this.pattern = pattern;
        this.fault = fault;
        this.skipped = skipped;
        this.times = times;
        this.end = end;
    }

    /** How many calls it has met. */
    public int fired() {
        return Math.max(0, Math.min(matched.get() - skipped, times));
    }

    /** Which calls it is for. */
    public CallPattern pattern() {
        return pattern;
    }

    Fault fault() {
        return fault;
    }

    /** Counts a call that its pattern fits, and says whether the fault meets it. */
    boolean meets(InstantSource clock) {
        if (end != null && !clock.instant().isBefore(end)) {
            return false;
        }
        // A call that no longer counts must not bring the count to overflow.
        int before = matched.getAndUpdate(count -> count - skipped < times ? count + 1 : count);
        return before >= skipped && before - skipped < times;
    }

    /** In words, with how often it has met a call. */
    @Override
    public String toString() {
        return "fault on " + pattern + ", met " + fired() + (times == Integer.MAX_VALUE ? "" : " of " + times)
                + (fired() == 1 && times == Integer.MAX_VALUE ? " call" : " calls");
    }
}
