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
import dev.tumbler.client.model.SecretTag;
import dev.tumbler.client.model.SecretVersion;
import dev.tumbler.client.model.UntagResourcesRequest;
import dev.tumbler.client.model.UpdateSecretRequest;
import dev.tumbler.client.model.UpdateSecretRotationPolicyRequest;
import dev.tumbler.client.model.UpdateSecretVersionStageRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The secrets of Alibaba Cloud KMS, API version 2016-01-20.
 *
 * <p>All operations block until there is an answer, retries included, for at most the call timeout. They throw
 * {@link KmsServiceException} if the service answered with an error, {@link KmsTransportException} if no usable answer
 * came, and {@link IllegalStateException} if there are no credentials or the client is closed. An interrupted thread
 * gets a {@link KmsTransportException} at once and keeps its interrupt flag.
 *
 * <p>Thread-safe; one client serves a whole application. It has no threads until the first call and only daemon threads
 * after it. Whoever builds it closes it.
 *
 * <p>Every read asks the service. For a value that is needed again and again use a
 * {@link dev.tumbler.client.cache.SecretCache}.
 */
public interface SecretsClient extends AutoCloseable {
    /** Returns a builder of a client. */
    static SecretsClientBuilder builder() {
        return new SecretsClientBuilder();
    }

    /**
     * Creates a secret with its first version. Not repeated if the answer was lost: a {@link KmsTransportException} then says
     * that the secret may exist, and {@link #describeSecret(String)} tells.
     *
     * @throws SecretExistsException if the name is taken
     * @throws PendingDeletionException if the name is taken by a secret that is scheduled for deletion
     */
    CreateSecretResult createSecret(CreateSecretRequest request);

    /** As {@link #createSecret(CreateSecretRequest)}, with a request built on the spot. */
    default CreateSecretResult createSecret(Consumer<CreateSecretRequest.Builder> request) {
        return createSecret(built(CreateSecretRequest.builder(), request, CreateSecretRequest.Builder::build));
    }

    /**
     * Reads the value of a version.
     *
     * @throws SecretNotFoundException if no such secret, version or stage exists
     * @throws PendingDeletionException if the secret is scheduled for deletion
     */
    GetSecretValueResult getSecretValue(GetSecretValueRequest request);

    /** As {@link #getSecretValue(GetSecretValueRequest)}, with a request built on the spot. */
    default GetSecretValueResult getSecretValue(Consumer<GetSecretValueRequest.Builder> request) {
        return getSecretValue(built(GetSecretValueRequest.builder(), request, GetSecretValueRequest.Builder::build));
    }

    /** Reads the current value of a secret, that of the version marked {@code ACSCurrent}. */
    default GetSecretValueResult getSecretValue(String secretName) {
        return getSecretValue(request -> request.secretName(secretName));
    }

    /**
     * Stores a new version of a generic secret.
     *
     * @throws SecretNotFoundException if no such secret exists
     * @throws SecretExistsException if the version id is taken by other data
     */
    PutSecretValueResult putSecretValue(PutSecretValueRequest request);

    /** As {@link #putSecretValue(PutSecretValueRequest)}, with a request built on the spot. */
    default PutSecretValueResult putSecretValue(Consumer<PutSecretValueRequest.Builder> request) {
        return putSecretValue(built(PutSecretValueRequest.builder(), request, PutSecretValueRequest.Builder::build));
    }

    /** Stores a new current version of a generic secret. */
    default PutSecretValueResult putSecretValue(String secretName, String versionId, String secretData) {
        return putSecretValue(
                request -> request.secretName(secretName).versionId(versionId).secretData(secretData));
    }

    /**
     * Reads what is known about a secret, without its value. Secrets scheduled for deletion can be described too.
     *
     * @throws SecretNotFoundException if no such secret exists
     */
    DescribeSecretResult describeSecret(DescribeSecretRequest request);

    /** As {@link #describeSecret(DescribeSecretRequest)}, with a request built on the spot. */
    default DescribeSecretResult describeSecret(Consumer<DescribeSecretRequest.Builder> request) {
        return describeSecret(built(DescribeSecretRequest.builder(), request, DescribeSecretRequest.Builder::build));
    }

