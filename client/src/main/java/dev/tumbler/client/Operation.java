package dev.tumbler.client;

import dev.tumbler.client.internal.codec.AnswerDecoder;
import dev.tumbler.client.internal.signing.ApiCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * What the client does for a request.
 *
 * @param call what is sent
 * @param decoder makes the result of the answer
 * @param repeats the failures after which it may be sent again
 * @param inquiry finds out what became of an attempt whose answer was lost, when its repeat is refused
 */
record Operation<T>(ApiCall call, AnswerDecoder<T> decoder, Predicate<FailureKind> repeats, Inquiry<T> inquiry) {
    /** An operation whose refusal is final, whatever became of earlier attempts. */
    Operation(ApiCall call, AnswerDecoder<T> decoder, Predicate<FailureKind> repeats) {
        this(call, decoder, repeats, (refusal, reads) -> CompletableFuture.failedFuture(refusal));
    }

    /** Finds out what became of an attempt whose answer was lost. */
    @FunctionalInterface
    interface Inquiry<T> {
        /**
         * Returns the result if that attempt was performed, and otherwise the failure to report.
         *
         * @param refusal what the service said to the repeat
         */
        CompletionStage<T> after(CallFailure refusal, Reads reads);
    }

    /** Further requests within the same call and deadline. */
    interface Reads {
        /** Sends a read, with retries; fails with a {@link CallFailure}, possibly wrapped. */
        <R> CompletionStage<R> read(ApiCall call, AnswerDecoder<R> decoder);
    }
}
