package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.ram.RamUser;
import java.util.Map;

/** A RAM user may do what a policy allows on exactly that resource, and nothing without one. */
class PermissionsTest {
    private static final String POLICY =
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"kms:*\"],"
                    + "\"Principal\":{\"RAM\":[\"acs:ram::" + KmsEmulator.ACCOUNT_ID + ":*\"]},\"Resource\":[\"*\"]}]}";

    @ConformanceTest
    @Proves({
        "CreateSecret/error/Forbidden.NoPermission",
        "DeleteSecret/error/Forbidden.NoPermission",
        "DescribeSecret/error/Forbidden.NoPermission",
        "GetSecretValue/error/Forbidden.NoPermission",
        "ListSecretVersionIds/error/Forbidden.NoPermission",
        "ListSecrets/error/Forbidden.NoPermission",
        "PutSecretValue/error/Forbidden.NoPermission",
        "RestoreSecret/error/Forbidden.NoPermission",
        "UpdateSecret/error/Forbidden.NoPermission",
        "UpdateSecretVersionStage/error/Forbidden.NoPermission",
    })
    void actionOnASecret_isRefusedUntilAPolicyAllowsItOnThatSecret(Kms account, KmsEmulator kms, OfficialSdk sdk) {
        account.createSecret("a", "x");
        try (User user = new User(kms, sdk)) {
            user.needs("kms:ListSecrets", "secret", "ListSecrets");
            user.needs("kms:DescribeSecret", "secret/a", "DescribeSecret", "SecretName", "a");
            user.needs("kms:ListSecretVersionIds", "secret/a", "ListSecretVersionIds", "SecretName", "a");
            user.needs("kms:GetSecretValue", "secret/a", "GetSecretValue", "SecretName", "a");
            user.needs("kms:UpdateSecret", "secret/a", "UpdateSecret", "SecretName", "a", "Description", "d");
            user.needs(
                    "kms:PutSecretValue",
                    "secret/a",
                    "PutSecretValue",
                    "SecretName",
                    "a",
                    "VersionId",
                    "v2",
                    "SecretData",
                    "y");
            user.needs(
                    "kms:UpdateSecretVersionStage",
                    "secret/a",
                    "UpdateSecretVersionStage",
                    "SecretName",
                    "a",
                    "VersionStage",
                    "blue",
                    "MoveToVersion",
                    "v1");
            user.needs("kms:DeleteSecret", "secret/a", "DeleteSecret", "SecretName", "a");
            user.needs("kms:RestoreSecret", "secret/a", "RestoreSecret", "SecretName", "a");
            user.needs(
                    "kms:CreateSecret",
                    "secret",
                    "CreateSecret",
                    "SecretName",
                    "b",
                    "VersionId",
                    "v1",
                    "SecretData",
                    "x");
        }
        assertThat(account.call("DescribeSecret", "SecretName", "a")).containsEntry("Description", "d");
    }

    @ConformanceTest
    @Proves({
        "RotateSecret/error/Forbidden.NoPermission",
        "UpdateSecretRotationPolicy/error/Forbidden.NoPermission",
    })
    void rotation_isRefusedUntilAPolicyAllowsIt(Kms account, KmsEmulator kms, OfficialSdk sdk) {
        RotateSecretTest.createRdsSecret(account, kms, "DoubleUsers");
        try (User user = new User(kms, sdk)) {
            user.needs(
                    "kms:RotateSecret",
                    "secret/orders/db",
                    "RotateSecret",
                    "SecretName",
                    "orders/db",
                    "VersionId",
                    "v2");
            user.needs(
                    "kms:UpdateSecretRotationPolicy",
                    "secret/orders/db",
                    "UpdateSecretRotationPolicy",
                    "SecretName",
                    "orders/db",
                    "EnableAutomaticRotation",
                    true,
                    "RotationInterval",
                    "6h");
        }
    }

