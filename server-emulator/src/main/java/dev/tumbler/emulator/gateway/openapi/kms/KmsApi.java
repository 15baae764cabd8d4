package dev.tumbler.emulator.gateway.openapi.kms;

import dev.tumbler.emulator.gateway.openapi.Api;
import dev.tumbler.emulator.secret.Secrets;
import java.util.List;

/** The KMS API, version 2016-01-20: what of it is emulated. */
public final class KmsApi {
    private KmsApi() {}

    /** The actions, on these secrets. */
    public static Api on(Secrets secrets) {
        return new Api(
                "2016-01-20",
                List.of(
                        new CreateSecret(secrets),
                        new DeleteSecret(secrets),
                        new DescribeSecret(secrets),
                        new GetSecretValue(secrets),
                        new ListSecrets(secrets),
                        new PutSecretValue(secrets),
                        new RotateSecret(secrets)));
    }
}
