package dev.tumbler.client;

/**
 * A parameter is missing or against the rules of the service: {@code InvalidParameter} and its like. The same request will
 * never succeed.
 */
public final class InvalidParameterException extends KmsServiceException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link KmsServiceException#KmsServiceException}. */
    public InvalidParameterException(String message, String code, int status, String requestId, int attempts) {
        super(message, code, status, requestId, attempts);
    }

    /** Returns whether an error code says so. */
    static boolean isMeantBy(String code) {
        return code.startsWith("InvalidParameter")
                || code.startsWith("MissingParameter")
                || code.startsWith("ValidationError")
                || code.equals("ParseRequestParameterException");
    }
}
