package dev.tumbler.client.internal.signing;

import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** HMAC-SHA1, SignatureVersion 1.0. Source: KMS API reference, "Signature". */
final class RpcV1Signer implements Signer {
    @Override
    public SignedRequest sign(
            ApiCall call, String host, SigningKey key, Instant now, String nonce, boolean parametersInQuery) {
        Map<String, String> parameters = new HashMap<>(call.parameters());
        parameters.put("Action", call.action());
        parameters.put("Version", call.version());
        parameters.put("Format", "JSON");
        parameters.put("AccessKeyId", key.accessKeyId());
        parameters.put("SignatureMethod", "HMAC-SHA1");
        parameters.put("SignatureVersion", "1.0");
        parameters.put("SignatureNonce", nonce);
        parameters.put("Timestamp", Signer.timestamp(now));
        if (key.securityToken() != null) {
            parameters.put("SecurityToken", key.securityToken());
        }
        parameters.put("Signature", signature("POST", parameters, key.accessKeySecret()));

        String encoded = PercentEncoding.encode(parameters);
        Map<String, String> headers = Map.of("host", host, "accept", "application/json");
        return parametersInQuery ? new SignedRequest(headers, encoded, "") : new SignedRequest(headers, "", encoded);
    }

    static String signature(String method, Map<String, String> parameters, String accessKeySecret) {
        String stringToSign = method + "&%2F&" + PercentEncoding.encode(PercentEncoding.encode(parameters));
        return Base64.getEncoder().encodeToString(Digests.hmac("HmacSHA1", accessKeySecret + "&", stringToSign));
    }
}
