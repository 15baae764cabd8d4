package dev.tumbler.client;

import dev.tumbler.client.internal.codec.Answers;
import dev.tumbler.client.internal.codec.ApiCalls;
import dev.tumbler.client.internal.codec.SecretContent;
import dev.tumbler.client.model.CreateSecretRequest;
import dev.tumbler.client.model.CreateSecretResult;
import dev.tumbler.client.model.DescribeSecretRequest;
import dev.tumbler.client.model.DescribeSecretResult;
import dev.tumbler.client.model.GetSecretValueRequest;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.SecretType;
import dev.tumbler.client.model.VersionStage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Tells whether a secret that "exists" when CreateSecret is repeated was made by an earlier attempt: then it has our version
 * id and our value. Another caller that chose the same name, version id and value has made the same secret, so that the
 * answer is right for both.
 */
final class CreationInquiry implements Operation.Inquiry<CreateSecretResult> {
    private final CreateSecretRequest request;

    CreationInquiry(CreateSecretRequest request) {
        this.request = request;
    }

    @Override
    public CompletionStage<CreateSecretResult> after(CallFailure refusal, Operation.Reads reads) {
        if (!refusal.hasCode("Rejected.ResourceExist")) {
            return CompletableFuture.failedFuture(refusal);
        }
        return then(
                ourVersion(reads),
                found -> judged(found, refusal, reads),
                // Without our version it is somebody else's secret.
                failure -> failure.hasCode("Forbidden.ResourceNotFound") ? refusal : unknown(failure.what));
    }

    /** The service ignores the version id for managed secrets, and gives their current version instead. */
    private CompletionStage<GetSecretValueResult> ourVersion(Operation.Reads reads) {
        GetSecretValueRequest byId = GetSecretValueRequest.builder()
                .secretName(request.secretName())
                .versionId(request.versionId())
                .build();
        return reads.read(ApiCalls.of(byId), Answers::getSecretValue).thenCompose(found -> {
            if (isOurVersion(found)) {
                return CompletableFuture.completedFuture(found);
            }
            // Perhaps rotated in between: what was created is the previous version then.
            GetSecretValueRequest previous = GetSecretValueRequest.builder()
                    .secretName(request.secretName())
                    .versionStage(VersionStage.ACS_PREVIOUS)
                    .build();
            return reads.read(ApiCalls.of(previous), Answers::getSecretValue);
        });
    }

    private CompletionStage<CreateSecretResult> judged(
            GetSecretValueResult found, CallFailure refusal, Operation.Reads reads) {
        if (isOurVersion(found)) {
            if (SecretContent.isOf(
                    request.secretData().asString(), found.secretData().asString())) {
                return described(reads);
            }
            if (!isComparable()) {
                return CompletableFuture.failedFuture(unknown("the service has changed its value"));
            }
        }
        return CompletableFuture.failedFuture(refusal);
    }

    private CompletionStage<CreateSecretResult> described(Operation.Reads reads) {
        DescribeSecretRequest describe =
                DescribeSecretRequest.builder().secretName(request.secretName()).build();
        return then(
                reads.read(ApiCalls.of(describe), Answers::describeSecret),
                described -> CompletableFuture.completedFuture(result(described)),
                failure -> CallFailure.transport(
                        FailureKind.NO_ANSWER,
                        "the secret was created, but the answer was lost and DescribeSecret failed: " + failure.what,
                        null));
    }

    private CreateSecretResult result(DescribeSecretResult described) {
        return CreateSecretResult.builder()
                .arn(described.arn())
                .secretName(described.secretName())
                .versionId(request.versionId())
                .secretType(described.secretType())
                .dkmsInstanceId(described.dkmsInstanceId().orElse(null))
                .rotation(described.rotation())
                .extendedConfig(described.extendedConfig().orElse(null))
                .requestId(described.requestId())
                .build();
    }

    private boolean isOurVersion(GetSecretValueResult found) {
        return found.versionId().equals(request.versionId());
    }

    /** Of other types the forms are not all documented, and their value may be left to the service. */
    private boolean isComparable() {
        SecretType type = request.secretType().orElse(SecretType.GENERIC);
        return type.equals(SecretType.GENERIC) || type.equals(SecretType.RDS);
    }

    private static CallFailure unknown(String why) {
        return CallFailure.transport(
                FailureKind.NO_ANSWER,
                "an answer was lost, and the secret exists now; whether this call created it could not be read: " + why,
                null);
    }

    private static <A, B> CompletionStage<B> then(
            CompletionStage<A> read, Function<A, CompletionStage<B>> next, Function<CallFailure, CallFailure> failed) {
        return read.handle((value, failure) -> {
                    if (failure == null) {
                        return next.apply(value);
                    }
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    return CompletableFuture.<B>failedFuture(
                            cause instanceof CallFailure reason ? failed.apply(reason) : failure);
                })
                .thenCompose(stage -> stage);
    }
}
