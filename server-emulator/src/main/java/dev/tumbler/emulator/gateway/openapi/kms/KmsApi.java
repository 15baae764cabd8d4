package dev.tumbler.emulator.gateway.openapi.kms;

import dev.tumbler.emulator.gateway.openapi.Api;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.secret.Secrets;
import java.util.List;

/** The KMS API, version 2016-01-20: what of it is emulated. */
public final class KmsApi {
    private KmsApi() {}

    /** The actions, on what there is in one region. */
    public static Api on(KmsRegion kms) {
        Keys keys = kms.keys();
        Secrets secrets = kms.secrets();
        return new Api(
                "2016-01-20",
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
                        new GetSecretValue(secrets),
                        new ListKeys(keys),
                        new ListKmsInstances(kms),
                        new ListSecrets(secrets),
                        new PutSecretValue(secrets),
                        new RotateSecret(secrets),
                        new ScheduleKeyDeletion(keys)));
    }
}