    /** Reads what is known about a secret, without its value and tags. */
    default DescribeSecretResult describeSecret(String secretName) {
        return describeSecret(request -> request.secretName(secretName));
    }

    /**
     * Changes the description of a secret, or the custom data of a managed one.
     *
     * @throws SecretNotFoundException if no such secret exists
     * @throws PendingDeletionException if the secret is scheduled for deletion
     */
    Acknowledgement updateSecret(UpdateSecretRequest request);

    /** As {@link #updateSecret(UpdateSecretRequest)}, with a request built on the spot. */
    default Acknowledgement updateSecret(Consumer<UpdateSecretRequest.Builder> request) {
        return updateSecret(built(UpdateSecretRequest.builder(), request, UpdateSecretRequest.Builder::build));
    }

    /** Reads one page of the list of secrets; {@link #listSecretsPaginator(ListSecretsRequest)} reads them all. */
    Page<SecretSummary> listSecrets(ListSecretsRequest request);

    /** As {@link #listSecrets(ListSecretsRequest)}, with a request built on the spot. */
    default Page<SecretSummary> listSecrets(Consumer<ListSecretsRequest.Builder> request) {
        return listSecrets(built(ListSecretsRequest.builder(), request, ListSecretsRequest.Builder::build));
    }

    /** Reads the first page of the list of secrets, with the service's page size of 10. */
    default Page<SecretSummary> listSecrets() {
        return listSecrets(request -> {});
    }

    /**
     * Returns all secrets that a request asks for, from its page on. A greater {@code pageSize} saves requests.
     */
    default Paginator<SecretSummary> listSecretsPaginator(ListSecretsRequest request) {
        return Paginator.of(
                request,
                this::listSecrets,
                Page::items,
                (asked, page) -> page.hasNext()
                        ? asked.toBuilder().pageNumber(page.pageNumber() + 1).build()
                        : null);
    }

    /** As {@link #listSecretsPaginator(ListSecretsRequest)}, with a request built on the spot. */
    default Paginator<SecretSummary> listSecretsPaginator(Consumer<ListSecretsRequest.Builder> request) {
        return listSecretsPaginator(built(ListSecretsRequest.builder(), request, ListSecretsRequest.Builder::build));
    }

    /** Returns all secrets, read in pages of 100. */
    default Paginator<SecretSummary> listSecretsPaginator() {
        return listSecretsPaginator(request -> request.pageSize(100));
    }

    /**
     * Reads one page of the versions of a secret, without their values;
     * {@link #listSecretVersionIdsPaginator(ListSecretVersionIdsRequest)} reads them all.
     *
     * @throws SecretNotFoundException if no such secret exists
     */
    Page<SecretVersion> listSecretVersionIds(ListSecretVersionIdsRequest request);

    /** As {@link #listSecretVersionIds(ListSecretVersionIdsRequest)}, with a request built on the spot. */
    default Page<SecretVersion> listSecretVersionIds(Consumer<ListSecretVersionIdsRequest.Builder> request) {
        return listSecretVersionIds(
                built(ListSecretVersionIdsRequest.builder(), request, ListSecretVersionIdsRequest.Builder::build));
    }

    /** Reads the first page of the versions of a secret that have a stage, with the service's page size of 20. */
    default Page<SecretVersion> listSecretVersionIds(String secretName) {
        return listSecretVersionIds(request -> request.secretName(secretName));
    }

    /** Returns all versions of a secret that a request asks for, from its page on. */
    default Paginator<SecretVersion> listSecretVersionIdsPaginator(ListSecretVersionIdsRequest request) {
        return Paginator.of(
                request,
                this::listSecretVersionIds,
                Page::items,
                (asked, page) -> page.hasNext()
                        ? asked.toBuilder().pageNumber(page.pageNumber() + 1).build()
                        : null);
    }

    /** As {@link #listSecretVersionIdsPaginator(ListSecretVersionIdsRequest)}, with a request built on the spot. */
    default Paginator<SecretVersion> listSecretVersionIdsPaginator(
            Consumer<ListSecretVersionIdsRequest.Builder> request) {
        return listSecretVersionIdsPaginator(
                built(ListSecretVersionIdsRequest.builder(), request, ListSecretVersionIdsRequest.Builder::build));
    }

