package dev.tumbler.emulator.error;

import org.jspecify.annotations.Nullable;

/**
 * An error of the service: the code, HTTP status and message that a client is answered. Each factory is one documented
 * error; a message may go on with the rule that was broken and what to do, which the real service does not say.
 *
 * <p>Never put a secret value into a message: clients log them.
 *
 * <p>Source: KMS API reference, common error codes and the error tables of the secrets actions.
 */
public final class KmsError extends RuntimeException {
    private final String code;
    private final int status;

    private KmsError(int status, String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
    }

    /** The error code, such as {@code Forbidden.ResourceNotFound}. */
    public String code() {
        return code;
    }

    /** The HTTP status that goes with the code. */
    public int status() {
        return status;
    }

    /** The message; always present, unlike that of other exceptions. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** An error that has no factory of its own because only one place raises it. */
    public static KmsError of(int status, String code, String message) {
        return new KmsError(status, code, message, null);
    }

    /** 400: a parameter breaks its rule. */
    public static KmsError invalidParameter(String parameter, String rule) {
        return of(400, "InvalidParameter", "The specified parameter \"" + parameter + "\" is not valid. " + rule);
    }

    /** 400: a required parameter was not given. */
    public static KmsError missingParameter(String parameter) {
        return of(400, "MissingParameter", "The parameter \"" + parameter + "\" is needed but not provided.");
    }

    /** 404: no such secret, version or stage. */
    public static KmsError resourceNotFound(String detail) {
        return of(404, "Forbidden.ResourceNotFound", sentence("Resource not found", detail));
    }

    /** 409: the name or version id is taken. */
    public static KmsError resourceExists(String detail) {
        return of(409, "Rejected.ResourceExist", sentence("The resource already exists", detail));
    }

    /** 409: the secret is scheduled for deletion. The spelling is the service's own. */
    public static KmsError inDeleteWindow(String detail) {
        return of(409, "Rejected.ResourceInDeleteWindow", sentence("secret in delete peroid", detail));
    }

    /** 400: the action does not fit the type of the secret. */
    public static KmsError unsupportedOperation(String detail) {
        return of(400, "Rejected.UnsupportedOperation", sentence("Unsupported operation", detail));
    }

    /** 400: a quota is used up. */
    public static KmsError limitExceeded(String detail) {
        return of(400, "Rejected.LimitExceeded", detail);
    }

    /** 500: the service failed; the cause is for the emulator's own log. */
    public static KmsError internalFailure(String detail, @Nullable Throwable cause) {
        return new KmsError(500, "InternalFailure", sentence("Internal Failure", detail), cause);
    }

    private static String sentence(String documented, String detail) {
        return detail.isEmpty() ? documented : documented + ". " + detail;
    }
}
