package dev.tumbler.emulator.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.ListSecretsRequest;
import com.aliyun.kms20160120.models.SetSecretPolicyRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.gateway.openapi.kms.KmsApiTest;
import dev.tumbler.emulator.journal.KmsAction;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.ram.RamUser;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Users with policies, by the official SDKs. */
@Timeout(60)
class AuthorizationTest {
    private static final String ARN = "acs:kms:cn-hangzhou:" + KmsEmulator.ACCOUNT_ID + ":";

    private static KmsEmulator kms;
    private static Client account;
    private static String keyId;

    @BeforeAll
    static void start() throws Exception {
        kms = KmsEmulator.builder().kmsInstance("kst-1").start();
        account = client(kms.createAccessKey());
        keyId = account.createKey(new CreateKeyRequest().setDKMSInstanceId("kst-1"))
                .getBody()
                .getKeyMetadata()
                .getKeyId();
        for (String name : new String[] {"orders/db", "mail/db"}) {
            account.createSecret(new CreateSecretRequest()
                    .setSecretName(name)
                    .setVersionId("v1")
                    .setSecretData("x"));
        }
    }

    @AfterAll
    static void stop() {
        kms.close();
    }

    private static Client client(AccessKey key) throws Exception {
        return new Client(new Config()
                .setEndpoint(kms.hostAndPort())
                .setProtocol("HTTP")
                .setAccessKeyId(key.id())
                .setAccessKeySecret(key.secret()));
    }

    private static String value(Client client, String name) throws Exception {
        return client.getSecretValue(new GetSecretValueRequest().setSecretName(name))
                .getBody()
                .getSecretData();
    }

    static Stream<String> actionsThatNeedPermission() {
        return KmsApiTest.actions().stream().filter(name -> !name.equals("DescribeRegions"));
    }

    /** No action can be added without it: what is not in the list of resources needs permission on all of them. */
    @ParameterizedTest
    @MethodSource("actionsThatNeedPermission")
    void everyAction_ofAUserWithoutPermissions_isForbidden(String action) throws Exception {
        Client client = client(kms.ram().user("nobody").createAccessKey());
        OpenApiRequest request = new OpenApiRequest()
                .setQuery(Map.of(
                        "SecretName", "orders/db",
                        "KeyId", "k",
                        "CiphertextBlob", "AAAA",
                        "VersionId", "v",
                        "SecretData", "x",
                        "ResourceType", "secret"));
        Params params = new Params()
                .setAction(action)
                .setVersion("2016-01-20")
                .setProtocol("HTTP")
                .setPathname("/")
                .setMethod("POST")
                .setAuthType("AK")
                .setStyle("RPC")
                .setReqBodyType("formData")
                .setBodyType("json");

        assertThatThrownBy(() -> client.callApi(params, request, new RuntimeOptions()))
                .isInstanceOfSatisfying(TeaException.class, e -> {
                    assertThat(e.getCode()).isEqualTo("Forbidden.NoPermission");
                    assertThat(e.getStatusCode()).isEqualTo(403);
                    assertThat(e.getAccessDeniedDetail()).containsEntry("AuthAction", "kms:" + action);
                });
        assertThat(KmsAction.of(action)).as("is in the journal's list").isPresent();
    }

    @Test
    @Proves(
            value = {"Wire/permission/resource"},
            by = "SDK V2, ACS3")
    void user_withPermissionOnSomeSecrets_readsThese() throws Exception {
        RamUser user = kms.ram().user("orders").allow("kms:GetSecretValue", "acs:kms:*:*:secret/orders/*");
        Client client = client(user.createAccessKey());

        assertThat(value(client, "orders/db")).isEqualTo("x");
        assertThatThrownBy(() -> value(client, "mail/db")).isInstanceOf(TeaException.class);
        assertThatThrownBy(() -> client.describeSecret(new DescribeSecretRequest().setSecretName("orders/db")))
                .isInstanceOf(TeaException.class);
    }

    @Test
    void permissions_changed_countFromTheNextCallOn() throws Exception {
        RamUser user = kms.ram().user("changing");
        Client client = client(user.createAccessKey());
        assertThatThrownBy(() -> value(client, "mail/db")).isInstanceOf(TeaException.class);

        user.attachPolicy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"kms:Get*\"],"
                + "\"Resource\":[\"" + ARN + "secret/mail/db\"]}]}");
        assertThat(value(client, "mail/db")).isEqualTo("x");

