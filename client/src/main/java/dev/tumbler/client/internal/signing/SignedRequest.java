package dev.tumbler.client.internal.signing;

import java.util.Map;

/**
 * A POST request that only has to be sent.
 *
 * @param headers the headers to send
 * @param query the encoded query, possibly empty
 * @param form the encoded form body, possibly empty; an empty body has no content type
 */
public record SignedRequest(Map<String, String> headers, String query, String form) {
    /** The content type of a body that is not empty; part of what is signed. */
    public static final String FORM_TYPE = "application/x-www-form-urlencoded";

    @Override
    public String toString() {
        return "SignedRequest(redacted)";
    }
}
