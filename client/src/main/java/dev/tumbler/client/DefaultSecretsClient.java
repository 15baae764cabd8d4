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

final class DefaultSecretsClient implements SecretsClient {
    private final CallPipeline pipeline;
    private final Operations operations;
    private final AsyncSecretsClient async;

    DefaultSecretsClient(CallPipeline pipeline, Operations operations) {
        this.pipeline = pipeline;
        this.operations = operations;
        this.async = new DefaultAsyncSecretsClient(pipeline, operations);
    }

    @Override
    public CreateSecretResult createSecret(CreateSecretRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public GetSecretValueResult getSecretValue(GetSecretValueRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public PutSecretValueResult putSecretValue(PutSecretValueRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public DescribeSecretResult describeSecret(DescribeSecretRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public Acknowledgement updateSecret(UpdateSecretRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public Page<SecretSummary> listSecrets(ListSecretsRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public Page<SecretVersion> listSecretVersionIds(ListSecretVersionIdsRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public Acknowledgement updateSecretVersionStage(UpdateSecretVersionStageRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public RotateSecretResult rotateSecret(RotateSecretRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public Acknowledgement updateSecretRotationPolicy(UpdateSecretRotationPolicyRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public DeleteSecretResult deleteSecret(DeleteSecretRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public Acknowledgement restoreSecret(String secretName) {
        return pipeline.call(operations.restoreSecret(secretName));
    }

    @Override
    public GetRandomPasswordResult getRandomPassword(GetRandomPasswordRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public Acknowledgement setSecretPolicy(String secretName, String policy) {
        return pipeline.call(operations.setSecretPolicy(secretName, policy));
    }

    @Override
    public GetSecretPolicyResult getSecretPolicy(String secretName) {
        return pipeline.call(operations.getSecretPolicy(secretName));
    }

    @Override
    public Acknowledgement tagResource(String secretName, Map<String, String> tags) {
        return pipeline.call(operations.tagResource(secretName, tags));
    }

    @Override
    public Acknowledgement untagResource(String secretName, Collection<String> tagKeys) {
        return pipeline.call(operations.untagResource(secretName, tagKeys));
    }

    @Override
    public Acknowledgement tagResources(Collection<String> secretNames, Map<String, String> tags) {
        return pipeline.call(operations.tagResources(secretNames, tags));
    }

    @Override
    public Acknowledgement untagResources(UntagResourcesRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public ListTagResourcesResult listTagResources(ListTagResourcesRequest request) {
        return pipeline.call(operations.of(request));
    }

    @Override
    public AsyncSecretsClient async() {
        return async;
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
