package dev.tumbler.emulator.ram;

import java.util.Map;

/**
 * What of a request takes part in its signature.
 *
 * @param method upper case
 * @param queryParameters decoded names and values of the query
 * @param formParameters decoded names and values of a form body; empty for other bodies
 * @param headers by lower-case name
 * @param body the raw body
 */
public record SignedRequest(
        String method,
        Map<String, String> queryParameters,
        Map<String, String> formParameters,
        Map<String, String> headers,
        byte[] body) {
    /** Nothing of what it holds: parameters are secret. */
    @Override
    public String toString() {
        return "SignedRequest[" + method + "]";
    }
}
