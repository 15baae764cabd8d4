package dev.tumbler.client;

import dev.tumbler.client.auth.AccessKey;
import dev.tumbler.client.auth.ClientKey;
import dev.tumbler.client.auth.Credentials;
import dev.tumbler.client.internal.codec.ServiceError;
import dev.tumbler.client.internal.signing.ApiCall;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Writes the exceptions of one operation: what was attempted, what came back, what to check. */
final class FailureMessages {
    private static final int MAX_SERVICE_TEXT = 300;
    private static final Pattern STRING_TO_SIGN =
            Pattern.compile("(?:server\\s+)?string to sign", Pattern.CASE_INSENSITIVE);
    private static final Pattern ACTION = Pattern.compile("[a-z]{1,16}:[A-Za-z]{1,64}");
    private static final Pattern PRINCIPAL = Pattern.compile("[A-Za-z0-9._@:/-]{1,128}");
    private static final String TLS_ADVICE = "The certificate of the server is not trusted, or not for this host. A KMS"
            + " instance, a proxy that opens TLS and the emulator have an authority of their own: give its certificate to"
            + " caCertificate.";

    private static final String NOTHING_SENT =
            "Nothing was sent yet. Check the provider of credentials, and what it asks.";

    private final String attempted;
    private final ApiCall call;
    private volatile @Nullable Credentials credentials;
    private volatile boolean clockCorrected;

    /** @param place where the call went, like {@code in cn-hangzhou} */
    FailureMessages(ApiCall call, String place) {
        String secretName = call.parameters().get("SecretName");
        this.attempted = call.action()
                + (secretName == null ? "" : " \"" + secretName + "\"")
                + parameter("VersionId", call)
                + parameter("VersionStage", call)
                + " " + place;
        this.call = call;
    }

    private static String parameter(String name, ApiCall call) {
        String value = call.parameters().get(name);
        return value == null ? "" : ", " + name + " " + value + ",";
    }

    /** Keeps these credentials out of what the service is quoted with. */
    void hide(Credentials credentials) {
        this.credentials = credentials;
    }

    /** Says that the request was signed by the time of the service's answer. */
    void clockCorrected() {
        clockCorrected = true;
    }

    /** @param now the time of this machine */
    KmsException of(CallFailure failure, int attempts, Duration elapsed, Instant now) {
        ServiceError error = failure.error;
        return error == null ? transport(failure, attempts, elapsed) : service(failure, error, attempts, now);
    }

