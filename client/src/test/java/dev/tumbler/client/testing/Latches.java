package dev.tumbler.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting on threads that are not the test's own, such as those of a server that is to answer late. */
public final class Latches {
    private Latches() {}

    /** Waits until the test goes on, or the thread is interrupted, as when its server closes. */
    public static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
