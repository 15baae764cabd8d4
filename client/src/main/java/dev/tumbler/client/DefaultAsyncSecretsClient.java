package dev.tumbler.client;

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
import java.util.concurrent.CompletableFuture;

final class DefaultAsyncSecretsClient implements AsyncSecretsClient {
    private final CallPipeline pipeline;
    private final Operations operations;

    DefaultAsyncSecretsClient(CallPipeline pipeline, Operations operations) {
        this.pipeline = pipeline;
        this.operations = operations;
    }

    @Override
    public CompletableFuture<CreateSecretResult> createSecret(CreateSecretRequest request) {
        return pipeline.start(operations.of(request));
    }

    @Override
    public CompletableFuture<GetSecretValueResult> getSecretValue(GetSecretValueRequest request) {
        return pipeline.start(operations.of(request));
    }

    @Override
    public CompletableFuture<PutSecretValueResult> putSecretValue(PutSecretValueRequest request) {
        return pipeline.start(operations.of(request));
    }

    @Override
    public CompletableFuture<DescribeSecretResult> describeSecret(DescribeSecretRequest request) {
        return pipeline.start(operations.of(request));
    }

    @Override
    public CompletableFuture<Acknowledgement> updateSecret(UpdateSecretRequest request) {
        return pipeline.start(operations.of(request));
    }

    @Override
    public CompletableFuture<Page<SecretSummary>> listSecrets(ListSecretsRequest request) {
        return pipeline.start(operations.of(request));
    }

    @Override
    public CompletableFuture<Page<SecretVersion>> listSecretVersionIds(ListSecretVersionIdsRequest request) {
        return pipeline.start(operations.of(request));
    }

    @Override
    public CompletableFuture<Acknowledgement> updateSecretVersionStage(UpdateSecretVersionStageRequest request) {
        return pipeline.start(operations.of(request));
    }

    @Override
    public CompletableFuture<RotateSecretResult> rotateSecret(RotateSecretRequest request) {
        return pipeline.start(operations.of(request));
    }

    @Override
    public CompletableFuture<Acknowledgement> updateSecretRotationPolicy(UpdateSecretRotationPolicyRequest request) {
        return pipeline.start(operations.of(request));
    }

    @Override
    public CompletableFuture<DeleteSecretResult> deleteSecret(DeleteSecretRequest request) {
        return pipeline.start(operations.of(request));
    }

    @Override
    public CompletableFuture<Acknowledgement> restoreSecret(String secretName) {
        return pipeline.start(operations.restoreSecret(secretName));
    }

    @Override
    public CompletableFuture<GetRandomPasswordResult> getRandomPassword(GetRandomPasswordRequest request) {
        return pipeline.start(operations.of(request));
    }

    @Override
    public CompletableFuture<Acknowledgement> setSecretPolicy(String secretName, String policy) {
        return pipeline.start(operations.setSecretPolicy(secretName, policy));
    }

    @Override
    public CompletableFuture<GetSecretPolicyResult> getSecretPolicy(String secretName) {
        return pipeline.start(operations.getSecretPolicy(secretName));
    }

    @Override
    public CompletableFuture<Acknowledgement> tagResource(String secretName, Map<String, String> tags) {
        return pipeline.start(operations.tagResource(secretName, tags));
    }

    @Override
    public CompletableFuture<Acknowledgement> untagResource(String secretName, Collection<String> tagKeys) {
        return pipeline.start(operations.untagResource(secretName, tagKeys));
    }

    @Override
    public CompletableFuture<Acknowledgement> tagResources(Collection<String> secretNames, Map<String, String> tags) {
        return pipeline.start(operations.tagResources(secretNames, tags));
    }

    @Override
    public CompletableFuture<Acknowledgement> untagResources(UntagResourcesRequest request) {
        return pipeline.start(operations.of(request));
    }

    @Override
    public CompletableFuture<ListTagResourcesResult> listTagResources(ListTagResourcesRequest request) {
        return pipeline.start(operations.of(request));
    }
}
