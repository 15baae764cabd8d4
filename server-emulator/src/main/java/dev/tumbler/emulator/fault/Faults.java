package dev.tumbler.emulator.fault;

import dev.tumbler.emulator.event.Listeners;
import dev.tumbler.emulator.event.SecretEvents.Subscription;
import dev.tumbler.emulator.journal.CallPattern;
import dev.tumbler.emulator.journal.KmsAction;
import dev.tumbler.emulator.rotation.RotationObstacle;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The faults that are to happen.
 *
 * <pre>{@code
 * kms.faults().on(GET_SECRET_VALUE).forSecret("orders/*").times(2).respond(throttled());
 * }</pre>
 *
 * <p>Of several rules that fit a call, the newest that is not used up meets it. Thread-safe.
 */
public final class Faults {
    private final InstantSource clock;
    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
    private final Listeners<FaultRule> listeners = new Listeners<>();

    /** @param clock the emulator's, by which rules end */
    public Faults(InstantSource clock) {
        this.clock = clock;
    }

    /** Begins a rule for calls of these actions; for all calls if none is given. */
    public Builder on(KmsAction... actions) {
        return new Builder(CallPattern.of(actions));
    }

    /** The rules, newest first. */
    public List<FaultRule> rules() {
        return List.copyOf(rules);
    }

    /** The rules that have met no call yet: most often a slip in an action or a name. */
    public List<FaultRule> unused() {
        return rules.stream().filter(rule -> rule.fired() == 0).toList();
    }

    /** Forgets all rules. */
    public void clear() {
        rules.clear();
    }

    /** Forgets one rule. */
    public void remove(FaultRule rule) {
        rules.remove(rule);
    }

    /** Has {@code listener} told of each new rule, on the thread that makes it. */
    public Subscription listen(Consumer<? super FaultRule> listener) {
        return listeners.add(listener);
    }

    /** What meets this call, which counts for the rule that it comes from. */
    public Optional<Fault> next(String region, KmsAction action, @Nullable String secretName) {
        return first(region, action, secretName, false);
    }

    /** What meets this rotation, which counts for the rule that it comes from. */
    public Optional<RotationObstacle> nextRotation(String region, String secretName) {
        return first(region, KmsAction.ROTATE_SECRET, secretName, true)
                .map(fault -> ((Fault.FailedRotation) fault).obstacle());
    }

    private Optional<Fault> first(String region, KmsAction action, @Nullable String secretName, boolean ofRotations) {
        return rules.stream()
                .filter(rule -> rule.fault() instanceof Fault.FailedRotation == ofRotations
                        && rule.pattern().matches(action, secretName, region)
                        && rule.meets(clock))
                .findFirst()
                .map(FaultRule::fault);
    }

    /** A rule in the making. It counts once {@link #respond} is called. Not thread-safe. */
    public final class Builder {
        private CallPattern pattern;
        private int skipped;
        private int times = Integer.MAX_VALUE;
        private @Nullable Duration span;

        private Builder(CallPattern pattern) {
            this.pattern = pattern;
        }

        /**
         * Only calls on secrets of such a name; all if this is not called.
         *
         * @param secretName in which {@code *} stands for any characters, {@code /} included, and {@code ?} for one
         */
        public Builder forSecret(String secretName) {
            pattern = pattern.forSecret(secretName);
            return this;
        }

        /** Only calls to this region of the emulator; to all of them if this is not called. */
        public Builder inRegion(String region) {
            pattern = pattern.inRegion(region);
            return this;
        }

        /**
         * Lets the first {@code calls} pass; none by default.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder after(int calls) {
            if (calls < 0) {
                throw new IllegalArgumentException("A number of calls is not negative: " + calls);
            }
            skipped = calls;
            return this;
        }

        /**
         * Meets at most so many calls; without limit by default.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder times(int calls) {
            if (calls < 1) {
                throw new IllegalArgumentException("A fault that meets no call is none: times(" + calls + ")");
            }
            times = calls;
            return this;
        }

        /**
         * Ends when so much time has passed on the emulator's clock, counted from {@link #respond}; never by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder forTheNext(Duration time) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("A fault that lasts no time is none: forTheNext(" + time + ")");
            }
            span = time;
            return this;
        }

        /**
         * Puts the rule into force.
         *
         * @throws IllegalArgumentException if the fault is one of rotations, and the rule is for other actions only
         */
        public FaultRule respond(Fault fault) {
            if (fault instanceof Fault.FailedRotation
                    && !pattern.actions().isEmpty()
                    && !pattern.actions().contains(KmsAction.ROTATE_SECRET)) {
                throw new IllegalArgumentException("This fault meets rotations: use on(ROTATE_SECRET)");
            }
            FaultRule rule = new FaultRule(
                    pattern,
                    fault,
                    skipped,
                    times,
                    span == null ? null : clock.instant().plus(span));
            rules.add(0, rule);
            listeners.tell(rule);
            return rule;
        }
    }
}
