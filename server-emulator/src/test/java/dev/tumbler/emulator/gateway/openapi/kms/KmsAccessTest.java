package dev.tumbler.emulator.gateway.openapi.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.error.AccessDenied;
import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Call;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.gateway.openapi.kms.KmsAccess.SecretGuard;
import dev.tumbler.emulator.journal.PermissionUse;
import dev.tumbler.emulator.ram.AccessKeys;
import dev.tumbler.emulator.ram.Caller;
import dev.tumbler.emulator.ram.Principal;
import dev.tumbler.emulator.ram.Ram;
import dev.tumbler.emulator.ram.RamUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evidence: KMS, "Use RAM to control access to KMS resources" and "Overview of secret policies". */
class KmsAccessTest {
    private static final String UID = "1234567890123456";
    private static final String ARN = "acs:kms:cn-hangzhou:" + UID + ":";

    private final Map<String, SecretGuard> secrets = new HashMap<>();
    private final KmsAccess access = new KmsAccess(
            ARN,
            name -> Optional.ofNullable(secrets.get(name)),
            blob -> blob.length == 3 ? Optional.of("k1") : Optional.empty());
    private final List<PermissionUse> uses = new ArrayList<>();
    private final RamUser user = new Ram(UID, new AccessKeys()).user("app");
    private final Principal principal = new Principal.User(user);

    private KmsError refusal(String action, String... parameters) {
        return catchThrowableOfType(KmsError.class, () -> admit(principal, action, parameters));
    }

