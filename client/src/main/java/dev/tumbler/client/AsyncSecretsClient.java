package dev.tumbler.client;

import static dev.tumbler.client.Operations.built;

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
import java.util.function.Consumer;

/**
 * The operations of a {@link SecretsClient} without waiting: the same requests, results, retries and deadline, with a
 * future of the result. The thread of the caller does nothing but start the call. Requests under way take a thread of the
 * client each, at most 64 at a time, and further ones wait for their turn without a thread; so do pauses.
 *
 * <p>A future fails with what the operation of the same name throws: {@link KmsServiceException},
 * {@link KmsTransportException}, or the {@link IllegalStateException} of a provider that has no credentials.
 * {@code join()} wraps it in a {@link java.util.concurrent.CompletionException}. A request that cannot be built and a
 * client that is closed throw {@link IllegalStateException} at once. Closing the client fails all futures.
 *
 * <p>Cancelling a future, or completing it in any other way, gives the call up: what is under way is broken off, and
 * nothing is sent again. The service may have performed the operation all the same. Futures derived from it, as by
 * {@code thenApply}, do not pass their own cancellation on to it.
 *
 * <p>Futures are completed on threads of the client. What depends on them should not block there; the {@code Async} forms
 * of {@link CompletableFuture} move it elsewhere.
 *
 * <p>Get it from {@link SecretsClient#async()}. Thread-safe.
 */
public interface AsyncSecretsClient {
    /** As {@link SecretsClient#createSecret(CreateSecretRequest)}. */
    CompletableFuture<CreateSecretResult> createSecret(CreateSecretRequest request);

    /** As {@link #createSecret(CreateSecretRequest)}, with a request built on the spot. */
    default CompletableFuture<CreateSecretResult> createSecret(Consumer<CreateSecretRequest.Builder> request) {
        return createSecret(built(CreateSecretRequest.builder(), request, CreateSecretRequest.Builder::build));
    }

    /** As {@link SecretsClient#getSecretValue(GetSecretValueRequest)}. */
    CompletableFuture<GetSecretValueResult> getSecretValue(GetSecretValueRequest request);

    /** As {@link #getSecretValue(GetSecretValueRequest)}, with a request built on the spot. */
    default CompletableFuture<GetSecretValueResult> getSecretValue(Consumer<GetSecretValueRequest.Builder> request) {
        return getSecretValue(built(GetSecretValueRequest.builder(), request, GetSecretValueRequest.Builder::build));
    }

    /** Reads the current value of a secret, that of the version marked {@code ACSCurrent}. */
    default CompletableFuture<GetSecretValueResult> getSecretValue(String secretName) {
        return getSecretValue(request -> request.secretName(secretName));
    }

    /** As {@link SecretsClient#putSecretValue(PutSecretValueRequest)}. */
    CompletableFuture<PutSecretValueResult> putSecretValue(PutSecretValueRequest request);

    /** As {@link #putSecretValue(PutSecretValueRequest)}, with a request built on the spot. */
    default CompletableFuture<PutSecretValueResult> putSecretValue(Consumer<PutSecretValueRequest.Builder> request) {
        return putSecretValue(built(PutSecretValueRequest.builder(), request, PutSecretValueRequest.Builder::build));
    }

    /** Stores a new current version of a generic secret. */
    default CompletableFuture<PutSecretValueResult> putSecretValue(
            String secretName, String versionId, String secretData) {
        return putSecretValue(
                request -> request.secretName(secretName).versionId(versionId).secretData(secretData));
    }

    /** As {@link SecretsClient#describeSecret(DescribeSecretRequest)}. */
    CompletableFuture<DescribeSecretResult> describeSecret(DescribeSecretRequest request);

    /** As {@link #describeSecret(DescribeSecretRequest)}, with a request built on the spot. */
    default CompletableFuture<DescribeSecretResult> describeSecret(Consumer<DescribeSecretRequest.Builder> request) {
        return describeSecret(built(DescribeSecretRequest.builder(), request, DescribeSecretRequest.Builder::build));
    }

    /** As {@link SecretsClient#updateSecret(UpdateSecretRequest)}. */
    CompletableFuture<Acknowledgement> updateSecret(UpdateSecretRequest request);

    /** As {@link #updateSecret(UpdateSecretRequest)}, with a request built on the spot. */
    default CompletableFuture<Acknowledgement> updateSecret(Consumer<UpdateSecretRequest.Builder> request) {
        return updateSecret(built(UpdateSecretRequest.builder(), request, UpdateSecretRequest.Builder::build));
    }

    /** As {@link SecretsClient#listSecrets(ListSecretsRequest)}. */
    CompletableFuture<Page<SecretSummary>> listSecrets(ListSecretsRequest request);

    /** As {@link #listSecrets(ListSecretsRequest)}, with a request built on the spot. */
    default CompletableFuture<Page<SecretSummary>> listSecrets(Consumer<ListSecretsRequest.Builder> request) {
        return listSecrets(built(ListSecretsRequest.builder(), request, ListSecretsRequest.Builder::build));
    }

    /** As {@link SecretsClient#listSecretVersionIds(ListSecretVersionIdsRequest)}. */
    CompletableFuture<Page<SecretVersion>> listSecretVersionIds(ListSecretVersionIdsRequest request);