    private KmsServiceException service(CallFailure failure, ServiceError error, int attempts, Instant now) {
        int status = failure.status;
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
        text.append("\n  ").append(advice(error, status, now));
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
                if (failure.kind == FailureKind.THROTTLED) {
                    yield new ThrottledException(message, code, status, id, attempts, failure.retryAfter);
                }
                if (InvalidParameterException.isMeantBy(code)) {
                    yield new InvalidParameterException(message, code, status, id, attempts);
                }
                yield status == 401 || status == 403
                        ? new AccessDeniedException(message, code, status, id, attempts)
                        : new KmsServiceException(message, code, status, id, attempts, failure.retryAfter);
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
                failure.kind == FailureKind.UNUSABLE_ANSWER && failure.getCause() instanceof SSLException
                        ? TLS_ADVICE
                        : attempts == 0 ? NOTHING_SENT : advice(failure.kind));
        return new KmsTransportException(
                message, failure.kind, attempts, elapsed, failure.retryAfter, failure.getCause());
    }

    private String advice(ServiceError error, int status, Instant now) {
        String code = error.code();
        return switch (code) {
            case "Forbidden.ResourceNotFound" ->
                "No secret has this name, or it has no such version or stage. Check name, region and account.";
            case "Rejected.ResourceExist" -> "The name or the version id is taken. Choose another.";
            case "Rejected.ResourceInDeleteWindow" ->
                "The secret is scheduled for deletion. Restore it, or wait until it is gone.";
            case "InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.Inactive", "Forbidden.AccessKey" ->
                "The " + accessKey()
                        + " does not exist or is disabled, or its security token has expired. Check the credentials.";
            case "SignatureDoesNotMatch", "IncompleteSignature" ->
                "Check the " + (credentials instanceof ClientKey ? "private key" : "secret") + " of the " + accessKey()
                        + ", and that no proxy changes host, headers or body of requests.";
            case "Forbidden.NoPermission" -> grant(error);
            case "InvalidTimeStamp.Expired", "IllegalTimestamp" ->
                "This machine says that it is " + now.truncatedTo(ChronoUnit.SECONDS) + ". Set its clock."
                        + (clockCorrected ? " Signing by the time of the service's answer did not help." : "");
            case "InvalidTimeStamp.Format" ->
                "The time of the request has lost its form on the way. Check that no proxy changes requests.";
            case "InvalidSecurityToken.Expired",
                    "InvalidSecurityToken.Malformed",
                    "InvalidSecurityToken.MismatchWithAccessKey" ->
                "The security token has ended or is not that of the " + accessKey()
                        + ". Get new temporary credentials.";
            default -> {
                if (InvalidParameterException.isMeantBy(code)) {
                    yield "Correct the parameter; the API reference of " + call.action() + " has its rules.";
                }
                yield adviceOnAccountOrKey(code, advice(FailureKind.of(code, status)));
            }
        };
    }

    private static String adviceOnAccountOrKey(String code, String otherwise) {
        return switch (code) {
            case "Rejected.Unavailable" ->
                "The KMS instance has expired, or is not enabled yet. Renew it in the console.";
            case "Rejected.LimitExceeded" ->
                "The quota of the account or KMS instance is used up. Delete what is not needed, or have it raised.";
            case "Forbidden.InDebt", "Forbidden.InDebtOverdue" -> "The account is in debt. Pay its bills.";
            case "Forbidden.KmsServiceNotEnabled" -> "Activate KMS for this account in the console.";
            case "Forbidden.ProhibitedByRiskControl" -> "The account is held by risk control. Ask the support.";
            case "Forbidden.UbsmsInvalidUserid", "Forbidden.UbsmsInvalidBid" ->
                "The account may not use KMS. Check its state in the console.";
            case "Forbidden.KeyNotFound", "Forbidden.KeyVersionNotFound" ->
                "The key does not exist. Check its id, region, account and KMS instance.";
            case "Forbidden.AliasNotFound" -> "The alias does not exist. Check its name, region and account.";
            case "Forbidden.KeyPolicyUnSupported" -> "Only what is in a KMS instance can have a policy.";
            case "Rejected.Disabled" -> "Enable the key of the secret.";
            case "Rejected.PendingDeletion" -> "The key is scheduled for deletion. Cancel that, while it can be.";
            case "Rejected.PendingImport" -> "The key has no material yet. Import it.";
            case "Rejected.StateModifiedFailed" -> "The key is changing its state. Try again later.";
            case "Rejected.ResourceInUse" ->
                "The state of the secret does not allow it. Look at it with describeSecret.";
            case "Rejected.UnsupportedOperation" ->
                "Secrets or keys of this type do not have the operation. Check the type with describeSecret.";
            default -> otherwise;
        };
    }

    private static String advice(FailureKind kind) {
        return switch (kind) {
            case THROTTLED ->
                "Too many requests of this account in this region. Read through a SecretCache, spread the calls, or have the"
                        + " quota raised.";
            case UNAVAILABLE, INTERNAL -> "The service has a problem of its own. Try again later.";
            case UNREACHABLE -> "The service has not seen it. Check endpoint, region, DNS, proxy and firewall.";
            case NO_ANSWER -> "The operation may have been performed. Check the network and the timeouts.";
            case UNUSABLE_ANSWER -> "Check that the endpoint is KMS and no proxy.";
            case CLOCK_SKEW -> "Set the clock of this machine.";
            case REJECTED -> "The error table of the KMS API reference explains the code.";
        };
    }

    private String accessKey() {
        Credentials signedWith = credentials;
        if (signedWith == null) {
            return "access key";
        }
        return (signedWith instanceof ClientKey ? "client key " : "access key ") + signedWith.accessKeyId();
    }

    /** Says who lacks what, as far as the service tells. Of the answer to a write nothing is quoted. */
    private String grant(ServiceError error) {
        boolean told = ACTION.matcher(error.deniedAction()).matches()
                && !call.parameters().containsKey("SecretData");
        String action = told ? error.deniedAction() : "kms:" + call.action();
        String who = told && PRINCIPAL.matcher(error.deniedTo()).matches() && !isConfidential(error.deniedTo())
                ? error.deniedTo()
                : "the caller";
        return action.equals("kms:" + call.action())
                ? "Grant " + action + " on this secret to " + who + onItsKey() + "."
                : "Grant " + action + " on the secret's key to " + who + ".";
    }

    private String onItsKey() {
        return switch (call.action()) {
            case "GetSecretValue" -> ", and kms:Decrypt on its key if it was given one";
            case "CreateSecret", "PutSecretValue" -> ", and kms:GenerateDataKey on its key if it is given one";
            default -> "";
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
        Matcher quote = STRING_TO_SIGN.matcher(text);
        String line =
                (quote.find() ? text.substring(0, quote.start()) : text).strip().replaceAll("\\s+", " ");
        if (line.isEmpty() || line.contains("://") || isConfidential(line)) {
            return "";
        }
        return "The service says: "
                + (line.length() <= MAX_SERVICE_TEXT ? line : line.substring(0, MAX_SERVICE_TEXT) + "...");
    }

    private boolean isConfidential(String line) {
        return credentials instanceof AccessKey signedWith
                && (line.contains(signedWith.accessKeySecret())
                        || signedWith.securityToken().filter(line::contains).isPresent());
    }
}
