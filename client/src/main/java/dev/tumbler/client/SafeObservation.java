package dev.tumbler.client;

import dev.tumbler.client.CallObserver.Observation;
import dev.tumbler.client.internal.signing.ApiCall;
import dev.tumbler.client.internal.signing.SignedRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what an observer throws away from the call, and tells it of one end only. */
final class SafeObservation {
    private static final Logger LOG = LoggerFactory.getLogger(CallObserver.class);
    private static final Observation NOTHING = new Observation() {};

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Set<String> OURS = Set.of(
            "accept",
            "accept-encoding",
            "authorization",
            "connection",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent");
    private static final List<String> OUR_PREFIXES = List.of("x-acs-", "content-", "proxy-");

    private final AtomicBoolean ended = new AtomicBoolean();
    private Observation observation = NOTHING;

    SafeObservation(CallObserver observer, ApiCall call) {
        safely(() ->
                observation = observer.begin(call.action(), call.parameters().get("SecretName")));
    }

    /** Adds the headers of the observer that are none of the client's and none of the service's. */
    SignedRequest extended(SignedRequest request) {
        Map<String, String> headers = new HashMap<>();
        safely(() -> observation.headers().forEach((name, value) -> {
            if (isForeign(name) && isValid(value)) {
                headers.put(name.toLowerCase(Locale.ROOT), value);
            }
        }));
        headers.putAll(request.headers());
        return new SignedRequest(headers, request.query(), request.form());
    }

    private static boolean isForeign(@Nullable String name) {
        if (name == null || !TOKEN.matcher(name).matches()) {
            return false;
        }
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return !OURS.contains(lowerCase) && OUR_PREFIXES.stream().noneMatch(lowerCase::startsWith);
    }

    /** What is no header would fail the call, or begin another header. */
    private static boolean isValid(@Nullable String value) {
        return value != null
                && value.chars().allMatch(character -> character == '\t' || (character >= ' ' && character <= '~'));
    }

    void retrying(FailureKind reason, int attempts, Duration pause) {
        safely(() -> observation.retrying(reason, attempts, pause));
    }

    void succeeded(int attempts, Duration elapsed) {
        if (ended.compareAndSet(false, true)) {
            safely(() -> observation.succeeded(attempts, elapsed));
        }
    }

    void failed(Throwable failure, int attempts, Duration elapsed) {
        if (ended.compareAndSet(false, true)) {
            safely(() -> observation.failed(failure, attempts, elapsed));
        }
    }

    private static void safely(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException e) {
            LOG.warn("A CallObserver failed with {}", e.getClass().getName());
        }
    }
}