    /**
     * Moves a stage of a generic secret to another version, or takes a custom one away. Not repeated if the answer was lost.
     *
     * @throws SecretNotFoundException if no such secret or version exists
     */
    Acknowledgement updateSecretVersionStage(UpdateSecretVersionStageRequest request);

    /** As {@link #updateSecretVersionStage(UpdateSecretVersionStageRequest)}, with a request built on the spot. */
    default Acknowledgement updateSecretVersionStage(Consumer<UpdateSecretVersionStageRequest.Builder> request) {
        return updateSecretVersionStage(built(
                UpdateSecretVersionStageRequest.builder(), request, UpdateSecretVersionStageRequest.Builder::build));
    }

    /**
     * Rotates a managed secret now. Generic secrets are refused. At most 50 rotations an hour. Source: KMS API reference,
     * RotateSecret.
     *
     * @throws SecretNotFoundException if no such secret exists
     */
    RotateSecretResult rotateSecret(RotateSecretRequest request);

    /** As {@link #rotateSecret(RotateSecretRequest)}, with a request built on the spot. */
    default RotateSecretResult rotateSecret(Consumer<RotateSecretRequest.Builder> request) {
        return rotateSecret(built(RotateSecretRequest.builder(), request, RotateSecretRequest.Builder::build));
    }

    /** Rotates a managed secret now; the new version gets this id. */
    default RotateSecretResult rotateSecret(String secretName, String versionId) {
        return rotateSecret(request -> request.secretName(secretName).versionId(versionId));
    }

    /**
     * Turns automatic rotation of a managed secret on or off. Generic secrets are refused. The first rotation comes one interval
     * after the last one, at once if that is past. Source: KMS API reference, UpdateSecretRotationPolicy.
     *
     * @throws SecretNotFoundException if no such secret exists
     */
    Acknowledgement updateSecretRotationPolicy(UpdateSecretRotationPolicyRequest request);

    /** As {@link #updateSecretRotationPolicy(UpdateSecretRotationPolicyRequest)}, with a request built on the spot. */
    default Acknowledgement updateSecretRotationPolicy(Consumer<UpdateSecretRotationPolicyRequest.Builder> request) {
        return updateSecretRotationPolicy(built(
                UpdateSecretRotationPolicyRequest.builder(),
                request,
                UpdateSecretRotationPolicyRequest.Builder::build));
    }

    /** Turns automatic rotation of a managed secret on, with this time between rotations. */
    default Acknowledgement updateSecretRotationPolicy(String secretName, Duration rotationInterval) {
        return updateSecretRotationPolicy(request ->
                request.secretName(secretName).enableAutomaticRotation(true).rotationInterval(rotationInterval));
    }

    /**
     * Deletes a secret. Not repeated if the answer was lost: a {@link KmsTransportException} then says that the secret may be
     * deleted.
     *
     * @throws SecretNotFoundException if no such secret exists
     * @throws PendingDeletionException if its deletion is already scheduled
     */
    DeleteSecretResult deleteSecret(DeleteSecretRequest request);

    /** As {@link #deleteSecret(DeleteSecretRequest)}, with a request built on the spot. */
    default DeleteSecretResult deleteSecret(Consumer<DeleteSecretRequest.Builder> request) {
        return deleteSecret(built(DeleteSecretRequest.builder(), request, DeleteSecretRequest.Builder::build));
    }

    /** Schedules the deletion of a secret; it can be restored for 30 days. */
    default DeleteSecretResult deleteSecret(String secretName) {
        return deleteSecret(request -> request.secretName(secretName));
    }

    /**
     * Takes back the scheduled deletion of a secret. Not repeated if the answer was lost. A secret that is not scheduled for
     * deletion is refused with {@code Rejected.ResourceInUse}. Source: KMS API reference, RestoreSecret.
     *
     * @param secretName the name or ARN of the secret
     * @throws SecretNotFoundException if no such secret exists
     */
    Acknowledgement restoreSecret(String secretName);

    /** Makes a random password; nothing is stored. */
    GetRandomPasswordResult getRandomPassword(GetRandomPasswordRequest request);

