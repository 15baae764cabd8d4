package dev.tumbler.client;

import java.time.Duration;

/**
 * The service answered with an error. Subclasses exist for what callers treat differently; everything else has this type
 * and its {@link #code()}.
 */
public sealed class KmsServiceException extends KmsException
        permits SecretNotFoundException,
                SecretExistsException,
                AccessDeniedException,
                ThrottledException,
                PendingDeletionException,
                InvalidParameterException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;
    private final String requestId;

    /**
     * Creates the exception; for the client, and for tests of code that handles it.
     *
     * @param message what was attempted, what came back, what to check
     * @param code the service's error code
     * @param status the HTTP status
     * @param requestId the service's id of the last request, or an empty text
     * @param attempts how many requests were made
     */
    public KmsServiceException(String message, String code, int status, String requestId, int attempts) {
        this(message, code, status, requestId, attempts, Duration.ZERO);
    }

    /**
     * Creates the exception; for the client, and for tests of code that handles it.
     *
     * @param retryAfter see {@link #retryAfter}
     */
    public KmsServiceException(
            String message, String code, int status, String requestId, int attempts, Duration retryAfter) {
        super(message, FailureKind.of(code, status), attempts, retryAfter, null);
        this.code = code;
        this.status = status;
        this.requestId = requestId;
    }

    /** Returns the service's error code, like {@code Forbidden.ResourceNotFound}. */
    public String code() {
        return code;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the service's id of the last request, or an empty text if it gave none. */
    public String requestId() {
        return requestId;
    }
}