    private void admit(Principal caller, String action, String... parameters) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(parameters[i], parameters[i + 1]);
        }
        access.admit(action, new Call(new Parameters(values), new Caller(caller, "LTAI"), Map.of(), uses::add));
    }

    @ParameterizedTest
    @CsvSource({
        "CreateSecret, SecretName=a, secret",
        "ListSecrets, '', secret",
        "GetSecretValue, SecretName=a/b, secret/a/b",
        "DeleteSecret, SecretName=acs:kms:cn-beijing:1:secret/a, acs:kms:cn-beijing:1:secret/a",
        "ListKeys, '', key",
        "Encrypt, KeyId=k1, key/k1",
        "Decrypt, CiphertextBlob=AAAA, key/k1",
        "Decrypt, CiphertextBlob=AAAAAAAA, key/*",
        "TagResource, SecretName=a, secret/a",
        "TagResource, KeyId=k1, key/k1",
        "TagResources, ResourceType=secret&ResourceId.1=a, secret/a",
        "ListTagResources, ResourceType=key, key",
        "GetRandomPassword, '', *",
        "NotYetInTheList, SecretName=a, *"
    })
    void user_withPermissionOnThatResourceOnly_isLetIn(String action, String parameters, String resource) {
        String[] given = parameters.isEmpty() ? new String[0] : parameters.split("[&=]");
        String arn = resource.equals("*") || resource.startsWith("acs:") ? resource : ARN + resource;
        assertThat(refusal(action, given))
                .isNotNull()
                .hasMessage(
                        arn.equals("*")
                                ? "This operation is forbidden by permission system."
                                : "This operation for " + arn + " is forbidden by permission system.");

        user.allow("kms:" + action, arn);

        assertThat(refusal(action, given)).isNull();
    }

    @Test
    void severalResources_onlyOneAllowed_nameTheOther() {
        user.allow("kms:UntagResources", ARN + "secret/a");

        KmsError refusal = refusal(
                "UntagResources", "ResourceType", "secret", "ResourceId.1", "a", "ResourceId.2", "b", "All", "true");
        KmsError ofJson = refusal("UntagResources", "ResourceType", "secret", "ResourceId", "[\"a\",\"c\"]");

        assertThat(refusal).hasMessageContaining(":secret/b is forbidden");
        assertThat(ofJson).hasMessageContaining(":secret/c is forbidden");
    }

    @Test
    void describeRegions_withoutAnyPermission_isLetIn() {
        assertThat(refusal("DescribeRegions")).isNull();
    }

    @Test
    void account_mayDoEverything_alsoWhatASecretPolicyDenies() {
        secrets.put("a", new SecretGuard("k1", policy("Deny", "*", "kms:*")));

        assertThatCode(() -> admit(new Principal.Account(UID), "GetSecretValue", "SecretName", "a"))
                .doesNotThrowAnyException();
    }

    @Test
    void resourceParameter_missing_isSaidBeforeThePermission() {
        assertThat(refusal("GetSecretValue").code()).isEqualTo("MissingParameter");
    }

    @Test
    void refusal_saysWhoLacksWhat() {
        KmsError implicit = refusal("GetSecretValue", "SecretName", "a");
        user.deny("kms:GetSecretValue");
        KmsError explicit = refusal("GetSecretValue", "SecretName", "a");

        assertThat(implicit.status()).isEqualTo(403);
        assertThat(implicit.code()).isEqualTo("Forbidden.NoPermission");
        assertThat(implicit.accessDenied())
                .isEqualTo(new AccessDenied(
                        "kms:GetSecretValue", "SubUser", UID, user.id(), false, "AccountLevelIdentityBasedPolicy"));
        assertThat(explicit.accessDenied().explicit()).isTrue();
    }

    @Test
    void dryRun_denied_isAccessDeniedError() {
        KmsError refusal = refusal("GetSecretValue", "SecretName", "a", "DryRun", "true");

        assertThat(refusal.code()).isEqualTo("AccessDeniedError");
        assertThat(refusal.status()).isEqualTo(403);
    }

    @Nested
    class EncryptionKey {
        @Test
        void getSecretValue_ownKey_needsDecryptOnIt() {
            secrets.put("a", new SecretGuard("k1", null));
            user.allow("kms:GetSecretValue", ARN + "secret/a");
            KmsError refusal = refusal("GetSecretValue", "SecretName", "a");

            assertThat(refusal).hasMessage("This operation for " + ARN + "key/k1 is forbidden by permission system.");
            assertThat(refusal.accessDenied().action()).isEqualTo("kms:Decrypt");

            user.allow("kms:Decrypt", ARN + "key/k1");
            assertThat(refusal("GetSecretValue", "SecretName", "a")).isNull();
        }

        @Test
        void getSecretValue_defaultKey_needsNothingMore() {
            secrets.put("a", new SecretGuard(null, null));
            user.allow("kms:GetSecretValue", ARN + "secret/a");

            assertThat(refusal("GetSecretValue", "SecretName", "a")).isNull();
        }

        @Test
        @Proves("RdsSecrets/R39/generate-data-key")
        void createAndPut_ownKey_needGenerateDataKeyOnIt() {
            secrets.put("a", new SecretGuard("k1", null));
            user.allow("kms:CreateSecret").allow("kms:PutSecretValue");

            assertThat(refusal("CreateSecret", "SecretName", "b", "EncryptionKeyId", "k2"))
                    .hasMessageContaining("key/k2");
            assertThat(refusal("PutSecretValue", "SecretName", "a")).hasMessageContaining("key/k1");

            user.allow("kms:GenerateDataKey", ARN + "key/*");
            assertThat(refusal("CreateSecret", "SecretName", "b", "EncryptionKeyId", "k2"))
                    .isNull();
            assertThat(refusal("PutSecretValue", "SecretName", "a")).isNull();
        }

        @Test
        void describeSecret_ownKey_needsNothingMore() {
            secrets.put("a", new SecretGuard("k1", null));
            user.allow("kms:DescribeSecret");

            assertThat(refusal("DescribeSecret", "SecretName", "a")).isNull();
        }
    }

    @Nested
    class SecretPolicy {
        @Test
        void allowedByEither_isLetIn() {
            secrets.put("a", new SecretGuard(null, policy("Allow", user.arn(), "kms:GetSecretValue")));
            user.allow("kms:DescribeSecret");

            assertThat(refusal("GetSecretValue", "SecretName", "a")).isNull();
            assertThat(refusal("DescribeSecret", "SecretName", "a")).isNull();
            assertThat(refusal("DeleteSecret", "SecretName", "a")).isNotNull();
        }

        @Test
        void deniedByIt_isRefusedWhateverTheUserMay() {
            secrets.put("a", new SecretGuard(null, policy("Deny", user.arn(), "kms:GetSecretValue")));
            user.allow("kms:*");

            AccessDenied detail = refusal("GetSecretValue", "SecretName", "a").accessDenied();
            assertThat(detail.explicit()).isTrue();
            assertThat(detail.policyType()).isEqualTo("ResourceBasedPolicy");
        }

        @Test
        void namesAnotherUser_isNotForThisOne() {
            secrets.put("a", new SecretGuard(null, policy("Allow", "acs:ram::" + UID + ":user/other", "kms:*")));

            assertThat(refusal("GetSecretValue", "SecretName", "a")).isNotNull();
        }

        /** Assumed: it means the account, and leaves its users to their own policies; else those would be pointless. */
        @Test
        void default_letsNoUserIn() {
            secrets.put("a", new SecretGuard(null, policy("Allow", "acs:ram::" + UID + ":*", "kms:*")));

            assertThat(refusal("GetSecretValue", "SecretName", "a")).isNotNull();
        }

        @Test
        void action_outsideTheDocumentedList_takesNoEffect() {
            secrets.put("a", new SecretGuard(null, policy("Allow", user.arn(), "kms:*")));

            assertThat(refusal("SetSecretPolicy", "SecretName", "a")).isNotNull();
            assertThat(refusal("UpdateSecretVersionStage", "SecretName", "a")).isNull();
        }
    }

    private static String policy(String effect, String principal, String action) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Sid\":\"s\",\"Effect\":\"" + effect
                + "\",\"Principal\":{\"RAM\":[\"" + principal + "\"]},\"Action\":[\"" + action
                + "\"],\"Resource\":[\"*\"]}]}";
    }

    @Test
    void permissions_thatACallNeeds_areNoted() {
        secrets.put("a", new SecretGuard("k1", null));
        user.allow("kms:GetSecretValue");
        KmsError refusal = refusal("GetSecretValue", "SecretName", "a");
        admit(new Principal.Account(UID), "GetSecretValue", "SecretName", "a");
        admit(new Principal.Account(UID), "GetSecretValue");

        assertThat(refusal).isNotNull();
        assertThat(uses)
                .containsExactly(
                        new PermissionUse(user.arn(), "LTAI", "kms:GetSecretValue", ARN + "secret/a", true),
                        new PermissionUse(user.arn(), "LTAI", "kms:Decrypt", ARN + "key/k1", false),
                        new PermissionUse(
                                "acs:ram::" + UID + ":root", "LTAI", "kms:GetSecretValue", ARN + "secret/a", true),
                        new PermissionUse("acs:ram::" + UID + ":root", "LTAI", "kms:Decrypt", ARN + "key/k1", true));
    }
}
