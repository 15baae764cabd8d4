package dev.tumbler.emulator.gateway.openapi.kms;

import dev.tumbler.emulator.gateway.openapi.Admission;
import dev.tumbler.emulator.gateway.openapi.Api;
import dev.tumbler.emulator.gateway.openapi.kms.KmsAccess.SecretGuard;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.secret.SecretPolicy;
import dev.tumbler.emulator.secret.Secrets;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The KMS API, version 2016-01-20: what of it is emulated. */
public final class KmsApi {
    private KmsApi() {}

    /**
     * The actions, on what there is in one region.
     *
     * @param quota counts the calls; null for as many as come
     */
    public static Api on(KmsRegion kms, @Nullable KmsQuotas quota) {
        Keys keys = kms.keys();
        Secrets secrets = kms.secrets();
        Admission access = new KmsAccess(
                secrets.arn("").replaceFirst("secret/$", ""),
                name -> secrets.find(name)
                        .map(secret -> new SecretGuard(secret.encryptionKeyId(), document(secret.policy()))),
                keys::keyOf);
        TaggableResources taggable = new TaggableResources(kms.region(), secrets, keys);
        return new Api(
                "2016-01-20",
                quota == null ? List.of(access) : List.of(access, quota),
                List.of(
                        new ChangeKeyState("CancelKeyDeletion", keys::cancelDeletion),
                        new CreateKey(keys),
                        new CreateSecret(secrets),
                        new Decrypt(keys),
                        new DeleteSecret(secrets),
                        new DescribeKey(keys),
                        new DescribeRegions(kms.regions()),
                        new DescribeSecret(secrets),
                        new ChangeKeyState("DisableKey", keys::disable),
                        new ChangeKeyState("EnableKey", keys::enable),
                        new Encrypt(keys),
                        GenerateDataKey.withPlaintext(keys),
                        GenerateDataKey.withoutPlaintext(keys),
                        new GetKmsInstance(kms),
                        new GetRandomPassword(new SecureRandom()),
                        new GetSecretPolicy(secrets),
                        new GetSecretValue(secrets),
                        new ListKeys(keys),
                        new ListKmsInstances(kms),
                        new ListResourceTags(keys),
                        new ListSecretVersionIds(secrets),
                        new ListSecrets(secrets),
                        new ListTagResources(taggable),
                        new PutSecretValue(secrets),
                        new RestoreSecret(secrets),
                        new RotateSecret(secrets),
                        new ScheduleKeyDeletion(keys),
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