    @ConformanceTest
    @Proves({
        "SetSecretPolicy/error/Forbidden.NoPermission",
        "GetSecretPolicy/error/Forbidden.NoPermission",
    })
    void secretPolicy_isRefusedUntilAPolicyAllowsIt(Kms account, KmsEmulator kms, OfficialSdk sdk) {
        kms.kmsInstances().add("kst-1");
        String key = (String) ((Map<?, ?>)
                        account.call("CreateKey", "DKMSInstanceId", "kst-1").get("KeyMetadata"))
                .get("KeyId");
        account.createSecret("a", "x", "DKMSInstanceId", "kst-1", "EncryptionKeyId", key);
        try (User user = new User(kms, sdk)) {
            user.needs("kms:SetSecretPolicy", "secret/a", "SetSecretPolicy", "SecretName", "a", "Policy", POLICY);
            user.needs("kms:GetSecretPolicy", "secret/a", "GetSecretPolicy", "SecretName", "a");
        }
    }

    @ConformanceTest
    @Proves("GetSecretValue/error/Forbidden.NoPermission")
    void valueUnderAnOwnKey_needsDecryptOnThatKeyToo(Kms account, KmsEmulator kms, OfficialSdk sdk) {
        String key = (String) ((Map<?, ?>) account.call("CreateKey").get("KeyMetadata")).get("KeyId");
        account.createSecret("a", "x", "EncryptionKeyId", key);
        try (User user = new User(kms, sdk)) {
            user.ram.allow("kms:GetSecretValue", user.arn("secret/a"));
            user.needs("kms:Decrypt", "key/" + key, "GetSecretValue", "SecretName", "a");
        }
    }

    @ConformanceTest
    @Proves("GetSecretValue/DryRun/denied")
    void dryRun_withoutPermission_saysSo(Kms account, KmsEmulator kms, OfficialSdk sdk) {
        account.createSecret("a", "x");
        try (User user = new User(kms, sdk)) {
            user.caller.assertRefused(403, "AccessDeniedError", "GetSecretValue", "SecretName", "a", "DryRun", true);
        }
    }

    @ConformanceTest
    @Proves("DeleteSecret/error/InvalidAccessKeyId.NotFound")
    void unknownAccessKey_whereKeysMustExist_isNotFound(OfficialSdk sdk) {
        try (KmsEmulator strict = KmsEmulator.builder().strictAuthentication().start();
                Kms stranger = new Kms(
                        sdk.connect(
                                "HTTP", strict.hostAndPort(), strict.region(), new AccessKey("LTAI-unknown", "secret")),
                        "",
                        Map.of())) {
            stranger.assertRefused(404, "InvalidAccessKeyId.NotFound", "DeleteSecret", "SecretName", "a");
        }
    }

    /** A user of the account without any permission, and its caller. */
    private static final class User implements AutoCloseable {
        private final KmsEmulator kms;
        private final RamUser ram;
        private final Kms caller;

        User(KmsEmulator kms, OfficialSdk sdk) {
            this.kms = kms;
            this.ram = kms.ram().user("app");
            this.caller =
                    new Kms(sdk.connect("HTTP", kms.hostAndPort(), kms.region(), ram.createAccessKey()), "", Map.of());
        }

        String arn(String resource) {
            return "acs:kms:" + kms.region() + ":" + KmsEmulator.ACCOUNT_ID + ":" + resource;
        }

        /** Is refused, changing nothing, and answered once this permission, no more, is there. */
        void needs(String permission, String resource, String action, Object... namesAndValues) {
            ram.allow(permission, arn(resource) + "x");
            ServiceError refusal = caller.assertRefused(403, "Forbidden.NoPermission", action, namesAndValues);
            assertThat(refusal).hasMessageContaining(arn(resource));
            ram.allow(permission, arn(resource));
            assertThat(caller.call(action, namesAndValues)).containsKey("RequestId");
        }

        @Override
        public void close() {
            caller.close();
        }
    }
}
