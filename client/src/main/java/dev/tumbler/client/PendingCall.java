package dev.tumbler.client;

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
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One operation from call to result: its attempts, one after the other, within one deadline. */
final class PendingCall<T> {
    private final CallPipeline pipeline;
    private final ApiCall call;
    private final Credentials credentials;
    private final AnswerDecoder<T> decoder;
    private final boolean repeatable;
    private final FailureMessages messages;
    private final long start;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicBoolean clockCorrected = new AtomicBoolean();
    private volatile @Nullable Exchange exchange;

    PendingCall(
            CallPipeline pipeline,
            ApiCall call,
            Credentials credentials,
            AnswerDecoder<T> decoder,
            boolean repeatable,
            FailureMessages messages) {
        this.pipeline = pipeline;
        this.call = call;
        this.credentials = credentials;
        this.decoder = decoder;
        this.repeatable = repeatable;
        this.messages = messages;
        this.start = pipeline.time.nanoTime();
    }

    T execute() {
        retry().executeCompletionStage(pipeline.scheduler, this::attempt).whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(unwrapped(failure));
            }
        });
        try {
            return result.get(remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (TimeoutException e) {
            cancelExchange();
            throw failed(CallFailure.transport(FailureKind.NO_ANSWER, "no answer in time", null));
        } catch (InterruptedException e) {
            cancelExchange();
            Thread.currentThread().interrupt();
            throw failed(CallFailure.transport(FailureKind.NO_ANSWER, "interrupted while waiting", e));
        }
    }

    /** Ends the call from outside, because the client closes. */
    void abandon() {
        result.completeExceptionally(
                CallFailure.transport(FailureKind.NO_ANSWER, "the client was closed while waiting", null));
    }

    private Retry retry() {
        RetryPolicy policy = pipeline.settings.retry();
        return Retry.of(
                call.action(),
                RetryConfig.custom()
                        .maxAttempts(policy.maxAttempts())
                        .retryOnException(this::mayRepeat)
                        .intervalBiFunction((attempt, outcome) -> pauseMillis(policy, attempt))
                        .build());
    }

    private boolean mayRepeat(Throwable failure) {
        return failure instanceof CallFailure reason
                && reason.kind.isTemporary()
                && (repeatable || !reason.kind.isPossiblyPerformed());
    }

    /** Returns -1, which ends the retries, if the deadline would come first. */
    private long pauseMillis(RetryPolicy policy, int attempt) {
        long pause = policy.delayMillis(attempt, pipeline.random.getAsDouble());
        return Duration.ofMillis(pause).compareTo(remaining()) < 0 ? pause : -1;
    }

    /** Never throws: resilience4j would lose what is thrown in a scheduled attempt, and the caller would wait in vain. */
    private CompletionStage<T> attempt() {
        try {
            attempts.incrementAndGet();
            Instant now = pipeline.time.instant().plus(pipeline.clockOffset);
            SignedRequest request = pipeline.signer.sign(
                    call,
                    pipeline.settings.host(),
                    credentials,
                    now,
                    UUID.randomUUID().toString().replace("-", ""),
                    pipeline.settings.parametersInQuery());
            Exchange sent = pipeline.gateway.send(request, remaining());
            exchange = sent;
            if (result.isDone()) {
                sent.cancellation().run();
            }
            return sent.answer().handle(this::outcome).thenCompose(stage -> stage);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<T> outcome(@Nullable HttpAnswer answer, @Nullable Throwable failure) {
        if (answer == null) {
            return CompletableFuture.failedFuture(exchangeFailure(failure));
        }
        try {
            JsonAnswer json = JsonAnswer.parse(answer.body());
            Optional<ServiceError> error = json.error();
            if (error.isPresent()) {
                CallFailure refusal = CallFailure.service(error.get(), answer.status());
                return refusal.kind == FailureKind.CLOCK_SKEW && correctClock(answer)
                        ? attempt()
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

    private static CallFailure unusable(HttpAnswer answer, @Nullable String what) {
        FailureKind byStatus = FailureKind.of("", answer.status());
        return CallFailure.transport(
                byStatus.isTemporary() ? byStatus : FailureKind.UNUSABLE_ANSWER,
                "HTTP status " + answer.status() + " with " + what + ", not an answer of KMS",
                null);
    }

    /** Returns whether the offset of our clock is now known better than before, so that one more request makes sense. */
    private boolean correctClock(HttpAnswer answer) {
        if (answer.date() == null || !clockCorrected.compareAndSet(false, true)) {
            return false;
        }
        try {
            Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(answer.date()));
            pipeline.clockOffset = Duration.between(pipeline.time.instant(), theirs);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private RuntimeException failed(@Nullable Throwable failure) {
        if (failure instanceof CallFailure reason) {
            return messages.of(reason, attempts.get(), elapsed());
        }
        return new IllegalStateException(call.action() + " failed unexpectedly", failure);
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void cancelExchange() {
        // First, so that an attempt that is just starting sees it.
        result.cancel(false);
        Exchange running = exchange;
        if (running != null) {
            running.cancellation().run();
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(pipeline.time.nanoTime() - start);
    }

    private Duration remaining() {
        Duration left = pipeline.settings.callTimeout().minus(elapsed());
        // Zero would mean "no limit" to OkHttp.
        return left.toNanos() > 0 ? left : Duration.ofNanos(1);
    }
}
