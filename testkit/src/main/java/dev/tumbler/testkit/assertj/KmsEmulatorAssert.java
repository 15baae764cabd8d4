package dev.tumbler.testkit.assertj;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.fault.FaultRule;
import dev.tumbler.emulator.journal.CallPattern;
import dev.tumbler.emulator.journal.JournalEntry;
import dev.tumbler.emulator.journal.KmsAction;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about what an emulator was asked. */
public final class KmsEmulatorAssert extends AbstractAssert<KmsEmulatorAssert, KmsEmulator> {
    KmsEmulatorAssert(@Nullable KmsEmulator actual) {
        super(actual, KmsEmulatorAssert.class);
    }

    /** Goes on about the calls of these actions; about all calls if none is given. */
    public ReceivedCallsAssert received(KmsAction... actions) {
        isNotNull();
        return new ReceivedCallsAssert(actual.journal(), CallPattern.of(actions)).as(info.description());
    }

    /** No actions but these were called, refused calls included; none at all if none is given. */
    public KmsEmulatorAssert receivedOnly(KmsAction... actions) {
        isNotNull();
        Set<KmsAction> expected = Set.of(actions);
        List<JournalEntry> others = actual.journal().entries().stream()
                .filter(call -> !expected.contains(call.action()))
                .toList();
        if (!others.isEmpty()) {
            failWithMessage(
                    "Expected only %s.%n%s",
                    expected.isEmpty() ? "no calls" : "calls of " + CallPattern.of(actions),
                    CallTable.of("These were called too:", others));
        }
        return this;
    }

    /** Each fault rule has met at least one call. One that met none is most often a slip in an action or a name. */
    public KmsEmulatorAssert hasNoUnusedFaults() {
        isNotNull();
        List<FaultRule> unused = actual.faults().unused();
        if (!unused.isEmpty()) {
            failWithMessage(
                    "Expected each fault to meet a call, but these met none:%n%s%n%s",
                    unused.stream().map(rule -> "  " + rule).collect(Collectors.joining(System.lineSeparator())),
                    CallTable.of("What was called:", actual.journal().entries()));
        }
        return this;
    }
}
