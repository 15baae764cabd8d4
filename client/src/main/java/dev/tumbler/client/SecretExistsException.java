package dev.tumbler.client;

/** The name is taken, or the version id with other data: {@code Rejected.ResourceExist}. */
public final class SecretExistsException extends KmsServiceException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link KmsServiceException#KmsServiceException}. */
    public SecretExistsException(String message, String code, int status, String requestId, int attempts) {
        super(message, code, status, requestId, attempts);
    }
}
