package dev.tumbler.client.internal.time;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A thread that has nothing to do for a while. */
@FunctionalInterface
public interface Pause {
    /**
     * Returns when the time has passed.
     *
     * @throws InterruptedException if the thread is interrupted before
     */
    void await(Duration duration) throws InterruptedException;

    /** Returns a pause of real time. */
    static Pause real() {
        return duration -> {
            boolean unused = new CountDownLatch(1).await(TimeUnit.NANOSECONDS.convert(duration), TimeUnit.NANOSECONDS);
        };
    }
}
