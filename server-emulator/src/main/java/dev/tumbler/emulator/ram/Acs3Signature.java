package dev.tumbler.emulator.ram;

import dev.tumbler.emulator.error.KmsError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Signature version 3, ACS3-HMAC-SHA256, in the {@code Authorization} header.
 *
 * <p>Source: "V3 request structure and signature".
 */
final class Acs3Signature implements RequestSignature {
    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final int SIGNATURE_BYTES = 32;
    private static final List<String> MANDATORY_HEADERS = List.of(
            "host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version");

    private final SignedRequest request;
    private final Map<String, String> authorization;

    private Acs3Signature(SignedRequest request, Map<String, String> authorization) {
        this.request = request;
        this.authorization = authorization;
    }

    /**
     * Reads the signature of a request.
     *
     * @throws KmsError for another algorithm
     */
    static Acs3Signature of(SignedRequest request, String authorization) {
        String[] words = authorization.strip().split(" ", 2);
        if (!words[0].equals(ALGORITHM)) {
            throw unsupportedAlgorithm();
        }
        Map<String, String> parts = new HashMap<>();
        // By name: the classic SDK puts SignedHeaders last, SDK V2 in the middle.
        for (String part : (words.length == 2 ? words[1] : "").split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return new Acs3Signature(request, parts);
    }

    static KmsError unsupportedAlgorithm() {
        return KmsError.invalidSignatureMethod("Supported in the Authorization header is " + ALGORITHM + ".");
    }

    @Override
    public String accessKeyId() {
        return require("Credential");
    }

    @Override
    public Optional<String> timestamp() {
        return header("x-acs-date");
    }

    @Override
    public Optional<String> nonce() {
        return header("x-acs-signature-nonce");
    }

    @Override
    public Optional<String> securityToken() {
        return header("x-acs-security-token");
    }

    @Override
    public void requireWellFormed() {
        bytes(require("Signature"));
        List<String> signedHeaders = signedHeaders();
        for (String name : MANDATORY_HEADERS) {
            if (header(name).isEmpty()) {
                throw KmsError.incompleteSignature("The header " + name + " is missing.");
            }
        }
        // Documented: all of these that are there are signed. Not so host, against the documentation: the classic SDK,
        // which leaves it to its HTTP client, does not sign it.
        for (String name : request.headers().keySet()) {
            if (name.startsWith("x-acs-") && !signedHeaders.contains(name)) {
                throw KmsError.incompleteSignature("The header " + name + " is not among SignedHeaders.");
            }
        }
        for (String name : signedHeaders) {
            if (!request.headers().containsKey(name)) {
                throw KmsError.incompleteSignature("SignedHeaders names a header that did not arrive.");
            }
        }
    }

    @Override
    public void verify(String accessKeySecret) {
        String contentHash = hex(Hmac.digestSha256(request.body()));
        if (!header("x-acs-content-sha256").orElse("").equals(contentHash)) {
            throw KmsError.contentHashDoesNotMatch();
        }
        String stringToSign = ALGORITHM + "\n"
                + hex(Hmac.digestSha256(canonicalRequest(contentHash).getBytes(StandardCharsets.UTF_8)));
        if (!MessageDigest.isEqual(Hmac.sha256(accessKeySecret, stringToSign), bytes(require("Signature")))) {
            throw KmsError.signatureDoesNotMatch(stringToSign);
        }
    }

    private String canonicalRequest(String contentHash) {
        StringBuilder canonical = new StringBuilder(request.method())
                .append("\n/\n")
                .append(PercentEncoding.encodePairs(new TreeMap<>(request.queryParameters())))
                .append('\n');
        for (String name : signedHeaders()) {
            canonical.append(name).append(':').append(header(name).orElse("")).append('\n');
        }
        return canonical
                .append('\n')
                .append(require("SignedHeaders"))
                .append('\n')
                .append(contentHash)
                .toString();
    }

    private List<String> signedHeaders() {
        return List.of(require("SignedHeaders").split(";", -1));
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(request.headers().get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private String require(String part) {
        String value = authorization.get(part);
        if (value == null || value.isEmpty()) {
            throw KmsError.incompleteSignature("The Authorization header has no " + part + ".");
        }
        return value;
    }

    private static byte[] bytes(String signature) {
        try {
            byte[] bytes = HexFormat.of().parseHex(signature);
            if (bytes.length == SIGNATURE_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Answered below: the parser's message quotes the signature.
        }
        throw KmsError.incompleteSignature("The Signature in the Authorization header is not 64 hexadecimal digits.");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
