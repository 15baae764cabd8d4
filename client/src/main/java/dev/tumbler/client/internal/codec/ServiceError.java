package dev.tumbler.client.internal.codec;

/**
 * The error that the service put in its answer.
 *
 * @param code the error code, like {@code Forbidden.ResourceNotFound}
 * @param message the service's own text, possibly empty; it can repeat parameters, secret data included
 * @param requestId the id of the request, possibly empty
 */
public record ServiceError(String code, String message, String requestId) {
    @Override
    public String toString() {
        return "ServiceError[code=" + code + ", requestId=" + requestId + "]";
    }
}
