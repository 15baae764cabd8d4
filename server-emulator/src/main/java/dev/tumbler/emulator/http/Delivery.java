package dev.tumbler.emulator.http;

import java.time.Duration;

/**
 * How an answer goes out; anything but {@link #NORMAL} is what a network or a broken server does.
 *
 * @param delay how long it is held back, in real time; not negative
 * @param form what of it arrives
 */
public record Delivery(Duration delay, Form form) {
    /** At once and whole. */
    public static final Delivery NORMAL = new Delivery(Duration.ZERO, Form.WHOLE);

    /** What arrives. */
    public enum Form {
        /** All of it. */
        WHOLE,
        /** The head and half of the body; then the connection ends. */
        TORN,
        /** Bytes that are no HTTP; then the connection ends. */
        GARBAGE,
        /** Nothing: the connection ends. */
        NOTHING,
        /** Nothing: the connection is reset. */
        RESET
    }
}
