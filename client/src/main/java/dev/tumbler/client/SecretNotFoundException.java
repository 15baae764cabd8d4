package dev.tumbler.client;

/** No such secret, version or stage exists: {@code Forbidden.ResourceNotFound}. */
public final class SecretNotFoundException extends KmsServiceException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link KmsServiceException#KmsServiceException}. */
    public SecretNotFoundException(String message, String code, int status, String requestId, int attempts) {
        super(message, code, status, requestId, attempts);
    }
}
