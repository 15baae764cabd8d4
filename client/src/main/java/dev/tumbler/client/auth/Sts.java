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
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Asks STS for credentials of a RAM role. Source: STS API reference, version 2015-04-01. */
final class Sts {
    private static final String VERSION = "2015-04-01";
    private static final int MAX_TOKEN_BYTES = 1 << 15;

    private final RamRole role;
    private final TimeSource time;
    private final PlainHttp http = PlainHttp.ofNetwork();

    Sts(RamRole role, TimeSource time) {
        this.role = role;
        this.time = time;
    }

    /** AssumeRole, signed with other credentials. */
    Session assumeRole(Credentials source) {
        Map<String, String> parameters = parameters();
        role.externalId().ifPresent(id -> parameters.put("ExternalId", id));
        URI endpoint = role.stsEndpoint();
        SignedRequest signed = Signer.rpcV1()
                .sign(
                        new ApiCall("AssumeRole", VERSION, parameters),
                        HttpGateway.hostHeader(endpoint),
                        new SigningKey(
                                source.accessKeyId(),
                                source.accessKeySecret(),
                                source.securityToken().orElse(null)),
                        time.instant(),
                        nonce(),
                        false);
        return sent("AssumeRole", endpoint, signed);
    }

    /** AssumeRoleWithOIDC, which the token of an OIDC provider authenticates and nobody signs. */
    Session assumeRoleWithOidc(String oidcProviderArn, Path tokenFile) {
        Map<String, String> parameters = parameters();
        parameters.put("OIDCProviderArn", oidcProviderArn);
        parameters.put("OIDCToken", token(tokenFile));
        SignedRequest unsigned =
                Signer.unsigned(new ApiCall("AssumeRoleWithOIDC", VERSION, parameters), time.instant(), nonce());
        return sent("AssumeRoleWithOIDC", role.stsEndpoint(), unsigned);
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

    private Session sent(String action, URI endpoint, SignedRequest request) {
        String who = "STS " + action + " of " + role.roleArn();
        try {
            URI url = request.query().isEmpty() ? endpoint.resolve("/") : endpoint.resolve("/?" + request.query());
            HttpAnswer answer = http.post(url, request.headers(), request.form());
            return SessionJson.sts(who, answer);
        } catch (IOException e) {
            throw new CredentialsException(
                    who + " at " + endpoint.getHost() + " got no answer (" + e.getMessage() + ")", true, e);
        }
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
