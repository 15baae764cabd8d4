package dev.tumbler.client.model;

/**
 * What the content of a secret is.
 *
 * @param value the text as the service writes it, case included; values that this version does not know survive
 */
public record SecretDataType(String value) {
    /** Plain text. */
    public static final SecretDataType TEXT = new SecretDataType("text");

    /** Bytes that the writer has encoded as text, usually in Base64: the service decodes nothing. */
    public static final SecretDataType BINARY = new SecretDataType("binary");

    @Override
    public String toString() {
        return value;
    }
}
