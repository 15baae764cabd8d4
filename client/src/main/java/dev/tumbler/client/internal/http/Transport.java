package dev.tumbler.client.internal.http;

import dev.tumbler.client.internal.signing.SignedRequest;
import java.time.Duration;

/** Carries signed requests to the service. Thread-safe. */
public interface Transport extends AutoCloseable {
    /** Sends a request, to be answered within this time; does not wait for the answer. */
    Exchange send(SignedRequest signed, Duration timeout);

    /** Gives up all requests; idempotent. */
    @Override
    void close();
}
