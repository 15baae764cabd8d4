package dev.tumbler.client;

import java.time.Duration;

/** The service refused the request for its rate, and did so until retries or time ran out. Nothing was performed. */
public final class ThrottledException extends KmsServiceException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception; see {@link KmsServiceException#KmsServiceException}.
     *
     * @param retryAfter see {@link #retryAfter}
     */
    public ThrottledException(
            String message, String code, int status, String requestId, int attempts, Duration retryAfter) {
        super(message, code, status, requestId, attempts, retryAfter);
    }
}
