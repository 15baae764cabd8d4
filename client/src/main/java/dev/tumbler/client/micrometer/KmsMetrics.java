package dev.tumbler.client.micrometer;

import dev.tumbler.client.CallObserver;
import dev.tumbler.client.FailureKind;
import dev.tumbler.client.KmsException;
import dev.tumbler.client.KmsServiceException;
import dev.tumbler.client.SecretsClientBuilder;
import dev.tumbler.client.auth.CredentialsException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times the operations of a client, as its {@linkplain SecretsClientBuilder#observer observer}:
 *
 * <ul>
 *   <li>{@code tumbler.kms.calls}, a timer of operations with all their retries: {@code action}, like {@code GetSecretValue},
 *       and {@code outcome}: {@code success}, {@code cancelled}, the service's code like {@code Rejected.Throttling}, the
 *       {@link FailureKind} in lower case if no service answered, {@code no_credentials}, or {@code error} for what a provider
 *       of one's own throws;
 *   <li>{@code tumbler.kms.retries}, a counter of requests that were sent again: {@code action} and {@code reason}, a
 *       {@link FailureKind} in lower case.
 * </ul>
 *
 * <p>Names of secrets are no tags, since there may be many, and values are nowhere. Immutable and thread-safe.
 */
public final class KmsMetrics implements CallObserver {
    private final MeterRegistry registry;

    /** Creates an observer that reports to this registry. */
    public KmsMetrics(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    @Override
    public Observation begin(String action, @Nullable String secretName) {
        return new Observation() {
            @Override
            public void retrying(FailureKind reason, int attempts, Duration pause) {
                registry.counter("tumbler.kms.retries", "action", action, "reason", lowerCase(reason))
                        .increment();
            }

            @Override
            public void succeeded(int attempts, Duration elapsed) {
                record("success", elapsed);
            }

            @Override
            public void failed(Throwable failure, int attempts, Duration elapsed) {
                record(outcome(failure), elapsed);
            }

            private void record(String outcome, Duration elapsed) {
                Timer.builder("tumbler.kms.calls")
                        .description("Operations of the KMS client, with all their retries")
                        .tags("action", action, "outcome", outcome)
                        .register(registry)
                        .record(elapsed);
            }
        };
    }

    private static String outcome(Throwable failure) {
        if (failure instanceof KmsServiceException refusal) {
            return refusal.code();
        }
        if (failure instanceof KmsException unanswered) {
            return lowerCase(unanswered.kind());
        }
        if (failure instanceof CancellationException) {
            return "cancelled";
        }
        return failure instanceof CredentialsException ? "no_credentials" : "error";
    }

    private static String lowerCase(FailureKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
