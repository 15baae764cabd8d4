package dev.tumbler.client.internal.time;

import java.time.InstantSource;

/** What time it is, and how much has passed. Thread-safe. */
public interface TimeSource extends InstantSource {
    /** Returns nanoseconds since some fixed moment, not disturbed by changes of the wall clock. */
    long nanoTime();

    /** Returns the time of this machine. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }
}
