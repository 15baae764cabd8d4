package dev.tumbler.testkit;

import dev.tumbler.emulator.event.SecretEvents.Subscription;
import dev.tumbler.emulator.fault.FaultRule;
import dev.tumbler.emulator.fault.Faults;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The fault rules of one test on an emulator that others share: those that its thread makes. They end with it.
 */
final class RuleScope implements AutoCloseable {
    private final Faults faults;
    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
    private final Subscription listening;

    RuleScope(Faults faults) {
        Thread test = Thread.currentThread();
        this.faults = faults;
        this.listening = faults.listen(rule -> {
            if (Thread.currentThread() == test) {
                rules.add(rule);
            }
        });
    }

    /** Those that have met no call. */
    List<FaultRule> unused() {
        return rules.stream().filter(rule -> rule.fired() == 0).toList();
    }

    @Override
    public void close() {
        listening.close();
        rules.forEach(faults::remove);
    }
}
