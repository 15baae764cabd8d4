package dev.tumbler.testkit.assertj;

import dev.tumbler.emulator.journal.CallPattern;
import dev.tumbler.emulator.journal.Journal;
import dev.tumbler.emulator.journal.JournalEntry;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions about some of the calls that an emulator received. A failure shows a table of what was called. */
public final class ReceivedCallsAssert extends AbstractAssert<ReceivedCallsAssert, Journal> {
    private final CallPattern pattern;

    ReceivedCallsAssert(Journal journal, CallPattern pattern) {
        super(journal, ReceivedCallsAssert.class);
        this.pattern = pattern;
    }

    /**
     * Only calls on secrets of such a name.
     *
     * @param secretName in which {@code *} stands for any characters, {@code /} included, and {@code ?} for one
     */
    public ReceivedCallsAssert forSecret(String secretName) {
        return new ReceivedCallsAssert(actual, pattern.forSecret(secretName)).as(info.description());
    }

    /** Only calls to this region. */
    public ReceivedCallsAssert inRegion(String region) {
        return new ReceivedCallsAssert(actual, pattern.inRegion(region)).as(info.description());
    }

    /** There were exactly so many. */
    public ReceivedCallsAssert times(int calls) {
        return counted(calls, calls, calls == 1 ? "1 call" : calls + " calls");
    }

    /** There was none. */
    public ReceivedCallsAssert never() {
        return counted(0, 0, "no call");
    }

    /** There were so many, or more. */
    public ReceivedCallsAssert atLeast(int calls) {
        return counted(calls, Integer.MAX_VALUE, "at least " + calls + (calls == 1 ? " call" : " calls"));
    }

    /** There were so many, or fewer. */
    public ReceivedCallsAssert atMost(int calls) {
        return counted(0, calls, "at most " + calls + (calls == 1 ? " call" : " calls"));
    }

    /** Each of them succeeded. */
    public ReceivedCallsAssert withoutErrors() {
        return withoutErrorsAfter(0);
    }

    /** All but the first {@code calls} of them succeeded; how those ended does not matter. */
    public ReceivedCallsAssert withoutErrorsAfter(int calls) {
        List<JournalEntry> meant = actual.entries(pattern);
        if (!meant.stream().skip(calls).allMatch(JournalEntry::succeeded)) {
            failWithMessage(
                    "Expected %s to succeed%s.%n%s",
                    pattern, calls == 0 ? "" : " after the first " + calls, CallTable.of("These were called:", meant));
        }
        return this;
    }

    private ReceivedCallsAssert counted(int least, int most, String expected) {
        int count = actual.entries(pattern).size();
        if (count < least || count > most) {
            failWithMessage(
                    "Expected %s of %s, but there were %d.%n%s",
                    expected, pattern, count, CallTable.of("What was called:", actual.entries()));
        }
        return this;
    }
}
