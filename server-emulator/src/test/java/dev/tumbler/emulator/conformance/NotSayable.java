package dev.tumbler.emulator.conformance;

import org.opentest4j.TestAbortedException;

/** What an SDK cannot be made to send; it counts neither for nor against the rows of the test. */
final class NotSayable extends TestAbortedException {
    NotSayable(String message, Throwable cause) {
        super(message, cause);
    }
}
