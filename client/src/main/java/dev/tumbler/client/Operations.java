package dev.tumbler.client;

import dev.tumbler.client.internal.codec.AnswerDecoder;
import dev.tumbler.client.internal.codec.Answers;
import dev.tumbler.client.internal.codec.ApiCalls;
import dev.tumbler.client.internal.signing.ApiCall;
import dev.tumbler.client.model.Acknowledgement;
import dev.tumbler.client.model.CreateSecretRequest;
import dev.tumbler.client.model.CreateSecretResult;
import dev.tumbler.client.model.DeleteSecretRequest;
import dev.tumbler.client.model.DeleteSecretResult;
import dev.tumbler.client.model.DescribeSecretRequest;
import dev.tumbler.client.model.DescribeSecretResult;
import dev.tumbler.client.model.GetRandomPasswordRequest;
import dev.tumbler.client.model.GetRandomPasswordResult;
import dev.tumbler.client.model.GetSecretPolicyResult;
import dev.tumbler.client.model.GetSecretValueRequest;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.ListSecretVersionIdsRequest;
import dev.tumbler.client.model.ListSecretsRequest;
import dev.tumbler.client.model.ListTagResourcesRequest;
import dev.tumbler.client.model.ListTagResourcesResult;
import dev.tumbler.client.model.Page;
import dev.tumbler.client.model.PutSecretValueRequest;
import dev.tumbler.client.model.PutSecretValueResult;
import dev.tumbler.client.model.RotateSecretRequest;
import dev.tumbler.client.model.RotateSecretResult;
import dev.tumbler.client.model.SecretSummary;
import dev.tumbler.client.model.SecretVersion;
import dev.tumbler.client.model.UntagResourcesRequest;
import dev.tumbler.client.model.UpdateSecretRequest;
import dev.tumbler.client.model.UpdateSecretRotationPolicyRequest;
import dev.tumbler.client.model.UpdateSecretVersionStageRequest;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operation for each request, the same for both views of the client. */
final class Operations {
    private final @Nullable String region;

    /** @param region the region, which the actions on several resources ask for; null if nobody gave one */
    Operations(@Nullable String region) {
        this.region = region;
    }

    /** Builds a request on the spot. */
    static <B, R> R built(B builder, Consumer<? super B> values, Function<? super B, R> build) {
        values.accept(builder);
        return build.apply(builder);
    }

    Operation<CreateSecretResult> of(CreateSecretRequest request) {
        return new Operation<>(
                ApiCalls.of(request), Answers::createSecret, FailureKind::isTemporary, new CreationInquiry(request));
    }

    Operation<GetSecretValueResult> of(GetSecretValueRequest request) {
        return request.retryThrottled()
                ? repeatable(ApiCalls.of(request), Answers::getSecretValue)
                : new Operation<>(
                        ApiCalls.of(request),
                        Answers::getSecretValue,
                        kind -> kind.isTemporary() && kind != FailureKind.THROTTLED);
    }

    Operation<PutSecretValueResult> of(PutSecretValueRequest request) {
        return repeatable(ApiCalls.of(request), Answers::putSecretValue);
    }

    Operation<DescribeSecretResult> of(DescribeSecretRequest request) {
        return repeatable(ApiCalls.of(request), Answers::describeSecret);
    }

    Operation<Acknowledgement> of(UpdateSecretRequest request) {
        return repeatable(ApiCalls.of(request), Answers::acknowledgement);
    }

    Operation<Page<SecretSummary>> of(ListSecretsRequest request) {
        return repeatable(ApiCalls.of(request), Answers::listSecrets);
    }

    Operation<Page<SecretVersion>> of(ListSecretVersionIdsRequest request) {
        return repeatable(ApiCalls.of(request), Answers::listSecretVersionIds);
    }

    Operation<Acknowledgement> of(UpdateSecretVersionStageRequest request) {
        return once(ApiCalls.of(request), Answers::acknowledgement);
    }

    Operation<RotateSecretResult> of(RotateSecretRequest request) {
        return repeatable(ApiCalls.of(request), Answers::rotateSecret);
    }

    Operation<Acknowledgement> of(UpdateSecretRotationPolicyRequest request) {
        return repeatable(ApiCalls.of(request), Answers::acknowledgement);
    }

    Operation<DeleteSecretResult> of(DeleteSecretRequest request) {
        return once(ApiCalls.of(request), Answers::deleteSecret);
    }

    Operation<Acknowledgement> restoreSecret(String secretName) {
        return once(ApiCalls.restoreSecret(secretName), Answers::acknowledgement);
    }

    Operation<GetRandomPasswordResult> of(GetRandomPasswordRequest request) {
        return repeatable(ApiCalls.of(request), Answers::getRandomPassword);
    }

    Operation<Acknowledgement> setSecretPolicy(String secretName, String policy) {
        return repeatable(ApiCalls.setSecretPolicy(secretName, policy), Answers::acknowledgement);
    }

    Operation<GetSecretPolicyResult> getSecretPolicy(String secretName) {
        return repeatable(ApiCalls.getSecretPolicy(secretName), Answers::getSecretPolicy);
    }

    Operation<Acknowledgement> tagResource(String secretName, Map<String, String> tags) {
        return repeatable(ApiCalls.tagResource(secretName, tags), Answers::acknowledgement);
    }

    Operation<Acknowledgement> untagResource(String secretName, Collection<String> tagKeys) {
        return repeatable(ApiCalls.untagResource(secretName, tagKeys), Answers::acknowledgement);
    }

    Operation<Acknowledgement> tagResources(Collection<String> secretNames, Map<String, String> tags) {
        return repeatable(ApiCalls.tagResources(region("TagResources"), secretNames, tags), Answers::acknowledgement);
    }

    Operation<Acknowledgement> of(UntagResourcesRequest request) {
        return repeatable(ApiCalls.of(request, region("UntagResources")), Answers::acknowledgement);
    }

    Operation<ListTagResourcesResult> of(ListTagResourcesRequest request) {
        return repeatable(ApiCalls.of(request, region("ListTagResources")), Answers::listTagResources);
    }

    private String region(String action) {
        if (region == null) {
            throw new IllegalStateException(
                    action + " needs the region: give it to the SecretsClientBuilder, beside the endpoint");
        }
        return region;
    }

    /** For reads, and for writes that leave the same state when they are performed twice. */
    private static <T> Operation<T> repeatable(ApiCall call, AnswerDecoder<T> decoder) {
        return new Operation<>(call, decoder, FailureKind::isTemporary);
    }

    /** For writes that fail or do something else the second time. */
    private static <T> Operation<T> once(ApiCall call, AnswerDecoder<T> decoder) {
        return new Operation<>(call, decoder, kind -> kind.isTemporary() && !kind.isPossiblyPerformed());
    }
}
