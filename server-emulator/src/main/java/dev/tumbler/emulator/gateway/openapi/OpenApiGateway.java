package dev.tumbler.emulator.gateway.openapi;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.error.AccessDenied;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.fault.Fault;
import dev.tumbler.emulator.fault.Faults;
import dev.tumbler.emulator.http.Delivery;
import dev.tumbler.emulator.http.HttpHandler;
import dev.tumbler.emulator.http.HttpRequest;
import dev.tumbler.emulator.http.HttpResponse;
import dev.tumbler.emulator.journal.Journal;
import dev.tumbler.emulator.journal.JournalEntry;
import dev.tumbler.emulator.journal.KmsAction;
import dev.tumbler.emulator.ram.Authenticator;
import dev.tumbler.emulator.ram.Caller;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * APIs over HTTP. Checks in the order that the service is assumed to: method, format, version and action, signature, the
 * parameters that name resources, permission, quota, the other parameters, then the rules of the domain.
 */
public final class OpenApiGateway implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(OpenApiGateway.class);

    /** By version, then by name. */
    private final Map<String, Map<String, Admitted>> actions = new HashMap<>();

    private final String region;
    private final Authenticator authenticator;
    private final Faults faults;
    private final Journal journal;
    private final InstantSource clock;
    private final InstantSource realTime;

    /**
     * @param region whose calls these are, for the journal and the faults
     * @param clock the emulator's, for the journal
     * @param realTime for the {@code Date} of answers, by which clients correct their clocks
     */
    public OpenApiGateway(
            String region,
            List<Api> apis,
            Authenticator authenticator,
            Faults faults,
            Journal journal,
            InstantSource clock,
            InstantSource realTime) {
        this.region = region;
        this.authenticator = authenticator;
        this.faults = faults;
        this.journal = journal;
        this.clock = clock;
        this.realTime = realTime;
        for (Api api : apis) {
            Map<String, Admitted> byName = new TreeMap<>();
            api.actions().forEach(action -> byName.put(action.name(), new Admitted(action, api.admissions())));
            actions.put(api.version(), byName);
        }
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest http) {
        Exchange exchange =
                new Exchange(UUID.randomUUID().toString(), http.headers().getOrDefault("host", ""));
        try {
            RpcRequest rpc = RpcRequest.parse(http);
            exchange.accept(rpc.format());
            Admitted admitted = action(http, rpc);
            Action action = admitted.action();
            exchange.isCallOf(action, rpc);
            Caller caller = action.isAnonymous() ? Caller.anonymous() : authenticator.authenticate(rpc.signed());
            exchange.isBy(caller);
            exchange.meetFault();
            return admitted.call(new Call(rpc.parameters(), caller, context(http), journal::record))
                    .handle((answer, failure) ->
                            failure == null ? exchange.succeed(action, answer) : exchange.fail(failure));
        } catch (RuntimeException | LinkageError e) {
            // Of a library that is too old, the log shall tell, where a closed connection would not.
            return CompletableFuture.completedFuture(exchange.fail(e));
        }
    }

    @Override
    public HttpResponse refuse(Refusal refusal) {
        KmsError error = switch (refusal) {
            case MALFORMED -> KmsError.malformedRequest("This is not an HTTP request.");
            case HEAD_TOO_LARGE -> KmsError.requestTooLarge(431, "The request line and headers are too long.");
            case BODY_TOO_LARGE -> KmsError.requestTooLarge(413, "The body is too long.");
        };
        return new Exchange(UUID.randomUUID().toString(), "").fail(error);
    }

    /** Answers a request with an error, in the format that it asks for. */
    HttpResponse refuse(HttpRequest http, KmsError error) {
        Exchange exchange =
                new Exchange(UUID.randomUUID().toString(), http.headers().getOrDefault("host", ""));
        try {
            exchange.accept(RpcRequest.parse(http).format());
        } catch (KmsError e) {
            return exchange.fail(e);
        }
        return exchange.fail(error);
    }

    /** Source: RAM, "Policy elements", common condition keys. */
    private Map<String, String> context(HttpRequest http) {
        return Map.of(
                "acs:CurrentTime", Fields.timestamp(realTime.instant()),
                "acs:SecureTransport", String.valueOf(http.secure()),
                "acs:SourceIp", http.remoteAddress(),
                "acs:MFAPresent", "false");
    }

    private Admitted action(HttpRequest http, RpcRequest rpc) {
        if (!http.method().equals("GET") && !http.method().equals("POST")) {
            throw KmsError.unsupportedMethod();
        }
        if (rpc.action() == null) {
            throw KmsError.missingCommonParameter("Action");
        }
        if (rpc.version() == null) {
            throw KmsError.missingCommonParameter("Version");
        }
        Map<String, Admitted> offered = actions.get(rpc.version());
        if (offered == null) {
            throw KmsError.invalidCommonParameter("Version");
        }
        if (!http.path().equals("/")) {
            throw KmsError.unknownAction();
        }
        Admitted action = offered.get(rpc.action());
        if (action == null) {
            log.warn(
                    "The action {} is not emulated. These are: {}",
                    rpc.action().replaceAll("[^A-Za-z0-9]", "?"),
                    String.join(", ", offered.keySet()));
            throw KmsError.unknownAction();
        }
        if (!action.action().methods().contains(http.method())) {
            throw KmsError.unsupportedMethod();
        }
        return action;
    }

    /** An action, and who stands before it. */
    private record Admitted(Action action, List<Admission> admissions) {
        CompletionStage<JsonObject> call(Call call) {
            admissions.forEach(admission -> admission.admit(action.name(), call));
            return action.call(call);
        }
    }

    /** One request, from when its id is chosen to its answer. */
    private final class Exchange {
        private final String requestId;
        private final String host;
        private AnswerFormat format = AnswerFormat.JSON;
        /** What the journal and the faults know it by; null for an unknown action, or one of another API. */
        private @Nullable KmsAction action;

        private @Nullable String secretName;
        private @Nullable String accessKeyId;
        private @Nullable Fault fault;

        Exchange(String requestId, String host) {
            this.requestId = requestId;
            this.host = host;
        }

        void accept(@Nullable String asked) {
            if (asked == null || asked.isEmpty()) {
                return;
            }
            format = switch (asked.toUpperCase(Locale.ROOT)) {
                case "JSON" -> AnswerFormat.JSON;
                case "XML" -> AnswerFormat.XML;
                default -> throw KmsError.invalidFormat();
            };
        }

        void isCallOf(Action called, RpcRequest rpc) {
            action = KmsAction.of(called.name()).orElse(null);
            String name = rpc.parameters().optional("SecretName");
            secretName = name == null ? null : name.replaceFirst("^acs:kms:[^/]*:secret/", "");
        }

        void isBy(Caller caller) {
            accessKeyId = caller.accessKeyId();
        }

        void meetFault() {
            fault = action == null
                    ? null
                    : faults.next(region, action, secretName).orElse(null);
            if (fault instanceof Fault.Refusal refusal) {
                throw refusal.error();
            }
        }

        HttpResponse succeed(Action called, JsonObject answer) {
            log.debug("{} {} succeeded", requestId, called.name());
            answer.addProperty("RequestId", requestId);
            return respond(200, null, called.name() + "Response", answer);
        }

        HttpResponse fail(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            KmsError error;
            if (cause instanceof KmsError expected) {
                error = expected;
                log.debug("{} failed: {} {}", requestId, error.status(), error.code());
            } else {
                log.error("{} failed; this is a defect of the emulator", requestId, cause);
                error = KmsError.internalFailure("", cause);
            }
            JsonObject answer = new JsonObject();
            answer.addProperty("RequestId", requestId);
            answer.addProperty("HostId", host);
            answer.addProperty("Code", error.code());
            answer.addProperty("Message", error.answer());
            answer.addProperty(
                    "Recommend",
                    "https://api.alibabacloud.com/troubleshoot?q="
                            + URLEncoder.encode(error.code(), StandardCharsets.UTF_8) + "&product=Kms");
            answer.addProperty("HttpStatus", error.status());
            if (error.accessDenied() != null) {
                answer.add("AccessDeniedDetail", detail(error.accessDenied()));
            }
            return respond(error.status(), error.code(), "Error", answer);
        }

        private static JsonObject detail(AccessDenied denied) {
            JsonObject detail = new JsonObject();
            detail.addProperty("AuthAction", denied.action());
            detail.addProperty("AuthPrincipalType", denied.principalType());
            detail.addProperty("AuthPrincipalOwnerId", denied.principalOwnerId());
            detail.addProperty("AuthPrincipalDisplayName", denied.principalDisplayName());
            detail.addProperty("NoPermissionType", denied.explicit() ? "ExplicitDeny" : "ImplicitDeny");
            detail.addProperty("PolicyType", denied.policyType());
            return detail;
        }

        private HttpResponse respond(int status, @Nullable String errorCode, String rootElement, JsonObject answer) {
            if (action != null) {
                journal.record(new JournalEntry(
                        clock.instant(),
                        requestId,
                        region,
                        action,
                        secretName,
                        accessKeyId,
                        status,
                        errorCode,
                        fault != null));
            }
            HttpResponse response = new HttpResponse(
                    status,
                    Map.of(
                            "Content-Type", format.contentType(),
                            "Date",
                                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                            realTime.instant().atZone(ZoneOffset.UTC)),
                            "x-acs-request-id", requestId),
                    format.render(rootElement, answer));
            return fault instanceof Fault.BrokenAnswer broken ? response.deliveredBy(delivery(broken)) : response;
        }

        private static Delivery delivery(Fault.BrokenAnswer broken) {
            return new Delivery(
                    broken.delay(),
                    switch (broken.form()) {
                        case WHOLE -> Delivery.Form.WHOLE;
                        case TORN -> Delivery.Form.TORN;
                        case GARBAGE -> Delivery.Form.GARBAGE;
                        case NOTHING -> Delivery.Form.NOTHING;
                        case RESET -> Delivery.Form.RESET;
                    });
        }
    }
}
