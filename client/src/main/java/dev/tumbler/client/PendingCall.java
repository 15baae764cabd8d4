package dev.tumbler.client;

import dev.tumbler.client.auth.AccessKey;
import dev.tumbler.client.auth.ClientKey;
import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.internal.codec.AnswerDecoder;
import dev.tumbler.client.internal.codec.JsonAnswer;
import dev.tumbler.client.internal.codec.ServiceError;
import dev.tumbler.client.internal.codec.UnreadableAnswerException;
import dev.tumbler.client.internal.http.Exchange;
import dev.tumbler.client.internal.http.ExchangeException;
import dev.tumbler.client.internal.http.HttpAnswer;
import dev.tumbler.client.internal.signing.ApiCall;
import dev.tumbler.client.internal.signing.SignedRequest;
import dev.tumbler.client.internal.signing.SigningKey;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One operation from call to result: its attempts, one after the other, within one deadline. */
final class PendingCall<T> implements Operation.Reads {
    private final CallPipeline pipeline;
    private final Operation<T> operation;
    private final FailureMessages messages;
    private final SafeObservation observation;
    private final long start;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicBoolean clockCorrected = new AtomicBoolean();
    private final AtomicBoolean answerLost = new AtomicBoolean();
    private final AtomicBoolean sessionRenewed = new AtomicBoolean();
    private volatile @Nullable SigningKey key;
    private volatile @Nullable Exchange exchange;
    private volatile @Nullable Future<?> question;
    private volatile boolean answered;

    PendingCall(CallPipeline pipeline, Operation<T> operation) {
        this.pipeline = pipeline;
        this.operation = operation;
        this.messages = new FailureMessages(operation.call(), pipeline.settings.place());
        this.start = pipeline.time.nanoTime();
        this.observation = new SafeObservation(pipeline.settings.observer(), operation.call());
    }

    /** Waits for the result. What the provider of credentials throws comes as it is. */
    T await() {
        try {
            T value = awaited();
            observation.succeeded(attempts.get(), elapsed());
            return value;
        } catch (RuntimeException | Error e) {
            observation.failed(e, attempts.get(), elapsed());
            throw e;
        }
    }

