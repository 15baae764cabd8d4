package dev.tumbler.testkit.drill;

/** A worker did not get through an operation in time; the cause has the stack of its thread. */
public final class DrillStalledException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DrillStalledException(String message, Throwable cause) {
        super(message, cause);
    }
}
