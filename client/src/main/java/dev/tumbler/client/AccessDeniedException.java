package dev.tumbler.client;

/** The credentials are unknown, wrong or disabled, or have no permission for this operation on this secret. */
public final class AccessDeniedException extends KmsServiceException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link KmsServiceException#KmsServiceException}. */
    public AccessDeniedException(String message, String code, int status, String requestId, int attempts) {
        super(message, code, status, requestId, attempts);
    }
}
