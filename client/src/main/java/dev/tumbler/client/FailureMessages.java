package dev.tumbler.client;

import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.internal.codec.ServiceError;
import dev.tumbler.client.internal.signing.ApiCall;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the exceptions of one operation: what was attempted, what came back, what to check. */
final class FailureMessages {
    private static final int MAX_SERVICE_TEXT = 300;

    private final String attempted;
    private final ApiCall call;
    private volatile @Nullable Credentials credentials;

    /** @param place where the call went, like {@code in cn-hangzhou} */
    FailureMessages(ApiCall call, String place) {
        String secretName = call.parameters().get("SecretName");
        this.attempted = call.action() + (secretName == null ? "" : " \"" + secretName + "\"") + " " + place;
        this.call = call;
    }

    /** Keeps these credentials out of what the service is quoted with. */
    void hide(Credentials credentials) {
        this.credentials = credentials;
    }

    KmsException of(CallFailure failure, int attempts, Duration elapsed) {
        ServiceError error = failure.error;
        return error == null ? transport(failure, attempts, elapsed) : service(error, failure.status, attempts);
    }

    private KmsServiceException service(ServiceError error, int status, int attempts) {
        String code = error.code();
        String id = error.requestId();
        StringBuilder text = new StringBuilder(attempted)
                .append(": ")
                .append(code)
                .append(" (")
                .append(status)
                .append(')');
        if (attempts > 1) {
            text.append(" after ").append(attempts).append(" attempts");
        }
        if (!id.isEmpty()) {
            text.append(", request ").append(id);
        }
        String said = harmless(error.message());
        if (!said.isEmpty()) {
            text.append("\n  ").append(said);
        }
        text.append("\n  ").append(advice(code, status));
        String message = text.toString();
        return switch (code) {
            case "Forbidden.ResourceNotFound" -> new SecretNotFoundException(message, code, status, id, attempts);
            case "Rejected.ResourceExist" -> new SecretExistsException(message, code, status, id, attempts);
            case "Rejected.ResourceInDeleteWindow" -> new PendingDeletionException(message, code, status, id, attempts);
            case "InvalidAccessKeyId.NotFound",
                    "InvalidAccessKeyId.Inactive",
                    "SignatureDoesNotMatch",
                    "IncompleteSignature",
                    "InvalidSecurityToken.Expired",
                    "InvalidSecurityToken.Malformed",
                    "InvalidSecurityToken.MismatchWithAccessKey" ->
                new AccessDeniedException(message, code, status, id, attempts);
            default -> {
                if (FailureKind.of(code, status) == FailureKind.THROTTLED) {
                    yield new ThrottledException(message, code, status, id, attempts);
                }
                yield status == 401 || status == 403
                        ? new AccessDeniedException(message, code, status, id, attempts)
                        : new KmsServiceException(message, code, status, id, attempts);
            }
        };
    }

    private KmsTransportException transport(CallFailure failure, int attempts, Duration elapsed) {
        String tries = attempts == 1 ? "1 attempt" : attempts + " attempts";
        String message = String.format(
                Locale.ROOT,
                "%s: %s; %s in %.1f s\n  %s",
                attempted,
                failure.what,
                tries,
                elapsed.toMillis() / 1000.0,
                advice(failure.kind));
        return new KmsTransportException(message, failure.kind, attempts, elapsed, failure.getCause());
    }

    private static String advice(String code, int status) {
        return switch (code) {
            case "Forbidden.ResourceNotFound" ->
                "No secret has this name, or it has no such version or stage. Check name, region and account.";
            case "Rejected.ResourceExist" -> "The name or the version id is taken. Choose another.";
            case "Rejected.ResourceInDeleteWindow" ->
                "The secret is scheduled for deletion. Restore it, or wait until it is gone.";
            case "InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.Inactive", "Forbidden.AccessKey" ->
                "The access key does not exist or is disabled, or the security token has expired. Check the credentials.";
            case "SignatureDoesNotMatch", "IncompleteSignature" ->
                "Check the access key secret, and that no proxy changes host, headers or body of requests.";
            case "Forbidden.NoPermission" ->
                "Grant this action on this secret, and kms:Decrypt or kms:GenerateDataKey on its key.";
            case "InvalidTimeStamp.Expired", "IllegalTimestamp" -> "Set the clock of this machine.";
            default -> advice(FailureKind.of(code, status));
        };
    }

    private static String advice(FailureKind kind) {
        return switch (kind) {
            case THROTTLED -> "Too many requests. Read through a SecretCache, or spread the calls.";
            case UNAVAILABLE, INTERNAL -> "The service has a problem of its own. Try again later.";
            case UNREACHABLE -> "Check endpoint, region, DNS, proxy and firewall.";
            case NO_ANSWER -> "The operation may have been performed. Check the network and the timeouts.";
            case UNUSABLE_ANSWER -> "Check that the endpoint is KMS and no proxy, and that its certificate is trusted.";
            case CLOCK_SKEW -> "Set the clock of this machine.";
            case REJECTED -> "The error table of the KMS API reference explains the code.";
        };
    }

    /**
     * Returns what may be shown of the service's own text, in one line. When a signature does not match, the service
     * quotes the string to sign, which under HMAC-SHA1 holds all parameters. And its answer to a write can quote any part
     * of the secret data, so that of such a text only the names of our parameters are told.
     */
    private String harmless(String text) {
        if (call.parameters().containsKey("SecretData")) {
            List<String> named = call.parameters().keySet().stream()
                    .filter(name -> text.contains("\"" + name + "\""))
                    .sorted()
                    .toList();
            return named.isEmpty() ? "" : "The service names " + String.join(", ", named) + ".";
        }
        int quote = text.toLowerCase(Locale.ROOT).indexOf("string to sign");
        String line = (quote < 0 ? text : text.substring(0, quote)).strip().replaceAll("\\s+", " ");
        if (line.isEmpty() || line.contains("://") || isConfidential(line)) {
            return "";
        }
        return "The service says: "
                + (line.length() <= MAX_SERVICE_TEXT ? line : line.substring(0, MAX_SERVICE_TEXT) + "...");
    }

    private boolean isConfidential(String line) {
        Credentials signedWith = credentials;
        return signedWith != null
                && (line.contains(signedWith.accessKeySecret())
                        || signedWith.securityToken().filter(line::contains).isPresent());
    }
}
