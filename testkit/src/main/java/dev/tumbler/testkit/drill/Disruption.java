package dev.tumbler.testkit.drill;

import dev.tumbler.emulator.fault.Fault;
import dev.tumbler.emulator.fault.FaultRule;
import dev.tumbler.emulator.time.EmulatorClock;
import java.time.Duration;
import java.util.function.Function;

/**
 * Something that goes wrong in the middle of a drill, for a while. Durations are on the emulator's clock, by which
 * applications can be made to go; in real time each lasts as long as {@link RotationDrill#holding} says. Immutable.
 */
public final class Disruption {
    private static final int RECOVERY_WINDOW_DAYS = 7;

    private final String name;
    private final boolean kmsIsAway;
    private final Duration onClock;
    private final Function<DrillTarget, Runnable> begin;

    /** @param begin begins it, and returns what ends it */
    private Disruption(String name, boolean kmsIsAway, Duration onClock, Function<DrillTarget, Runnable> begin) {
        if (onClock.isNegative()) {
            throw new IllegalArgumentException("A " + name + " does not last " + onClock);
        }
        this.name = name;
        this.kmsIsAway = kmsIsAway;
        this.onClock = onClock;
        this.begin = begin;
    }

    /** The KMS cannot be reached: connections are reset. */
    public static Disruption kmsOutage(Duration onClock) {
        return faulty("KMS outage", onClock, Fault.connectionReset());
    }

    /** Each call is answered 429 {@code Rejected.Throttling}. */
    public static Disruption throttling(Duration onClock) {
        return faulty("throttling", onClock, Fault.throttled());
    }

    /** Each call is answered 500 {@code InternalFailure}. */
    public static Disruption internalFailures(Duration onClock) {
        return faulty("internal failures", onClock, Fault.internalFailure());
    }

    /**
     * Each call is answered 400 {@code InvalidTimeStamp.Expired}, as to a machine whose clock is wrong by more than 15
     * minutes and that does not correct for it.
     */
    public static Disruption wrongClock(Duration onClock) {
        return faulty(
                "wrong clock",
                onClock,
                Fault.error(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired."));
    }

    /**
     * Each answer comes late.
     *
     * @param by how late, in real time
     */
    public static Disruption slowAnswers(Duration by, Duration onClock) {
        Fault fault = Fault.delayed(by);
        return new Disruption("slow answers", false, onClock, target -> inForce(target, fault));
    }

    /** Time passes at once, on the emulator's clock; nothing is wrong. */
    public static Disruption clockJump(Duration by) {
        return new Disruption("clock jump", false, by, target -> () -> {});
    }

    /** The secret is deleted, to be gone in seven days, and restored after {@code onClock}. The database changes nothing. */
    public static Disruption deletedAndRestored(Duration onClock) {
        if (onClock.compareTo(Duration.ofDays(RECOVERY_WINDOW_DAYS)) >= 0) {
            throw new IllegalArgumentException("After " + RECOVERY_WINDOW_DAYS
                    + " days a deleted secret is gone, and cannot be restored: " + onClock);
        }
        return new Disruption("secret deleted", true, onClock, target -> {
            target.client()
                    .deleteSecret(r -> r.secretName(target.secretName()).recoveryWindowInDays(RECOVERY_WINDOW_DAYS));
            return () -> target.client().restoreSecret(target.secretName());
        });
    }

    private static Disruption faulty(String name, Duration onClock, Fault fault) {
        return new Disruption(name, true, onClock, target -> inForce(target, fault));
    }

    private static Runnable inForce(DrillTarget target, Fault fault) {
        FaultRule rule = target.kms().faults().on().respond(fault);
        return () -> target.kms().faults().remove(rule);
    }

    String name() {
        return name;
    }

    /** Whether it takes new values from applications, and leaves them those that they have. */
    boolean kmsIsAway() {
        return kmsIsAway;
    }

    /** Begins it, and lets its time pass. */
    Runnable begin(DrillTarget target) {
        Runnable end = begin.apply(target);
        EmulatorClock clock = target.kms().clock();
        try {
            clock.advance(onClock);
        } catch (RuntimeException e) {
            end.run();
            throw e;
        }
        return end;
    }

    /** Its name. */
    @Override
    public String toString() {
        return name;
    }
}
