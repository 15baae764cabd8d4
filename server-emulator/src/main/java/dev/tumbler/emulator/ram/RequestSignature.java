package dev.tumbler.emulator.ram;

import dev.tumbler.emulator.error.KmsError;
import java.util.Optional;

/** The signature of one request, in either form. The order in which its methods are called is the order of the checks. */
sealed interface RequestSignature permits SignatureV1, Acs3Signature {
    /**
     * The access key that it names.
     *
     * @throws KmsError if it names none
     */
    String accessKeyId();

    /** When the request was signed, as it says; empty if it does not. */
    Optional<String> timestamp();

    /** The text that is to be unique; empty if there is none. */
    Optional<String> nonce();

    /** The token of the session that signed; empty if there is none. */
    Optional<String> securityToken();

    /**
     * Checks what can be checked without the secret.
     *
     * @throws KmsError if a mandatory part is missing or has the wrong shape
     */
    void requireWellFormed();

    /**
     * Checks that this secret makes this signature.
     *
     * @throws KmsError if it does not
     */
    void verify(String accessKeySecret);
}
