package dev.tumbler.client.internal.signing;

import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * SignatureVersion 1.0: HMAC-SHA1, and SHA256withRSA for client keys. Source: KMS API reference, "Signature"; the official
 * core SDK.
 */
final class RpcV1Signer implements Signer {
    @Override
    public SignedRequest sign(
            ApiCall call, String host, SigningKey key, Instant now, String nonce, boolean parametersInQuery) {
        Map<String, String> parameters = new HashMap<>(call.parameters());
        parameters.put("Action", call.action());
        parameters.put("Version", call.version());
        parameters.put("Format", "JSON");
        parameters.put("AccessKeyId", key.accessKeyId());
        parameters.put("SignatureVersion", "1.0");
        parameters.put("SignatureNonce", nonce);
        parameters.put("Timestamp", Signer.timestamp(now));
        parameters.put("Signature", signature(parameters, key));

        String encoded = PercentEncoding.encode(parameters);
        Map<String, String> headers = Map.of("host", host, "accept", "application/json");
        return parametersInQuery ? new SignedRequest(headers, encoded, "") : new SignedRequest(headers, "", encoded);
    }

    /** Adds what tells how it is signed; returns the signature. */
    private static String signature(Map<String, String> parameters, SigningKey key) {
        if (key instanceof SigningKey.Hmac shared) {
            parameters.put("SignatureMethod", "HMAC-SHA1");
            if (shared.securityToken() != null) {
                parameters.put("SecurityToken", shared.securityToken());
            }
            return hmac(stringToSign("POST", parameters), shared.accessKeySecret());
        }
        parameters.put("SignatureMethod", "SHA256withRSA");
        parameters.put("SignatureType", "PRIVATEKEY");
        byte[] signature = Digests.sha256WithRsa(((SigningKey.Rsa) key).privateKey(), stringToSign("POST", parameters));
        return Base64.getEncoder().encodeToString(signature);
    }

    static String stringToSign(String method, Map<String, String> parameters) {
        return method + "&%2F&" + PercentEncoding.encode(PercentEncoding.encode(parameters));
    }

    static String hmac(String stringToSign, String accessKeySecret) {
        return Base64.getEncoder().encodeToString(Digests.hmac("HmacSHA1", accessKeySecret + "&", stringToSign));
    }
}
