package dev.tumbler.client.internal.signing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** Signs requests. Stateless. */
public interface Signer {
    /**
     * Signs a call.
     *
     * @param host the host header, with the port unless it is the default one
     * @param now the time that the service will compare with its own
     * @param nonce a text that no other request has
     * @param parametersInQuery whether parameters go to the query and not to the body
     */
    SignedRequest sign(ApiCall call, String host, SigningKey key, Instant now, String nonce, boolean parametersInQuery);

    /** Returns the signer of signature V3, ACS3-HMAC-SHA256. */
    static Signer acs3() {
        return new Acs3Signer();
    }

    /** Returns the signer of the RPC signature V1, HMAC-SHA1. */
    static Signer rpcV1() {
        return new RpcV1Signer();
    }

    /** Returns the request of an action that takes no signature; its parameters go to the body. */
    static SignedRequest unsigned(ApiCall call, Instant now, String nonce) {
        Map<String, String> common = Map.of(
                "Action",
                call.action(),
                "Version",
                call.version(),
                "Format",
                "JSON",
                "Timestamp",
                timestamp(now),
                "SignatureNonce",
                nonce);
        return new SignedRequest(
                Map.of("accept", "application/json"),
                PercentEncoding.encode(common),
                PercentEncoding.encode(call.parameters()));
    }

    /** Formats a time as the service writes and reads it: UTC, in seconds. */
    static String timestamp(Instant instant) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(instant.truncatedTo(ChronoUnit.SECONDS));
    }
}
