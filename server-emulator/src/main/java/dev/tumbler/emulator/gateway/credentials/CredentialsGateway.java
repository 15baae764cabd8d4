package dev.tumbler.emulator.gateway.credentials;

import com.google.gson.JsonObject;
import dev.tumbler.emulator.gateway.openapi.Fields;
import dev.tumbler.emulator.gateway.openapi.Json;
import dev.tumbler.emulator.http.HttpHandler;
import dev.tumbler.emulator.http.HttpRequest;
import dev.tumbler.emulator.http.HttpResponse;
import dev.tumbler.emulator.ram.Ram;
import dev.tumbler.emulator.ram.RamRole;
import dev.tumbler.emulator.ram.RdsServiceRole;
import dev.tumbler.emulator.ram.SessionCredentials;
import dev.tumbler.emulator.ram.Sts;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Gives whoever asks the credentials of a role, in the paths and the form of an instance's metadata service; a
 * credentials URI is answered the same, so one path serves both. Hands all other requests on.
 *
 * <p>Source: ECS, "Instance metadata", versions 1 and 2; {@code com.aliyun:credentials-java}, {@code
 * ECSMetadataServiceCredentialsFetcher} and {@code URLCredentialProvider} (<em>observed</em>).
 */
public final class CredentialsGateway implements HttpHandler {
    /** Where the credentials of a role are, before its name; without one, the name of the role. */
    public static final String PATH = "/latest/meta-data/ram/security-credentials/";

    private static final String TOKEN_PATH = "/latest/api/token";
    private static final String TOKEN_TTL = "x-aliyun-ecs-metadata-token-ttl-seconds";
    private static final int LONGEST_TOKEN_TTL = 21_600;
    private static final String SESSION_NAME = "instance";

    private final Ram ram;
    private final Sts sts;
    private final HttpHandler next;

    /** @param next what answers all other paths, and all that is no request */
    public CredentialsGateway(Ram ram, Sts sts, HttpHandler next) {
        this.ram = ram;
        this.sts = sts;
        this.next = next;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        if (request.path().equals(TOKEN_PATH)) {
            return CompletableFuture.completedFuture(token(request));
        }
        if (!request.path().startsWith(PATH)) {
            return next.handle(request);
        }
        return CompletableFuture.completedFuture(
                request.method().equals("GET") ? credentials(request.path().substring(PATH.length())) : text(405, ""));
    }

    @Override
    public HttpResponse refuse(Refusal refusal) {
        return next.refuse(refusal);
    }

    private HttpResponse credentials(String roleName) {
        if (roleName.isEmpty()) {
            // An instance has one role at most; the emulator plays the one whose first role comes first by name.
            return ram.roles().stream()
                    .filter(role -> !role.name().equals(RdsServiceRole.NAME))
                    .findFirst()
                    .map(role -> text(200, role.name()))
                    .orElseGet(() -> text(404, ""));
        }
        Optional<RamRole> role = ram.findRole(roleName);
        return role.isEmpty() ? text(404, "") : credentials(sts.sessionOf(role.get(), SESSION_NAME));
    }

    private static HttpResponse credentials(SessionCredentials session) {
        JsonObject answer = new JsonObject();
        answer.addProperty("Code", "Success");
        answer.addProperty("AccessKeyId", session.accessKey().id());
        answer.addProperty("AccessKeySecret", session.accessKey().secret());
        answer.addProperty("SecurityToken", session.securityToken());
        answer.addProperty("Expiration", Fields.timestamp(session.expiration()));
        answer.addProperty("LastUpdated", Fields.timestamp(session.expiration().minus(Sts.DEFAULT_SESSION)));
        return respond(200, "application/json;charset=utf-8", Json.write(answer));
    }

    /** Any text will do as a token: reads are answered with and without one, as by an instance that is not hardened. */
    private static HttpResponse token(HttpRequest request) {
        if (!request.method().equals("PUT")) {
            return text(405, "");
        }
        try {
            int ttl = Integer.parseInt(request.headers().getOrDefault(TOKEN_TTL, ""));
            if (ttl >= 1 && ttl <= LONGEST_TOKEN_TTL) {
                return text(200, UUID.randomUUID().toString());
            }
        } catch (NumberFormatException e) {
            // Answered below, as a number that is out of range.
        }
        return text(400, TOKEN_TTL + " must be a number of seconds from 1 to " + LONGEST_TOKEN_TTL + ".");
    }

    private static HttpResponse text(int status, String text) {
        return respond(status, "text/plain;charset=utf-8", text);
    }

    private static HttpResponse respond(int status, String contentType, String body) {
        return new HttpResponse(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }
}
