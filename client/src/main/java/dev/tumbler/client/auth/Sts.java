package dev.tumbler.client.auth;

import dev.tumbler.client.internal.http.HttpAnswer;
import dev.tumbler.client.internal.http.HttpGateway;
import dev.tumbler.client.internal.http.PlainHttp;
import dev.tumbler.client.internal.signing.ApiCall;
import dev.tumbler.client.internal.signing.SignedRequest;
import dev.tumbler.client.internal.signing.Signer;
import dev.tumbler.client.internal.signing.SigningKey;
import dev.tumbler.client.internal.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Asks STS for credentials of a RAM role. Source: STS API reference, version 2015-04-01. */
final class Sts {
    private static final String VERSION = "2015-04-01";
    private static final int MAX_TOKEN_BYTES = 1 << 15;

    private final RamRole role;
    private final URI endpoint;
    private final TimeSource time;
    /** How far the clock of STS is ahead of ours, as far as we know. */
    private volatile Duration clockOffset = Duration.ZERO;

    private final PlainHttp http = PlainHttp.ofNetwork();

    /** @param endpoint where STS is, as a rule that of the role */
    Sts(RamRole role, URI endpoint, TimeSource time) {
        this.role = role;
        this.endpoint = endpoint;
        this.time = time;
    }

    /** AssumeRole, signed with other credentials. */
    Session assumeRole(Credentials given) {
        if (!(given instanceof AccessKey source)) {
            throw new CredentialsException("STS AssumeRole takes access keys only, no client keys");
        }
        Map<String, String> parameters = parameters();
        role.externalId().ifPresent(id -> parameters.put("ExternalId", id));
        SigningKey key = new SigningKey.Hmac(
                source.accessKeyId(),
                source.accessKeySecret(),
                source.securityToken().orElse(null));
        return sent(
                "AssumeRole",
                () -> Signer.rpcV1()
                        .sign(
                                new ApiCall("AssumeRole", VERSION, parameters),
                                HttpGateway.hostHeader(endpoint),
                                key,
                                now(),
                                nonce(),
                                false));
    }

    /** AssumeRoleWithOIDC, which the token of an OIDC provider authenticates and nobody signs. */
    Session assumeRoleWithOidc(String oidcProviderArn, Path tokenFile) {
        Map<String, String> parameters = parameters();
        parameters.put("OIDCProviderArn", oidcProviderArn);
        parameters.put("OIDCToken", token(tokenFile));
        return sent(
                "AssumeRoleWithOIDC",
                () -> Signer.unsigned(new ApiCall("AssumeRoleWithOIDC", VERSION, parameters), now(), nonce()));
    }

    private Instant now() {
        return time.instant().plus(clockOffset);
    }

    private static String nonce() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("RoleArn", role.roleArn());
        parameters.put("RoleSessionName", role.roleSessionName());
        parameters.put("DurationSeconds", String.valueOf(role.duration().toSeconds()));
        role.policy().ifPresent(policy -> parameters.put("Policy", policy));
        return parameters;
    }

    private Session sent(String action, Supplier<SignedRequest> request) {
        String who = "STS " + action + " of " + role.roleArn();
        try {
            HttpAnswer answer = posted(request.get());
            if (SessionJson.isOfAnotherTime(answer) && correctClock(answer)) {
                answer = posted(request.get());
            }
            return SessionJson.sts(who, answer);
        } catch (IOException e) {
            throw new CredentialsException(
                    who + " at " + endpoint.getHost() + " got no answer (" + e.getMessage() + ")", true, e);
        }
    }

    private HttpAnswer posted(SignedRequest request) throws IOException {
        URI url = request.query().isEmpty() ? endpoint.resolve("/") : endpoint.resolve("/?" + request.query());
        return http.post(url, request.headers(), request.form());
    }

    /** Returns whether the offset of our clock is now known, so that one more request makes sense. */
    private boolean correctClock(HttpAnswer answer) {
        Optional<Instant> theirs = answer.serverTime();
        theirs.ifPresent(now -> clockOffset = Duration.between(time.instant(), now));
        return theirs.isPresent();
    }

    /** Read each time: the platform writes a new token before the old one ends. */
    private static String token(Path file) {
        try {
            if (Files.size(file) > MAX_TOKEN_BYTES) {
                throw new CredentialsException("the OIDC token file " + file + " is too large for a token");
            }
            String token = Files.readString(file).strip();
            if (token.isEmpty()) {
                throw new CredentialsException("the OIDC token file " + file + " is empty");
            }
            return token;
        } catch (NoSuchFileException e) {
            throw new CredentialsException("the OIDC token file " + file + " does not exist");
        } catch (IOException e) {
            throw new CredentialsException("the OIDC token file " + file + " cannot be read");
        }
    }
}
