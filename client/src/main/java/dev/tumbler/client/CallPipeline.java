package dev.tumbler.client;

import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.auth.SignatureMethod;
import dev.tumbler.client.internal.http.HttpGateway;
import dev.tumbler.client.internal.signing.Signer;
import dev.tumbler.client.internal.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;

/** What all calls of a client share. Thread-safe. */
final class CallPipeline implements AutoCloseable {
    /**
     * @param host the host header
     * @param place where messages say that the call went
     */
    record Settings(
            String host,
            String place,
            CredentialsProvider credentials,
            SignatureMethod signatureMethod,
            boolean parametersInQuery,
            RetryPolicy retry,
            Duration callTimeout) {}

    final HttpGateway gateway;
    final Settings settings;
    final Signer signer;
    final TimeSource time;
    final ScheduledExecutorService scheduler;
    final DoubleSupplier random;

    /** How far the service's clock is ahead of ours, as far as we know. */
    volatile Duration clockOffset = Duration.ZERO;

    private final Set<PendingCall<?>> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    CallPipeline(
            HttpGateway gateway,
            Settings settings,
            TimeSource time,
            ScheduledExecutorService scheduler,
            DoubleSupplier random) {
        this.gateway = gateway;
        this.settings = settings;
        this.signer = Signer.of(settings.signatureMethod());
        this.time = time;
        this.scheduler = scheduler;
        this.random = random;
    }

    <T> T call(Operation<T> operation) {
        requireOpen();
        Credentials credentials = settings.credentials().credentials();
        FailureMessages messages = new FailureMessages(operation.call(), settings.place(), credentials);
        PendingCall<T> running = new PendingCall<>(
                this, operation.call(), credentials, operation.decoder(), operation.repeatable(), messages);
        pending.add(running);
        try {
            // Closed in between: nobody else would end this call.
            requireOpen();
            return running.execute();
        } finally {
            pending.remove(running);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This SecretsClient is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        scheduler.shutdownNow();
        pending.forEach(PendingCall::abandon);
        gateway.close();
    }
}