    /** As {@link #getRandomPassword(GetRandomPasswordRequest)}, with a request built on the spot. */
    default GetRandomPasswordResult getRandomPassword(Consumer<GetRandomPasswordRequest.Builder> request) {
        return getRandomPassword(
                built(GetRandomPasswordRequest.builder(), request, GetRandomPasswordRequest.Builder::build));
    }

    /** Makes a random password of 32 characters of all kinds; nothing is stored. */
    default GetRandomPasswordResult getRandomPassword() {
        return getRandomPassword(request -> {});
    }

    /**
     * Sets the policy of a secret, for secrets of a KMS instance only.
     *
     * @param secretName the name or ARN of the secret
     * @param policy the policy, a JSON object of at most 32,768 bytes. Source: KMS API reference, SetSecretPolicy, Policy
     * @throws SecretNotFoundException if no such secret exists
     */
    Acknowledgement setSecretPolicy(String secretName, String policy);

    /**
     * Reads the policy of a secret, for secrets of a KMS instance only.
     *
     * @param secretName the name or ARN of the secret
     * @throws SecretNotFoundException if no such secret exists
     */
    GetSecretPolicyResult getSecretPolicy(String secretName);

    /**
     * Puts tags on a secret; a tag with the same key gets the new value.
     *
     * @param secretName the name of the secret
     * @param tags the tags by key, at most 10. Source: KMS API reference, TagResource, Tags
     * @throws SecretNotFoundException if no such secret exists
     */
    Acknowledgement tagResource(String secretName, Map<String, String> tags);

    /**
     * Takes tags off a secret; keys that it does not have are ignored.
     *
     * @param secretName the name of the secret
     * @param tagKeys the keys of the tags
     * @throws SecretNotFoundException if no such secret exists
     */
    Acknowledgement untagResource(String secretName, Collection<String> tagKeys);

    /**
     * Puts tags on several secrets; a tag with the same key gets the new value.
     *
     * @param secretNames the names of the secrets, at most 50. Source: KMS API reference, TagResources, ResourceId
     * @param tags the tags by key, at most 20. Source: KMS API reference, TagResources, Tag
     * @throws IllegalStateException if the builder of the client was given no region
     */
    Acknowledgement tagResources(Collection<String> secretNames, Map<String, String> tags);

    /**
     * Takes tags off several secrets.
     *
     * @throws IllegalStateException if the builder of the client was given no region
     */
    Acknowledgement untagResources(UntagResourcesRequest request);

    /** As {@link #untagResources(UntagResourcesRequest)}, with a request built on the spot. */
    default Acknowledgement untagResources(Consumer<UntagResourcesRequest.Builder> request) {
        return untagResources(built(UntagResourcesRequest.builder(), request, UntagResourcesRequest.Builder::build));
    }

    /**
     * Reads one page of the tags of secrets; {@link #listTagResourcesPaginator(ListTagResourcesRequest)} reads them all.
     *
     * @throws IllegalStateException if the builder of the client was given no region
     */
    ListTagResourcesResult listTagResources(ListTagResourcesRequest request);

    /** As {@link #listTagResources(ListTagResourcesRequest)}, with a request built on the spot. */
    default ListTagResourcesResult listTagResources(Consumer<ListTagResourcesRequest.Builder> request) {
        return listTagResources(
                built(ListTagResourcesRequest.builder(), request, ListTagResourcesRequest.Builder::build));
    }

    /** Returns all tags of secrets that a request asks for, from its token on. */
    default Paginator<SecretTag> listTagResourcesPaginator(ListTagResourcesRequest request) {
        return Paginator.of(
                request,
                this::listTagResources,
                ListTagResourcesResult::items,
                (asked, page) -> page.hasNext()
                        ? asked.toBuilder().nextToken(page.nextToken()).build()
                        : null);
    }

    /** As {@link #listTagResourcesPaginator(ListTagResourcesRequest)}, with a request built on the spot. */
    default Paginator<SecretTag> listTagResourcesPaginator(Consumer<ListTagResourcesRequest.Builder> request) {
        return listTagResourcesPaginator(
                built(ListTagResourcesRequest.builder(), request, ListTagResourcesRequest.Builder::build));
    }

    /** Returns the same operations without waiting; it lives as long as this client. */
    AsyncSecretsClient async();

    /** Closes connections and threads; operations under way fail, later ones too. Idempotent. */
    @Override
    void close();
}