    /** As {@link #listSecretVersionIds(ListSecretVersionIdsRequest)}, with a request built on the spot. */
    default CompletableFuture<Page<SecretVersion>> listSecretVersionIds(
            Consumer<ListSecretVersionIdsRequest.Builder> request) {
        return listSecretVersionIds(
                built(ListSecretVersionIdsRequest.builder(), request, ListSecretVersionIdsRequest.Builder::build));
    }

    /** As {@link SecretsClient#updateSecretVersionStage(UpdateSecretVersionStageRequest)}. */
    CompletableFuture<Acknowledgement> updateSecretVersionStage(UpdateSecretVersionStageRequest request);

    /** As {@link #updateSecretVersionStage(UpdateSecretVersionStageRequest)}, with a request built on the spot. */
    default CompletableFuture<Acknowledgement> updateSecretVersionStage(
            Consumer<UpdateSecretVersionStageRequest.Builder> request) {
        return updateSecretVersionStage(built(
                UpdateSecretVersionStageRequest.builder(), request, UpdateSecretVersionStageRequest.Builder::build));
    }

    /** As {@link SecretsClient#rotateSecret(RotateSecretRequest)}. */
    CompletableFuture<RotateSecretResult> rotateSecret(RotateSecretRequest request);

    /** As {@link #rotateSecret(RotateSecretRequest)}, with a request built on the spot. */
    default CompletableFuture<RotateSecretResult> rotateSecret(Consumer<RotateSecretRequest.Builder> request) {
        return rotateSecret(built(RotateSecretRequest.builder(), request, RotateSecretRequest.Builder::build));
    }

    /** Rotates a managed secret now; the new version gets this id. */
    default CompletableFuture<RotateSecretResult> rotateSecret(String secretName, String versionId) {
        return rotateSecret(request -> request.secretName(secretName).versionId(versionId));
    }

    /** As {@link SecretsClient#updateSecretRotationPolicy(UpdateSecretRotationPolicyRequest)}. */
    CompletableFuture<Acknowledgement> updateSecretRotationPolicy(UpdateSecretRotationPolicyRequest request);

    /** As {@link #updateSecretRotationPolicy(UpdateSecretRotationPolicyRequest)}, with a request built on the spot. */
    default CompletableFuture<Acknowledgement> updateSecretRotationPolicy(
            Consumer<UpdateSecretRotationPolicyRequest.Builder> request) {
        return updateSecretRotationPolicy(built(
                UpdateSecretRotationPolicyRequest.builder(),
                request,
                UpdateSecretRotationPolicyRequest.Builder::build));
    }

    /** As {@link SecretsClient#deleteSecret(DeleteSecretRequest)}. */
    CompletableFuture<DeleteSecretResult> deleteSecret(DeleteSecretRequest request);

    /** As {@link #deleteSecret(DeleteSecretRequest)}, with a request built on the spot. */
    default CompletableFuture<DeleteSecretResult> deleteSecret(Consumer<DeleteSecretRequest.Builder> request) {
        return deleteSecret(built(DeleteSecretRequest.builder(), request, DeleteSecretRequest.Builder::build));
    }

    /** As {@link SecretsClient#restoreSecret}. */
    CompletableFuture<Acknowledgement> restoreSecret(String secretName);

    /** As {@link SecretsClient#getRandomPassword(GetRandomPasswordRequest)}. */
    CompletableFuture<GetRandomPasswordResult> getRandomPassword(GetRandomPasswordRequest request);

    /** As {@link #getRandomPassword(GetRandomPasswordRequest)}, with a request built on the spot. */
    default CompletableFuture<GetRandomPasswordResult> getRandomPassword(
            Consumer<GetRandomPasswordRequest.Builder> request) {
        return getRandomPassword(
                built(GetRandomPasswordRequest.builder(), request, GetRandomPasswordRequest.Builder::build));
    }

    /** As {@link SecretsClient#setSecretPolicy}. */
    CompletableFuture<Acknowledgement> setSecretPolicy(String secretName, String policy);

    /** As {@link SecretsClient#getSecretPolicy}. */
    CompletableFuture<GetSecretPolicyResult> getSecretPolicy(String secretName);

    /** As {@link SecretsClient#tagResource}. */
    CompletableFuture<Acknowledgement> tagResource(String secretName, Map<String, String> tags);

    /** As {@link SecretsClient#untagResource}. */
    CompletableFuture<Acknowledgement> untagResource(String secretName, Collection<String> tagKeys);

    /** As {@link SecretsClient#tagResources}. */
    CompletableFuture<Acknowledgement> tagResources(Collection<String> secretNames, Map<String, String> tags);

    /** As {@link SecretsClient#untagResources(UntagResourcesRequest)}. */
    CompletableFuture<Acknowledgement> untagResources(UntagResourcesRequest request);

    /** As {@link #untagResources(UntagResourcesRequest)}, with a request built on the spot. */
    default CompletableFuture<Acknowledgement> untagResources(Consumer<UntagResourcesRequest.Builder> request) {
        return untagResources(built(UntagResourcesRequest.builder(), request, UntagResourcesRequest.Builder::build));
    }

    /** As {@link SecretsClient#listTagResources(ListTagResourcesRequest)}. */
    CompletableFuture<ListTagResourcesResult> listTagResources(ListTagResourcesRequest request);

    /** As {@link #listTagResources(ListTagResourcesRequest)}, with a request built on the spot. */
    default CompletableFuture<ListTagResourcesResult> listTagResources(
            Consumer<ListTagResourcesRequest.Builder> request) {
        return listTagResources(
                built(ListTagResourcesRequest.builder(), request, ListTagResourcesRequest.Builder::build));
    }
}