        user.deny("kms:GetSecretValue", "acs:kms:*:*:secret/mail/*");
        assertThatThrownBy(() -> value(client, "mail/db")).isInstanceOf(TeaException.class);
    }

    /** Whether a secret exists is nobody's business who may not see it. */
    @Test
    void missingSecret_withoutPermission_isForbiddenNotNotFound() throws Exception {
        Client client = client(kms.ram()
                .user("curious")
                .allow("kms:GetSecretValue", ARN + "secret/known")
                .createAccessKey());

        assertThat(catchThrowableOfType(TeaException.class, () -> value(client, "secret-plans"))
                        .getCode())
                .isEqualTo("Forbidden.NoPermission");
        assertThat(catchThrowableOfType(TeaException.class, () -> value(client, "known"))
                        .getCode())
                .isEqualTo("Forbidden.ResourceNotFound");
    }

    @Test
    @Proves(
            value = {"Wire/permission/denied", "Wire/permission/explicit-deny"},
            by = "SDK V2, ACS3")
    void refusal_throughSdkV2_carriesTheResourceAndTheDetail() throws Exception {
        RamUser user = kms.ram().user("denied").allow("kms:*").deny("kms:GetSecretValue");
        Client client = client(user.createAccessKey());

        TeaException refusal = catchThrowableOfType(TeaException.class, () -> value(client, "orders/db"));

        assertThat(refusal.getMessage())
                .startsWith("code: 403, This operation for " + ARN
                        + "secret/orders/db is forbidden by permission system. request id: ");
        assertThat(refusal.getAccessDeniedDetail())
                .isEqualTo(Map.of(
                        "AuthAction", "kms:GetSecretValue",
                        "AuthPrincipalType", "SubUser",
                        "AuthPrincipalOwnerId", KmsEmulator.ACCOUNT_ID,
                        "AuthPrincipalDisplayName", user.id(),
                        "NoPermissionType", "ExplicitDeny",
                        "PolicyType", "AccountLevelIdentityBasedPolicy"));
    }

    @ParameterizedTest
    @EnumSource(
            value = FormatType.class,
            names = {"JSON", "XML"})
    void refusal_throughTheClassicSdk_carriesTheDetail(FormatType format) {
        AccessKey key = kms.ram().user("classic").createAccessKey();
        DefaultAcsClient client =
                new DefaultAcsClient(DefaultProfile.getProfile("cn-hangzhou", key.id(), key.secret()));
        var request = new com.aliyuncs.kms.model.v20160120.GetSecretValueRequest();
        request.setSysEndpoint(kms.hostAndPort());
        request.setSysProtocol(ProtocolType.HTTP);
        request.setAcceptFormat(format);
        request.setSecretName("orders/db");

        ClientException refusal = catchThrowableOfType(ClientException.class, () -> client.getAcsResponse(request));

        assertThat(refusal.getErrCode()).isEqualTo("Forbidden.NoPermission");
        assertThat(refusal.getErrMsg())
                .isEqualTo("This operation for " + ARN + "secret/orders/db is forbidden by permission system.");
        assertThat(refusal.getAccessDeniedDetail())
                .containsEntry("AuthAction", "kms:GetSecretValue")
                .containsEntry("NoPermissionType", "ImplicitDeny");
    }

    @Test
    void condition_onTheRequest_isEvaluated() throws Exception {
        RamUser user = kms.ram().user("local");
        Client client = client(user.createAccessKey());
        user.attachPolicy(conditional("IpAddress", "acs:SourceIp", "10.0.0.0/8"))
                .attachPolicy(conditional("Bool", "acs:SecureTransport", "true"))
                .attachPolicy(conditional("DateLessThan", "acs:CurrentTime", "2020-01-01T00:00:00Z"));
        assertThatThrownBy(() -> value(client, "orders/db")).isInstanceOf(TeaException.class);

        user.attachPolicy(conditional("IpAddress", "acs:SourceIp", "127.0.0.1"));
        assertThat(value(client, "orders/db")).isEqualTo("x");
    }

    private static String conditional(String operator, String key, String value) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:GetSecretValue\",\"Resource\":\"*\","
                + "\"Condition\":{\"" + operator + "\":{\"" + key + "\":\"" + value + "\"}}}]}";
    }

    @Test
    void secretPolicy_ofASecretInAnInstance_letsItsUserIn() throws Exception {
        RamUser user = kms.ram().user("named");
        Client client = client(user.createAccessKey());
        account.createSecret(new CreateSecretRequest()
                .setSecretName("shared")
                .setVersionId("v1")
                .setSecretData("x")
                .setEncryptionKeyId(keyId)
                .setDKMSInstanceId("kst-1"));
        assertThatThrownBy(() -> value(client, "shared")).isInstanceOf(TeaException.class);

        account.setSecretPolicy(new SetSecretPolicyRequest()
                .setSecretName("shared")
                .setPolicy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"RAM\":[\""
                        + user.arn() + "\"]},\"Action\":[\"kms:GetSecretValue\"],\"Resource\":[\"*\"]}]}"));
        user.allow("kms:Decrypt", ARN + "key/" + keyId);

        assertThat(value(client, "shared")).isEqualTo("x");
        assertThatThrownBy(() -> client.describeSecret(new DescribeSecretRequest().setSecretName("shared")))
                .isInstanceOf(TeaException.class);
    }

    /** Stored and then not evaluated, it could allow too much. */
    @Test
    void secretPolicy_withAnUnknownOperator_isRefused() {
        TeaException refusal = catchThrowableOfType(
                TeaException.class,
                () -> account.createSecret(new CreateSecretRequest()
                        .setSecretName("undecidable")
                        .setVersionId("v1")
                        .setSecretData("x")
                        .setEncryptionKeyId(keyId)
                        .setDKMSInstanceId("kst-1")
                        .setPolicy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"RAM\":"
                                + "[\"acs:ram::1:user/a\"]},\"Action\":[\"kms:*\"],\"Resource\":[\"*\"],"
                                + "\"Condition\":{\"ArnLike\":{\"k\":\"v\"}}}]}")));

        assertThat(refusal.getCode()).isEqualTo("InvalidParameter");
        assertThat(refusal.getMessage()).contains("\"Policy\"", "the operator \"ArnLike\"");
    }

    @Test
    void account_mayDoEverything() {
        assertThatCode(() -> account.listSecrets(new ListSecretsRequest())).doesNotThrowAnyException();
    }

    @Test
    @Proves(
            value = {"Wire/access-key/inactive"},
            by = "SDK V2, ACS3")
    void disabledKey_ofAUser_isInactiveUntilEnabled() throws Exception {
        AccessKey key = kms.ram().user("off").allow("kms:*").createAccessKey();
        Client client = client(key);
        kms.accessKeys().disable(key.id());
        assertThat(catchThrowableOfType(TeaException.class, () -> value(client, "orders/db"))
                        .getCode())
                .isEqualTo("InvalidAccessKeyId.Inactive");

        kms.accessKeys().enable(key.id());
        assertThat(value(client, "orders/db")).isEqualTo("x");
    }

    @Test
    void quotas_askedFor_throttleTheEleventhCreateInASecond() throws Exception {
        Instant now = Instant.now();
        try (KmsEmulator throttling =
                KmsEmulator.builder().quotas().realTime(() -> now).start()) {
            AccessKey key = throttling.createAccessKey();
            Client client = new Client(new Config()
                    .setEndpoint(throttling.hostAndPort())
                    .setProtocol("HTTP")
                    .setAccessKeyId(key.id())
                    .setAccessKeySecret(key.secret()));
            for (int i = 0; i < 10; i++) {
                client.createSecret(new CreateSecretRequest()
                        .setSecretName("s" + i)
                        .setVersionId("v1")
                        .setSecretData("x"));
            }

            TeaException refusal = catchThrowableOfType(
                    TeaException.class,
                    () -> client.createSecret(new CreateSecretRequest()
                            .setSecretName("s10")
                            .setVersionId("v1")
                            .setSecretData("x")));
            assertThat(refusal.getCode()).isEqualTo("Rejected.Throttling");
            assertThat(refusal.getStatusCode()).isEqualTo(429);
        }
    }
}
