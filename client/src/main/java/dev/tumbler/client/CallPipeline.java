package dev.tumbler.client;

import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.auth.SignatureMethod;
import dev.tumbler.client.internal.http.Transport;
import dev.tumbler.client.internal.signing.Signer;
import dev.tumbler.client.internal.signing.SigningKey;
import dev.tumbler.client.internal.time.DaemonThreads;
import dev.tumbler.client.internal.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;

/** What all calls of a client share. Thread-safe. */
final class CallPipeline implements AutoCloseable {
    private static final int CREDENTIAL_THREADS = 16;

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
            Duration callTimeout,
            CallObserver observer) {}

    final Transport transport;
    final Settings settings;
    private final Signer signer;
    final TimeSource time;
    final ScheduledExecutorService scheduler;
    final DoubleSupplier random;

    /** Where providers of credentials, which may block, are asked. */
    final ExecutorService credentialThreads = DaemonThreads.bounded("tumbler-kms-credentials", CREDENTIAL_THREADS);

    /** Where futures of calls complete whose time is up. */
    final ExecutorService callbackThreads = DaemonThreads.elastic("tumbler-kms-callback");

    /** How far the service's clock is ahead of ours, as far as we know. */
    volatile Duration clockOffset = Duration.ZERO;

    private final Set<PendingCall<?>> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    CallPipeline(
            Transport transport,
            Settings settings,
            TimeSource time,
            ScheduledExecutorService scheduler,
            DoubleSupplier random) {
        this.transport = transport;
        this.settings = settings;
        this.signer = switch (settings.signatureMethod()) {
            case ACS3_HMAC_SHA256 -> Signer.acs3();
            case HMAC_SHA1 -> Signer.rpcV1();
        };
        this.time = time;
        this.scheduler = scheduler;
        this.random = random;
    }

    /** Returns what signs with this key: of client keys the service knows one way only. */
    Signer signer(SigningKey key) {
        return key instanceof SigningKey.Rsa ? Signer.rpcV1() : signer;
    }

    <T> T call(Operation<T> operation) {
        PendingCall<T> running = enter(operation);
        try {
            return running.await();
        } finally {
            pending.remove(running);
        }
    }

    <T> CompletableFuture<T> start(Operation<T> operation) {
        PendingCall<T> running = enter(operation);
        CompletableFuture<T> answer = running.future();
        CompletableFuture<T> unused = answer.whenComplete((value, failure) -> pending.remove(running));
        return answer;
    }

    private <T> PendingCall<T> enter(Operation<T> operation) {
        requireOpen();
        PendingCall<T> entered = new PendingCall<>(this, operation);
        pending.add(entered);
        if (closed) {
            // In between, and nobody else would end this call.
            pending.remove(entered);
            requireOpen();
        }
        return entered;
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
        credentialThreads.shutdownNow();
        pending.forEach(PendingCall::abandon);
        callbackThreads.shutdown();
        transport.close();
    }
}
