package dev.tumbler.client.internal.signing;

import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.auth.SignatureMethod;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

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
    SignedRequest sign(
            ApiCall call, String host, Credentials credentials, Instant now, String nonce, boolean parametersInQuery);

    /** Returns the signer of this method. */
    static Signer of(SignatureMethod method) {
        return switch (method) {
            case ACS3_HMAC_SHA256 -> new Acs3Signer();
            case HMAC_SHA1 -> new RpcV1Signer();
        };
    }

    /** Formats a time as the service writes and reads it: UTC, in seconds. */
    static String timestamp(Instant instant) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(instant.truncatedTo(ChronoUnit.SECONDS));
    }
}
