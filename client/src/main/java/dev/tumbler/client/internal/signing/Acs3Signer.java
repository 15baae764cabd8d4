package dev.tumbler.client.internal.signing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** ACS3-HMAC-SHA256. Source: "V3 request structure and signature". */
final class Acs3Signer implements Signer {
    private static final String ALGORITHM = "ACS3-HMAC-SHA256";

    @Override
    public SignedRequest sign(
            ApiCall call, String host, SigningKey given, Instant now, String nonce, boolean parametersInQuery) {
        if (!(given instanceof SigningKey.Hmac key)) {
            throw new IllegalArgumentException("ACS3-HMAC-SHA256 is made with access keys only");
        }
        String encoded = PercentEncoding.encode(call.parameters());
        String query = parametersInQuery ? encoded : "";
        String form = parametersInQuery ? "" : encoded;

        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("host", host);
        headers.put("x-acs-action", call.action());
        headers.put("x-acs-version", call.version());
        headers.put("x-acs-date", Signer.timestamp(now));
        headers.put("x-acs-signature-nonce", nonce);
        headers.put("x-acs-content-sha256", Digests.sha256Hex(form.getBytes(StandardCharsets.UTF_8)));
        if (!form.isEmpty()) {
            headers.put("content-type", SignedRequest.FORM_TYPE);
        }
        if (key.securityToken() != null) {
            headers.put("x-acs-accesskey-id", key.accessKeyId());
            headers.put("x-acs-security-token", key.securityToken());
        }
        headers.put("authorization", authorization(query, headers, key));
        headers.put("accept", "application/json");
        return new SignedRequest(headers, query, form);
    }

    /** Signs exactly the headers that are given. */
    static String authorization(String canonicalQuery, SortedMap<String, String> headers, SigningKey.Hmac key) {
        String canonicalHeaders =
                headers.entrySet().stream().map(Acs3Signer::canonicalLine).collect(Collectors.joining());
        String signedHeaders = String.join(";", headers.keySet());
        String canonicalRequest = String.join(
                "\n",
                "POST",
                "/",
                canonicalQuery,
                canonicalHeaders,
                signedHeaders,
                headers.getOrDefault("x-acs-content-sha256", ""));
        String stringToSign = ALGORITHM + "\n" + Digests.sha256Hex(canonicalRequest.getBytes(StandardCharsets.UTF_8));
        String signature = HexFormat.of().formatHex(Digests.hmac("HmacSHA256", key.accessKeySecret(), stringToSign));
        return ALGORITHM + " Credential=" + key.accessKeyId() + ",SignedHeaders=" + signedHeaders + ",Signature="
                + signature;
    }

    private static String canonicalLine(Map.Entry<String, String> header) {
        return header.getKey() + ":" + header.getValue().trim() + "\n";
    }
}
