package dev.tumbler.client.internal.codec;

/**
 * The error that the service put in its answer.
 *
 * @param code the error code, like {@code Forbidden.ResourceNotFound}
 * @param message the service's own text, possibly empty; it can repeat parameters, secret data included
 * @param requestId the id of the request, possibly empty
 * @param deniedAction the action that the caller may not do, like {@code kms:Decrypt}; empty if the service does not say.
 *     Source: RAM, "AccessDeniedDetail"
 * @param deniedTo who may not do it, a user's id or a role and its session; empty if the service does not say
 */
public record ServiceError(String code, String message, String requestId, String deniedAction, String deniedTo) {
    @Override
    public String toString() {
        return "ServiceError[code=" + code + ", requestId=" + requestId + "]";
    }
}
