package dev.tumbler.client;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches the operations of a {@link SecretsClient}: the place for metrics and traces. It learns actions, names and failures,
 * never a value. It must be thread-safe, quick, and not block; what it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface CallObserver {
    /**
     * An operation begins, on the thread of its caller, so that a trace can go on from there.
     *
     * @param action the action, like {@code GetSecretValue}
     * @param secretName the name or ARN of the secret, null for operations on none or on several
     * @return what watches this operation
     */
    Observation begin(String action, @Nullable String secretName);

    /** Watches one operation, on threads of the caller and of the client. */
    interface Observation {
        /**
         * Returns headers for the requests of the operation, such as {@code traceparent}; asked for before each of them. They
         * are not signed. Headers that the client sets itself, those of the service, {@code x-acs-...}, and what HTTP does not
         * take are left out.
         */
        default Map<String, String> headers() {
            return Map.of();
        }

        /**
         * A request failed and is sent again.
         *
         * @param reason why it failed
         * @param attempts how many requests were made so far
         * @param pause the time until the next one
         */
        default void retrying(FailureKind reason, int attempts, Duration pause) {}

        /**
         * The operation is done. Either this or {@link #failed} comes, once, as the last of all.
         *
         * @param attempts how many requests were made
         * @param elapsed the time from call to result
         */
        default void succeeded(int attempts, Duration elapsed) {}

        /**
         * The operation failed.
         *
         * @param failure what the caller gets: a {@link KmsException}, what the provider of credentials threw, or a
         *     {@link java.util.concurrent.CancellationException} if the caller gave up a future
         * @param attempts how many requests were made
         * @param elapsed the time from call to failure
         */
        default void failed(Throwable failure, int attempts, Duration elapsed) {}
    }
}
