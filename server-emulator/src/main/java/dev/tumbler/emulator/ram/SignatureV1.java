package dev.tumbler.emulator.ram;

import dev.tumbler.emulator.error.KmsError;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Signature version 1.0, HMAC-SHA1, among the parameters of the query and of a form body.
 *
 * <p>Source: KMS API reference, "Signature" and "Common parameters". The nonce is not in that table, so it is not asked
 * for; both SDKs send one.
 */
final class SignatureV1 implements RequestSignature {
    private static final String METHOD = "HMAC-SHA1";
    private static final String VERSION = "1.0";
    private static final int SIGNATURE_BYTES = 20;

    private final String httpMethod;
    private final SortedMap<String, String> parameters;

    private SignatureV1(String httpMethod, SortedMap<String, String> parameters) {
        this.httpMethod = httpMethod;
        this.parameters = parameters;
    }

    /**
     * Reads the signature of a request.
     *
     * @throws KmsError for another algorithm or version
     */
    static SignatureV1 of(SignedRequest request) {
        SortedMap<String, String> parameters = new TreeMap<>(request.formParameters());
        // The classic SDK signs the union of both, in which the query wins.
        parameters.putAll(request.queryParameters());
        SignatureV1 signature = new SignatureV1(request.method(), parameters);
        signature.requireSupported();
        return signature;
    }

    private void requireSupported() {
        // A bearer token comes without a method and without an access key: its type has to be looked at first.
        if (parameter("SignatureType").isPresent()
                || !parameter("SignatureMethod").orElse(METHOD).equals(METHOD)) {
            throw KmsError.invalidSignatureMethod("Supported are HMAC-SHA1, without a SignatureType, and"
                    + " ACS3-HMAC-SHA256 in the Authorization header.");
        }
        if (!parameter("SignatureVersion").orElse(VERSION).equals(VERSION)) {
            throw KmsError.invalidSignatureVersion();
        }
    }

    @Override
    public String accessKeyId() {
        return parameter("AccessKeyId").orElseThrow(KmsError::missingAccessKeyId);
    }

    @Override
    public Optional<String> timestamp() {
        return parameter("Timestamp");
    }

    @Override
    public Optional<String> nonce() {
        return parameter("SignatureNonce");
    }

    @Override
    public Optional<String> securityToken() {
        return parameter("SecurityToken");
    }

    @Override
    public void requireWellFormed() {
        require("SignatureMethod");
        require("SignatureVersion");
        bytes(require("Signature"));
    }

    @Override
    public void verify(String accessKeySecret) {
        byte[] given = bytes(require("Signature"));
        String stringToSign = stringToSign(signedParameters());
        if (isSigned(stringToSign, accessKeySecret, given)) {
            return;
        }
        // SDK V2 for Java sends empty parameters and leaves them out here; the classic and the Node client sign them.
        SortedMap<String, String> nonEmpty = signedParameters();
        if (nonEmpty.values().removeIf(String::isEmpty) && isSigned(stringToSign(nonEmpty), accessKeySecret, given)) {
            return;
        }
        throw KmsError.signatureDoesNotMatch(stringToSign);
    }

    private static boolean isSigned(String stringToSign, String accessKeySecret, byte[] given) {
        return MessageDigest.isEqual(Hmac.sha1(accessKeySecret + "&", stringToSign), given);
    }

    private SortedMap<String, String> signedParameters() {
        SortedMap<String, String> signed = new TreeMap<>(parameters);
        signed.remove("Signature");
        return signed;
    }

    private String stringToSign(SortedMap<String, String> signed) {
        return httpMethod + "&%2F&" + PercentEncoding.encode(PercentEncoding.encodePairs(signed));
    }

    /** An empty parameter counts as not given, as everywhere in the service. */
    private Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    private String require(String name) {
        return parameter(name)
                .orElseThrow(() -> KmsError.incompleteSignature("The parameter " + name + " is missing."));
    }

    private static byte[] bytes(String signature) {
        try {
            byte[] bytes = Base64.getDecoder().decode(signature);
            if (bytes.length == SIGNATURE_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Answered below: the decoder's message quotes the signature.
        }
        throw KmsError.incompleteSignature("The parameter Signature is not the Base64 form of an HMAC-SHA1; in a URL"
                + " its + must be written %2B.");
    }
}
