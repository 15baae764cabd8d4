package dev.tumbler.emulator.gateway.openapi.kms;

import dev.tumbler.emulator.gateway.openapi.Admission;
import dev.tumbler.emulator.gateway.openapi.Api;
import dev.tumbler.emulator.gateway.openapi.kms.KmsAccess.SecretGuard;
import dev.tumbler.emulator.secret.SecretPolicy;
import dev.tumbler.emulator.secret.Secrets;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The KMS API, version 2016-01-20: what of it is emulated. */
public final class KmsApi {
    private KmsApi() {}

    /**
     * The actions, on these secrets.
     *
     * @param quota counts the calls; null for as many as come
     */
    public static Api on(Secrets secrets, @Nullable KmsQuotas quota) {
        Admission access = new KmsAccess(
                secrets.arn("").replaceFirst("secret/$", ""),
                name -> secrets.find(name)
                        .map(secret -> new SecretGuard(secret.encryptionKeyId(), document(secret.policy()))));
        TaggableResources taggable = new TaggableResources(secrets.region(), secrets);
        return new Api(
                "2016-01-20",
                quota == null ? List.of(access) : List.of(access, quota),
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

    private static @Nullable String document(@Nullable SecretPolicy policy) {
        return policy == null ? null : policy.document();
    }
}
