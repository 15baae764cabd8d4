package dev.tumbler.client;

import dev.tumbler.client.internal.codec.AnswerDecoder;
import dev.tumbler.client.internal.codec.Answers;
import dev.tumbler.client.internal.codec.ApiCalls;
import dev.tumbler.client.internal.signing.ApiCall;
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

final class DefaultSecretsClient implements SecretsClient {
    private final CallPipeline pipeline;

    DefaultSecretsClient(CallPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public CreateSecretResult createSecret(CreateSecretRequest request) {
        return once(ApiCalls.of(request), Answers::createSecret);
    }

    @Override
    public GetSecretValueResult getSecretValue(GetSecretValueRequest request) {
        return repeatable(ApiCalls.of(request), Answers::getSecretValue);
    }

    @Override
    public PutSecretValueResult putSecretValue(PutSecretValueRequest request) {
        return repeatable(ApiCalls.of(request), Answers::putSecretValue);
    }

    @Override
    public DescribeSecretResult describeSecret(DescribeSecretRequest request) {
        return repeatable(ApiCalls.of(request), Answers::describeSecret);
    }

    @Override
    public Page<SecretSummary> listSecrets(ListSecretsRequest request) {
        return repeatable(ApiCalls.of(request), Answers::listSecrets);
    }

    @Override
    public RotateSecretResult rotateSecret(RotateSecretRequest request) {
        return repeatable(ApiCalls.of(request), Answers::rotateSecret);
    }

    @Override
    public DeleteSecretResult deleteSecret(DeleteSecretRequest request) {
        return once(ApiCalls.of(request), Answers::deleteSecret);
    }

    /** For reads, and for writes whose version id makes a second one harmless. */
    private <T> T repeatable(ApiCall call, AnswerDecoder<T> decoder) {
        return pipeline.call(call, decoder, true);
    }

    /** For writes that must not be performed twice. */
    private <T> T once(ApiCall call, AnswerDecoder<T> decoder) {
        return pipeline.call(call, decoder, false);
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
