package dev.tumbler.client;

import dev.tumbler.client.model.CreateSecretRequest;
import dev.tumbler.client.model.CreateSecretResult;
import dev.tumbler.client.model.DeleteSecretRequest;
import dev.tumbler.client.model.DeleteSecretResult;
import dev.tumbler.client.model.DescribeSecretRequest;
import dev.tumbler.client.model.DescribeSecretResult;
import dev.tumbler.client.model.GetSecretValueRequest;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.ListSecretsRequest;
import dev.tumbler.client.model.Page;
import dev.tumbler.client.model.PutSecretValueRequest;
import dev.tumbler.client.model.PutSecretValueResult;
import dev.tumbler.client.model.RotateSecretRequest;
import dev.tumbler.client.model.RotateSecretResult;
import dev.tumbler.client.model.SecretSummary;
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
     * Creates a secret. Not repeated if the answer was lost: a {@link KmsTransportException} then says that the secret
     * may exist, and {@link #describeSecret(String)} tells.
     *
     * @throws SecretExistsException if the name is taken
     * @throws PendingDeletionException if the name is taken by a secret that is scheduled for deletion
     */
    CreateSecretResult createSecret(CreateSecretRequest request);

    /** As {@link #createSecret(CreateSecretRequest)}, with a request built on the spot. */
    default CreateSecretResult createSecret(Consumer<CreateSecretRequest.Builder> request) {
        CreateSecretRequest.Builder builder = CreateSecretRequest.builder();
        request.accept(builder);
        return createSecret(builder.build());
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
        GetSecretValueRequest.Builder builder = GetSecretValueRequest.builder();
        request.accept(builder);
        return getSecretValue(builder.build());
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
        PutSecretValueRequest.Builder builder = PutSecretValueRequest.builder();
        request.accept(builder);
        return putSecretValue(builder.build());
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
        DescribeSecretRequest.Builder builder = DescribeSecretRequest.builder();
        request.accept(builder);
        return describeSecret(builder.build());
    }

    /** Reads what is known about a secret, without its value and tags. */
    default DescribeSecretResult describeSecret(String secretName) {
        return describeSecret(request -> request.secretName(secretName));
    }

    /** Reads one page of the list of secrets. */
    Page<SecretSummary> listSecrets(ListSecretsRequest request);

    /** As {@link #listSecrets(ListSecretsRequest)}, with a request built on the spot. */
    default Page<SecretSummary> listSecrets(Consumer<ListSecretsRequest.Builder> request) {
        ListSecretsRequest.Builder builder = ListSecretsRequest.builder();
        request.accept(builder);
        return listSecrets(builder.build());
    }

    /** Reads the first page of the list of secrets, with the service's page size of 10. */
    default Page<SecretSummary> listSecrets() {
        return listSecrets(ListSecretsRequest.builder().build());
    }

    /**
     * Rotates a managed secret now. Generic secrets are refused. At most 50 rotations an hour. Source: KMS API
     * reference, RotateSecret.
     *
     * @throws SecretNotFoundException if no such secret exists
     */
    RotateSecretResult rotateSecret(RotateSecretRequest request);

    /** As {@link #rotateSecret(RotateSecretRequest)}, with a request built on the spot. */
    default RotateSecretResult rotateSecret(Consumer<RotateSecretRequest.Builder> request) {
        RotateSecretRequest.Builder builder = RotateSecretRequest.builder();
        request.accept(builder);
        return rotateSecret(builder.build());
    }

    /** Rotates a managed secret now; the new version gets this id. */
    default RotateSecretResult rotateSecret(String secretName, String versionId) {
        return rotateSecret(request -> request.secretName(secretName).versionId(versionId));
    }

    /**
     * Deletes a secret. Not repeated if the answer was lost: a {@link KmsTransportException} then says that the secret
     * may be deleted.
     *
     * @throws SecretNotFoundException if no such secret exists
     * @throws PendingDeletionException if its deletion is already scheduled
     */
    DeleteSecretResult deleteSecret(DeleteSecretRequest request);

    /** As {@link #deleteSecret(DeleteSecretRequest)}, with a request built on the spot. */
    default DeleteSecretResult deleteSecret(Consumer<DeleteSecretRequest.Builder> request) {
        DeleteSecretRequest.Builder builder = DeleteSecretRequest.builder();
        request.accept(builder);
        return deleteSecret(builder.build());
    }

    /** Schedules the deletion of a secret; it can be restored for 30 days. */
    default DeleteSecretResult deleteSecret(String secretName) {
        return deleteSecret(request -> request.secretName(secretName));
    }

    /** Closes connections and threads; operations under way fail, later ones too. Idempotent. */
    @Override
    void close();
}
