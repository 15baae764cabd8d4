package dev.tumbler.emulator.gateway.openapi;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.http.HttpHandler;
import dev.tumbler.emulator.http.HttpRequest;
import dev.tumbler.emulator.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The port of one region, where the host of a request may name another one. A client names a region by its endpoint and
 * by nothing else: an endpoint of the service tells it, through DNS or a proxy that leads here; for any other name or
 * address the port does.
 *
 * <p>Source: KMS API reference, Request syntax, for the shared gateway; "ApsaraDB RDS secrets" for the dedicated one; RDS
 * API reference, Endpoints, for that of RDS.
 */
public final class RegionalGateway implements HttpHandler {
    private static final Pattern SHARED =
            Pattern.compile("(?:kms(?:-vpc)?|rds)\\.([a-z0-9-]+)\\.aliyuncs\\.com(?::\\d+)?");
    private static final Pattern DEDICATED =
            Pattern.compile("([a-z0-9-]+)\\.cryptoservice\\.kms\\.aliyuncs\\.com(?::\\d+)?");

    private final OpenApiGateway ownRegion;
    private final Map<String, OpenApiGateway> regions;
    private final Function<String, Optional<String>> regionOfKmsInstance;

    /**
     * @param region whose port it is; one of {@code regions}
     * @param regionOfKmsInstance the region of the KMS instance with an id
     */
    public RegionalGateway(
            String region,
            Map<String, OpenApiGateway> regions,
            Function<String, Optional<String>> regionOfKmsInstance) {
        this.regions = new TreeMap<>(regions);
        this.ownRegion = Objects.requireNonNull(regions.get(region), region);
        this.regionOfKmsInstance = regionOfKmsInstance;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        OpenApiGateway gateway;
        try {
            gateway = gatewayFor(request.headers().getOrDefault("host", "").toLowerCase(Locale.ROOT));
        } catch (KmsError e) {
            return CompletableFuture.completedFuture(ownRegion.refuse(request, e));
        }
        return gateway.handle(request);
    }

    @Override
    public HttpResponse refuse(Refusal refusal) {
        return ownRegion.refuse(refusal);
    }

    private OpenApiGateway gatewayFor(String host) {
        Matcher shared = SHARED.matcher(host);
        if (shared.matches()) {
            OpenApiGateway named = regions.get(shared.group(1));
            if (named == null) {
                throw KmsError.unknownRegion(
                        "The emulator has " + String.join(", ", regions.keySet()) + "; give it more when it starts.");
            }
            return named;
        }
        Matcher dedicated = DEDICATED.matcher(host);
        if (dedicated.matches()) {
            return regionOfKmsInstance
                    .apply(dedicated.group(1))
                    .map(regions::get)
                    .orElseThrow(() ->
                            KmsError.kmsInstanceNotFound("The host names it; add it with kms.kmsInstances().add(…)."));
        }
        return ownRegion;
    }
}
