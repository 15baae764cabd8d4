package dev.tumbler.client;

/** The secret is scheduled for deletion; restore it first: {@code Rejected.ResourceInDeleteWindow}. */
public final class PendingDeletionException extends KmsServiceException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link KmsServiceException#KmsServiceException}. */
    public PendingDeletionException(String message, String code, int status, String requestId, int attempts) {
        super(message, code, status, requestId, attempts);
    }
}