    private T awaited() {
        Optional<Credentials> atHand = pipeline.settings.credentials().atHand();
        if (atHand.isPresent()) {
            begin(atHand.get());
        } else {
            askForCredentials();
        }
        try {
            return result.get(remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw thrown(Objects.requireNonNull(e.getCause()));
        } catch (TimeoutException e) {
            giveUp();
            throw failed(late());
        } catch (InterruptedException e) {
            giveUp();
            Thread.currentThread().interrupt();
            throw failed(ended("interrupted while waiting", e));
        }
    }

    /** Returns a future of the result; when it is completed from outside, the call is given up. */
    CompletableFuture<T> future() {
        CompletableFuture<T> answer = new CompletableFuture<>();
        var unusedTimer = result.orTimeout(remaining().toNanos(), TimeUnit.NANOSECONDS);
        var unusedLanding = result.whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(value);
            } else if (failure instanceof TimeoutException) {
                failLater(answer);
            } else {
                answer.completeExceptionally(told(failure));
            }
        });
        var unusedEnd = answer.whenComplete((value, failure) -> {
            giveUp();
            if (failure == null) {
                observation.succeeded(attempts.get(), elapsed());
            } else {
                observation.failed(failure, attempts.get(), elapsed());
            }
        });
        askForCredentials();
        return answer;
    }

    /** Not on the thread of the JDK that ends all its timeouts: what hangs on the future may take its time. */
    private void failLater(CompletableFuture<T> answer) {
        Throwable failure = told(late());
        try {
            pipeline.callbackThreads.execute(() -> answer.completeExceptionally(failure));
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(failure);
        }
    }

    /** Asks on another thread, so that nothing that the provider does can hold the call beyond its end. */
    private void askForCredentials() {
        try {
            Future<?> asking = pipeline.credentialThreads.submit(() -> {
                try {
                    Credentials signWith = pipeline.settings.credentials().credentials();
                    answered = true;
                    begin(signWith);
                } catch (RuntimeException | Error e) {
                    answered = true;
                    result.completeExceptionally(new NoCredentials(e));
                }
            });
            question = asking;
            if (result.isDone()) {
                withdrawQuestion();
            }
        } catch (RejectedExecutionException e) {
            abandon();
        } catch (RuntimeException | Error e) {
            // No thread could be started.
            result.completeExceptionally(new NoCredentials(e));
        }
    }

    private void withdrawQuestion() {
        Future<?> asking = question;
        if (asking != null && !answered) {
            asking.cancel(true);
        }
    }

    /** Ends the call from outside, because the client closes. */
    void abandon() {
        result.completeExceptionally(ended("the client was closed while waiting", null));
    }

    private CallFailure late() {
        return ended(attempts.get() == 0 ? "no credentials in time" : "no answer in time", null);
    }

    private CallFailure ended(String how, @Nullable Throwable cause) {
        FailureKind kind = attempts.get() == 0 ? FailureKind.UNREACHABLE : FailureKind.NO_ANSWER;
        return CallFailure.transport(kind, how, cause);
    }

    private static SigningKey signingKey(Credentials credentials) {
        if (credentials instanceof ClientKey pair) {
            return new SigningKey.Rsa(pair.keyId(), pair.privateKey());
        }
        AccessKey shared = (AccessKey) credentials;
        return new SigningKey.Hmac(
                shared.accessKeyId(),
                shared.accessKeySecret(),
                shared.securityToken().orElse(null));
    }

    private void begin(Credentials signWith) {
        key = signingKey(signWith);
        messages.hide(signWith);
        send(operation.call(), operation.decoder(), operation.repeats())
                .handle((value, failure) ->
                        failure == null ? CompletableFuture.completedFuture(value) : inquired(unwrapped(failure)))
                .thenCompose(stage -> stage)
                .whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else if (isOfAnEndedSession(unwrapped(failure), signWith)
                            && sessionRenewed.compareAndSet(false, true)) {
                        renew(signWith);
                    } else {
                        result.completeExceptionally(unwrapped(failure));
                    }
                });
    }

    private void renew(Credentials refused) {
        try {
            pipeline.settings.credentials().invalidate(refused);
            askForCredentials();
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(new NoCredentials(e));
        }
    }

    /** Which our clock does not know, if it is slow, or which somebody has revoked. */
    private static boolean isOfAnEndedSession(Throwable failure, Credentials signedWith) {
        return failure instanceof CallFailure refusal
                && refusal.error != null
                && refusal.error.code().startsWith("InvalidSecurityToken.")
                && signedWith instanceof AccessKey key
                && key.securityToken().isPresent();
    }

    private CompletionStage<T> inquired(Throwable failure) {
        return answerLost.get() && failure instanceof CallFailure refusal
                ? operation.inquiry().after(refusal, this)
                : CompletableFuture.failedFuture(failure);
    }

    @Override
    public <R> CompletionStage<R> read(ApiCall call, AnswerDecoder<R> decoder) {
        return send(call, decoder, FailureKind::isTemporary);
    }

    private <R> CompletionStage<R> send(ApiCall call, AnswerDecoder<R> decoder, Predicate<FailureKind> repeats) {
        RetryPolicy policy = pipeline.settings.retry();
        RetryConfig config = RetryConfig.custom()
                .maxAttempts(policy.maxAttempts())
                .retryOnException(failure -> mayRepeat(failure, repeats))
                .intervalBiFunction((attempt, outcome) -> pauseMillis(policy, attempt, outcome.getLeft()))
                .build();
        return Retry.of(call.action(), config).executeCompletionStage(pipeline.scheduler, () -> attempt(call, decoder));
    }

    private boolean mayRepeat(Throwable failure, Predicate<FailureKind> repeats) {
        if (!(failure instanceof CallFailure reason) || result.isDone()) {
            return false;
        }
        if (reason.kind.isPossiblyPerformed()) {
            answerLost.set(true);
        }
        return repeats.test(reason.kind);
    }

    /** Returns -1, which ends the retries, if the deadline would come first. */
    private long pauseMillis(RetryPolicy policy, int attempt, Throwable failure) {
        // Nothing else is repeated.
        CallFailure reason = (CallFailure) failure;
        // No jitter on what the server asks for: it has its own reason to spread its clients, or not.
        long pause = Math.max(
                policy.delayMillis(reason.kind, attempt, pipeline.random.getAsDouble()), reason.retryAfter.toMillis());
        if (Duration.ofMillis(pause).compareTo(remaining()) >= 0) {
            return -1;
        }
        observation.retrying(reason.kind, attempts.get(), Duration.ofMillis(pause));
        return pause;
    }

    /** Never throws: resilience4j would lose what is thrown in a scheduled attempt, and the caller would wait in vain. */
    private <R> CompletionStage<R> attempt(ApiCall call, AnswerDecoder<R> decoder) {
        if (result.isDone()) {
            return CompletableFuture.failedFuture(new CancellationException("Given up before this attempt"));
        }
        try {
            attempts.incrementAndGet();
            Instant now = pipeline.time.instant().plus(pipeline.clockOffset);
            SigningKey signWith = Objects.requireNonNull(key, "key");
            SignedRequest request = pipeline.signer(signWith)
                    .sign(
                            call,
                            pipeline.settings.host(),
                            signWith,
                            now,
                            UUID.randomUUID().toString().replace("-", ""),
                            pipeline.settings.parametersInQuery());
            Exchange sent = pipeline.transport.send(observation.extended(request), remaining());
            exchange = sent;
            if (result.isDone()) {
                sent.cancellation().run();
            }
            return sent.answer()
                    .handle((answer, failure) -> outcome(answer, failure, decoder, () -> attempt(call, decoder)))
                    .thenCompose(stage -> stage);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <R> CompletionStage<R> outcome(
            @Nullable HttpAnswer answer,
            @Nullable Throwable failure,
            AnswerDecoder<R> decoder,
            Supplier<CompletionStage<R>> again) {
        if (answer == null) {
            return CompletableFuture.failedFuture(exchangeFailure(failure));
        }
        try {
            JsonAnswer json = JsonAnswer.parse(answer.body());
            Optional<ServiceError> error = json.error();
            if (error.isPresent()) {
                CallFailure refusal = CallFailure.service(error.get(), answer.status(), retryAfter(answer));
                return refusal.kind == FailureKind.CLOCK_SKEW && correctClock(answer)
                        ? again.get()
                        : CompletableFuture.failedFuture(refusal);
            }
            if (answer.status() == 200) {
                return CompletableFuture.completedFuture(decoder.decode(json));
            }
            return CompletableFuture.failedFuture(unusable(answer, "JSON without an error code"));
        } catch (UnreadableAnswerException e) {
            return CompletableFuture.failedFuture(unusable(answer, e.getMessage()));
        }
    }

    private static Throwable exchangeFailure(@Nullable Throwable failure) {
        if (!(failure instanceof ExchangeException e)) {
            return failure == null ? new IllegalStateException("Neither answer nor failure") : failure;
        }
        String detail = e.getCause() == null
                ? ""
                : " (" + e.getCause().getClass().getSimpleName() + ": " + e.getMessage() + ")";
        return switch (e.reason()) {
            case NOT_SENT -> CallFailure.transport(FailureKind.UNREACHABLE, "no connection" + detail, e.getCause());
            case NO_ANSWER -> CallFailure.transport(FailureKind.NO_ANSWER, "no answer" + detail, e.getCause());
            case REFUSED_ANSWER ->
                CallFailure.transport(FailureKind.UNUSABLE_ANSWER, "no usable answer" + detail, e.getCause());
        };
    }

    private CallFailure unusable(HttpAnswer answer, @Nullable String what) {
        FailureKind byStatus = FailureKind.of("", answer.status());
        return CallFailure.unusable(
                byStatus.isTemporary() ? byStatus : FailureKind.UNUSABLE_ANSWER,
                "HTTP status " + answer.status() + " with " + what + ", not an answer of KMS",
                retryAfter(answer));
    }

    private Duration retryAfter(HttpAnswer answer) {
        return answer.retryAfter(pipeline.time.instant().plus(pipeline.clockOffset));
    }

    /** Returns whether the offset of our clock is now known better than before, so that one more request makes sense. */
    private boolean correctClock(HttpAnswer answer) {
        Optional<Instant> theirs = answer.serverTime();
        if (theirs.isEmpty() || !clockCorrected.compareAndSet(false, true)) {
            return false;
        }
        pipeline.clockOffset = Duration.between(pipeline.time.instant(), theirs.get());
        messages.clockCorrected();
        return true;
    }

    /** What the provider of credentials threw comes as it is, and so do errors of the virtual machine. */
    private Throwable told(Throwable failure) {
        if (failure instanceof NoCredentials none) {
            return none.thrown();
        }
        return failure instanceof VirtualMachineError ? failure : failed(failure);
    }

    private RuntimeException thrown(Throwable failure) {
        Throwable told = told(failure);
        if (told instanceof Error error) {
            throw error;
        }
        return (RuntimeException) told;
    }

    private RuntimeException failed(@Nullable Throwable failure) {
        if (failure instanceof CallFailure reason) {
            return messages.of(reason, attempts.get(), elapsed(), pipeline.time.instant());
        }
        // Of what is not ours only the kind and the place: nobody knows what its message quotes.
        IllegalStateException unexpected =
                new IllegalStateException(operation.call().action() + " failed unexpectedly"
                        + (failure == null ? "" : " with " + failure.getClass().getName()));
        if (failure != null) {
            IllegalStateException where =
                    new IllegalStateException(failure.getClass().getName());
            where.setStackTrace(failure.getStackTrace());
            unexpected.initCause(where);
        }
        return unexpected;
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Stops what is under way; does nothing to a call that has ended. */
    private void giveUp() {
        // First, so that an attempt that is just starting sees it.
        result.cancel(false);
        Exchange running = exchange;
        if (running != null) {
            running.cancellation().run();
        }
        withdrawQuestion();
    }

    private Duration elapsed() {
        return Duration.ofNanos(pipeline.time.nanoTime() - start);
    }

    private Duration remaining() {
        Duration left = pipeline.settings.callTimeout().minus(elapsed());
        // Zero would mean "no limit" to OkHttp.
        return left.toNanos() > 0 ? left : Duration.ofNanos(1);
    }

    /** Carries what a provider of credentials threw, a RuntimeException or an Error. */
    private static final class NoCredentials extends Exception {
        private static final long serialVersionUID = 1L;

        private final Throwable thrown;

        NoCredentials(Throwable thrown) {
            super(null, null, false, false);
            this.thrown = thrown;
        }

        Throwable thrown() {
            return thrown;
        }
    }
}
