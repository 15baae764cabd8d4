package dev.tumbler.client.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.mockwebserver.RecordedRequest;

/** A second computation of both signatures, from what arrived on the wire and nothing of the client's code. */
public final class SignatureCheck {
    private SignatureCheck() {}

    /** Returns the parameters of query and form, decoded. */
    public static Map<String, String> parameters(RecordedRequest request, String body) {
        TreeMap<String, String> parameters = new TreeMap<>();
        String path = Objects.requireNonNull(request.getPath());
        int question = path.indexOf('?');
        if (question >= 0) {
            decode(path.substring(question + 1), parameters);
        }
        decode(body, parameters);
        return parameters;
    }

    private static void decode(String encoded, Map<String, String> parameters) {
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
    }

    /** Returns the signature that an ACS3 request should carry. */
    public static String acs3(RecordedRequest request, String body, String secret) throws Exception {
        String authorization = Objects.requireNonNull(request.getHeader("Authorization"));
        String signed = authorization.replaceAll(".*SignedHeaders=([^,]*),.*", "$1");
        StringBuilder headers = new StringBuilder();
        for (String name : signed.split(";", -1)) {
            headers.append(name).append(':').append(request.getHeader(name)).append('\n');
        }
        String path = Objects.requireNonNull(request.getPath());
        TreeMap<String, String> query = new TreeMap<>();
        if (path.contains("?")) {
            decode(path.substring(path.indexOf('?') + 1), query);
        }
        List<String> pairs = new ArrayList<>();
        query.forEach((name, value) -> pairs.add(rfc3986(name) + "=" + rfc3986(value)));
        String canonical = "POST\n/\n" + String.join("&", pairs) + "\n" + headers + "\n" + signed + "\n" + sha256(body);
        return HexFormat.of().formatHex(hmac("HmacSHA256", secret, "ACS3-HMAC-SHA256\n" + sha256(canonical)));
    }

    /** Returns the signature that an RPC V1 request should carry. */
    public static String rpcV1(Map<String, String> parameters, String secret) throws Exception {
        return Base64.getEncoder().encodeToString(hmac("HmacSHA1", secret + "&", rpcV1ToSign(parameters)));
    }

    /** Returns whether an RPC V1 request is signed with the private key of this public one. */
    public static boolean isSignedByRsa(Map<String, String> parameters, PublicKey key) throws Exception {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key);
        signature.update(rpcV1ToSign(parameters).getBytes(StandardCharsets.UTF_8));
        return signature.verify(Base64.getDecoder().decode(Objects.requireNonNull(parameters.get("Signature"))));
    }

    private static String rpcV1ToSign(Map<String, String> parameters) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(parameters).forEach((name, value) -> {
            if (!name.equals("Signature")) {
                pairs.add(rfc3986(name) + "=" + rfc3986(value));
            }
        });
        return "POST&%2F&" + rfc3986(String.join("&", pairs));
    }

    public static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(String algorithm, String key, String text) throws Exception {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String rfc3986(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean unreserved = (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || "-_.~".indexOf(c) >= 0;
            if (unreserved) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
