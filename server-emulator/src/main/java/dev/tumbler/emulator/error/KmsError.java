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
    private final @Nullable AccessDenied accessDenied;

    /** What only the client may see of it, behind the message. */
    private final String diagnostic;

    private KmsError(
            int status, String code, String message, @Nullable Throwable cause, @Nullable AccessDenied accessDenied) {
        this(status, code, message, cause, accessDenied, "");
    }

    private KmsError(
            int status,
            String code,
            String message,
            @Nullable Throwable cause,
            @Nullable AccessDenied accessDenied,
            String diagnostic) {
        super(message, cause);
        this.status = status;
        this.code = code;
        this.accessDenied = accessDenied;
        this.diagnostic = diagnostic;
    }

    /** The error code, such as {@code Forbidden.ResourceNotFound}. */
    public String code() {
        return code;
    }

    /** The HTTP status that goes with the code. */
    public int status() {
        return status;
    }

    /** Why the caller may not do it; null for errors that are not about permissions. */
    public @Nullable AccessDenied accessDenied() {
        return accessDenied;
    }

    /**
     * The message for the client, who sent all that it tells. For a wrong signature it goes on with the string that was to be
     * signed, which may hold a secret's value: not to be logged, unlike {@link #getMessage}.
     */
    public String answer() {
        return getMessage() + diagnostic;
    }

    /** The message; always present, unlike that of other exceptions. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** An error that has no factory of its own because only one place raises it. */
    public static KmsError of(int status, String code, String message) {
        return new KmsError(status, code, message, null, null);
    }

    /** 400: a parameter breaks its rule. */
    public static KmsError invalidParameter(String parameter, String rule) {
        return of(400, "InvalidParameter", "The specified parameter \"" + parameter + "\" is not valid. " + rule);
    }

    /** 400: a required parameter was not given. */
    public static KmsError missingParameter(String parameter) {
        return of(400, "MissingParameter", "The parameter \"" + parameter + "\" is needed but not provided.");
    }

    /** 400: bytes that cannot be read as a request. */
    public static KmsError malformedRequest(String detail) {
        return of(
                400,
                "ParseRequestParameterException",
                "Server parse parameters exception. Please check your input params. " + detail);
    }

    /** 413 or 431: more than the gateway reads. <em>Assumed</em>: no code is documented. */
    public static KmsError requestTooLarge(int status, String detail) {
        return of(status, "InvalidRequest.TooLarge", detail);
    }

    /** 403: neither GET nor POST. */
    public static KmsError unsupportedMethod() {
        return of(403, "UnsupportedHTTPMethod", "This http method is not supported.");
    }

    /** 404: an action that the API does not have, or the emulator does not. */
    public static KmsError unknownAction() {
        return of(404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method.");
    }

    /** 404: the host is that of a region that is not there. <em>Assumed</em>: the real one's name would not resolve. */
    public static KmsError unknownRegion(String detail) {
        return of(404, "InvalidRegionId.NotFound", "The specified region is not found. " + detail);
    }

    /** 400: a parameter that each request has, not given. */
    public static KmsError missingCommonParameter(String parameter) {
        return of(400, "Missing" + parameter, parameter + " is mandatory for this action.");
    }

    /** 400: a parameter that each request has, with a value that does not exist. */
    public static KmsError invalidCommonParameter(String parameter) {
        return of(400, "Invalid" + parameter, "Specified parameter " + parameter + " is not valid.");
    }

    /** 400: {@code Format} is neither JSON nor XML. */
    public static KmsError invalidFormat() {
        return of(400, "InvalidParameter.Format", "Specified parameter format is not valid.");
    }

    /** 404: no such secret, version or stage. */
    public static KmsError resourceNotFound(String detail) {
        return of(404, "Forbidden.ResourceNotFound", sentence("Resource not found", detail));
    }

    /** 404: no such key. */
    public static KmsError keyNotFound(String detail) {
        return of(
                404,
                "Forbidden.KeyNotFound",
                "The specified Key is not found." + (detail.isEmpty() ? "" : " " + detail));
    }

    /** 404: there is no such alias of a key. */
    public static KmsError aliasNotFound(String detail) {
        return of(404, "Forbidden.AliasNotFound", "The specified Alias is not found. " + detail);
    }

    /** 409: the key cannot be used in its state, such as {@code Disabled}. */
    public static KmsError keyState(String state) {
        return of(409, "Rejected." + state, "The request was rejected because the key state is " + state + ".");
    }

    /** 409: from the state that the key is in, it cannot get into the one that is asked for. */
    public static KmsError keyStateNotModified(String detail) {
        return of(409, "Rejected.StateModifiedFailed", "Keystate modified failed. " + detail);
    }

    /** 403: no such KMS instance. */
    public static KmsError kmsInstanceNotFound(String detail) {
        return of(403, "Forbidden.DKMSInstanceNotFound", "The specified DKMS Instance is not found. " + detail);
    }

    /** 409: the name or version id is taken. The spelling is the service's own. */
    public static KmsError resourceExists(String detail) {
        return of(
                409, "Rejected.ResourceExist", sentence("The request was rejected becasue key already exsit", detail));
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

    /** 409: the secret that is to be restored is not scheduled for deletion. */
    public static KmsError notInDeleteWindow() {
        return of(409, "Rejected.ResourceInUse", "restore normal secret");
    }

    /** 404: one of several resources to be tagged does not exist. The message is <em>assumed</em>. */
    public static KmsError resourceIdNotFound(String resourceId) {
        return of(404, "InvalidResourceId.NotFound", "The specified ResourceId is not found: " + resourceId);
    }

    /** 429: too many calls in a time. */
    public static KmsError throttled(String detail) {
        return of(429, "Rejected.Throttling", sentence("QPS Limit Exceeded", detail));
    }

    /** 409: a rotation of the secret is running. <em>Assumed</em>: only the message is documented. */
    public static KmsError beingRotated() {
        return of(409, "Rejected.ResourceInUse", "Your secret is being rotated, please try again later.");
    }

    /** 500: the service failed; the cause is for the emulator's own log. */
    public static KmsError internalFailure(String detail, @Nullable Throwable cause) {
        return new KmsError(500, "InternalFailure", sentence("Internal Failure", detail), cause, null);
    }

    /** 403: the caller's policies do not allow it. The message is the live one, {@code aliyun-openapi-java-sdk} issue 426. */
    public static KmsError noPermission(String resource, AccessDenied detail) {
        return denied("Forbidden.NoPermission", resource, detail);
    }

    /** 403: what {@link #noPermission} is to a dry run. The status is <em>assumed</em>. */
    public static KmsError dryRunDenied(String resource, AccessDenied detail) {
        return denied("AccessDeniedError", resource, detail);
    }

    /**
     * 403: the caller's policies do not allow it, as RDS says it. The code is <em>assumed</em>: the one of the APIs that leave
     * permissions to RAM.
     */
    public static KmsError forbiddenByRam(String resource, AccessDenied detail) {
        return new KmsError(
                403,
                "Forbidden.RAM",
                "User not authorized to operate on the specified resource, or this API doesn't support RAM: "
                        + resource,
                null,
                detail);
    }

    private static KmsError denied(String code, String resource, AccessDenied detail) {
        String operation = resource.equals("*") ? "This operation" : "This operation for " + resource;
        return new KmsError(403, code, operation + " is forbidden by permission system.", null, detail);
    }

    /** 429: more calls in a second than the quota allows. */
    public static KmsError throttled() {
        return of(429, "Rejected.Throttling", "QPS Limit Exceeded");
    }

    /** 400: a request in the parameter form names no access key. */
    public static KmsError missingAccessKeyId() {
        return of(400, "MissingAccessKeyId", "AccessKeyId is mandatory for this action.");
    }

    /** 404: no such access key. */
    public static KmsError accessKeyNotFound() {
        return of(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
    }

    /** 400: the access key is disabled. */
    public static KmsError accessKeyInactive() {
        return of(400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.");
    }

    /** 400: the key of a session came without the session's token. Source: "Common errors of AssumeRole". */
    public static KmsError missingSecurityToken() {
        return of(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.");
    }

    /** 400: the session has ended. The code is <em>observed</em> in clients, as those of the next two. */
    public static KmsError securityTokenExpired() {
        return of(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
    }

    /** 400: not a token that was issued. */
    public static KmsError securityTokenMalformed() {
        return of(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.");
    }

    /** 400: the token of another session. */
    public static KmsError securityTokenMismatch() {
        return of(
                400,
                "InvalidSecurityToken.MismatchWithAccessKey",
                "Specified SecurityToken mismatch with the AccessKey.");
    }

    /** 400: a part of the signature is missing or has the wrong shape. */
    public static KmsError incompleteSignature(String detail) {
        return of(
                400,
                "IncompleteSignature",
                sentence("The request signature does not conform to Alibaba Cloud standards", detail));
    }

    /** 400: an algorithm that is not supported. */
    public static KmsError invalidSignatureMethod(String detail) {
        return of(400, "InvalidSignatureMethod", sentence("Specified signature method is not valid", detail));
    }

    /** 400: a version of the parameter form other than 1.0. */
    public static KmsError invalidSignatureVersion() {
        return of(400, "InvalidSignatureVersion", "Specified parameter SignatureVersion is not valid.");
    }

    /** 400: the request says not when it was signed. */
    public static KmsError missingTimestamp() {
        return of(
                400,
                "IllegalTimestamp",
                "The input parameter \"Timestamp\" that is mandatory for processing this request is not supplied.");
    }

    /** 400: the time of signing is not in the form {@code yyyy-MM-ddTHH:mm:ssZ}. */
    public static KmsError invalidTimestampFormat() {
        return of(400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
    }

    /** 400: the time of signing is too far from the server's. */
    public static KmsError timestampExpired(String detail) {
        return of(400, "InvalidTimeStamp.Expired", sentence("Specified time stamp or date value is expired", detail));
    }

    /** 400: the request was seen before. */
    public static KmsError signatureNonceUsed() {
        return of(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
    }

    /**
     * 400: the signature is wrong. Like the service's, its {@link #answer} ends with the string that was to be signed, and
     * under HMAC-SHA1 that holds every parameter, secret data included. The classic SDK compares all that follows
     * {@code string to sign is:} with its own string and then knows that only the access key secret can be wrong, so
     * nothing may stand behind it.
     */
    public static KmsError signatureDoesNotMatch(String stringToSign) {
        return new KmsError(
                400,
                "SignatureDoesNotMatch",
                "Specified signature is not matched with our calculation.",
                null,
                null,
                " server string to sign is:" + stringToSign);
    }

    /** 400: the body is not the one that was signed. */
    public static KmsError contentHashDoesNotMatch() {
        return of(
                400,
                "SignatureDoesNotMatch",
                "Specified signature is not matched with our calculation. x-acs-content-sha256 is not the SHA-256 of"
                        + " the body that arrived, in lower-case hexadecimal.");
    }

    private static String sentence(String documented, String detail) {
        return detail.isEmpty() ? documented : documented + ". " + detail;
    }
}
