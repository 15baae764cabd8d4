package dev.tumbler.emulator.gateway.openapi.kms;

import dev.tumbler.emulator.gateway.openapi.Api;
import dev.tumbler.emulator.secret.Secrets;
import java.security.SecureRandom;
import java.util.List;

/** The KMS API, version 2016-01-20: what of it is emulated. */
public final class KmsApi {
    private KmsApi() {}

    /** The actions, on these secrets. */
    public static Api on(Secrets secrets) {
        TaggableResources taggable = new TaggableResources(secrets.region(), secrets);
        return new Api(
                "2016-01-20",
                List.of(
                        new CreateSecret(secrets),
                        new DeleteSecret(secrets),
                        new DescribeSecret(secrets),
                        new GetRandomPassword(new SecureRandom()),
                        new GetSecretPolicy(secrets),
                        new GetSecretValue(secrets),
                        new ListSecretVersionIds(secrets),
                        new ListSecrets(secrets),
                        new ListTagResources(taggable),
                        new PutSecretValue(secrets),
                        new RestoreSecret(secrets),
                        new RotateSecret(secrets),
                        new SetSecretPolicy(secrets),
                        new TagResource(taggable),
                        new TagResources(taggable),
                        new UntagResource(taggable),
                        new UntagResources(taggable),
                        new UpdateSecret(secrets),
                        new UpdateSecretRotationPolicy(secrets),
                        new UpdateSecretVersionStage(secrets)));
    }
}
