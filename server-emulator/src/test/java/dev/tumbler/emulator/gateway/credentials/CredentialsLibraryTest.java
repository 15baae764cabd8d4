package dev.tumbler.emulator.gateway.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.AlibabaCloudCredentialsProvider;
import com.aliyun.credentials.provider.OIDCRoleArnCredentialProvider;
import com.aliyun.credentials.provider.RamRoleArnCredentialProvider;
import com.aliyun.credentials.provider.StaticCredentialsProvider;
import com.aliyun.credentials.provider.URLCredentialProvider;
import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.ram.RamRole;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unmodified {@code com.aliyun:credentials-java} under the unmodified SDK V2. */
@Timeout(60)
class CredentialsLibraryTest {
    private static final SSLSocketFactory jvmDefault = HttpsURLConnection.getDefaultSSLSocketFactory();

    private static final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    /** One for all tests, as the CA that the JVM trusts. */
    private static final KmsEmulator kms = KmsEmulator.builder()
            .strictAuthentication()
            .realTime(() -> Instant.now().plus(offset.get()))
            .start();

    @TempDir
    private static Path folder;

    private final RamRole role =
            kms.ram().role("reader").detachPolicies().allow("kms:GetSecretValue", "acs:kms:*:*:secret/orders/*");

    @BeforeAll
    static void createSecrets() throws Exception {
        AccessKey key = kms.createAccessKey();
        Client account = new Client(config().setAccessKeyId(key.id()).setAccessKeySecret(key.secret()));
        for (String name : new String[] {"orders/db", "mail/db"}) {
            account.createSecret(new CreateSecretRequest()
                    .setSecretName(name)
                    .setVersionId("v1")
                    .setSecretData("x"));
        }
    }

    /** The library knows no CA of its own: it trusts what the JVM's default for https does. */
    @BeforeAll
    static void trustTheEmulator() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "emulator",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(kms.caCertificate().getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
    }

    @AfterAll
    static void stop() {
        kms.close();
        HttpsURLConnection.setDefaultSSLSocketFactory(jvmDefault);
    }

    private static Config config() {
        return new Config().setEndpoint(kms.hostAndPort()).setProtocol("HTTP");
    }

    private Client client(AlibabaCloudCredentialsProvider provider) throws Exception {
        return new Client(config().setCredential(new com.aliyun.credentials.Client(provider)));
    }

    private static String value(Client client, String name) throws Exception {
        return client.getSecretValue(new GetSecretValueRequest().setSecretName(name))
                .getBody()
                .getSecretData();
    }

    private static void assertReadsOrdersOnly(Client client) throws Exception {
        assertThat(value(client, "orders/db")).isEqualTo("x");
        TeaException refusal = catchThrowableOfType(TeaException.class, () -> value(client, "mail/db"));
        assertThat(refusal.getCode()).isEqualTo("Forbidden.NoPermission");
        assertThat(refusal.getAccessDeniedDetail()).containsEntry("AuthPrincipalType", "AssumedRoleUser");
    }

    private RamRoleArnCredentialProvider.Builder ramRoleArn() {
        AccessKey key =
                kms.ram().user("app").allow("sts:AssumeRole", role.arn()).createAccessKey();
        return RamRoleArnCredentialProvider.builder()
                .accessKeyId(key.id())
                .accessKeySecret(key.secret())
                .roleArn(role.arn())
                .roleSessionName("alice")
                .durationSeconds(900)
                .STSEndpoint(kms.hostAndPort());
    }

    @Test
    @Proves(
            value = {"Wire/security-token/accepted"},
            by = "SDK V2, ACS3")
    void ramRoleArn_overTls_actsAsTheRole() throws Exception {
        assertReadsOrdersOnly(client(ramRoleArn().build()));
    }

    @Test
    void ramRoleArn_withASessionPolicy_hasNoMoreThanThat() throws Exception {
        role.allow("kms:*");
        Client client = client(ramRoleArn()
                .policy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:GetSecretValue\","
                        + "\"Resource\":\"acs:kms:*:*:secret/orders/*\"}]}")
                .build());

        assertReadsOrdersOnly(client);
    }

    @Test
    void oidcRoleArn_unsigned_actsAsTheRole() throws Exception {
        String provider = "acs:ram::1234567890123456:oidc-provider/k8s";
        RamRole ofPods = kms.ram()
                .role("pods")
                .allow("kms:GetSecretValue", "acs:kms:*:*:secret/orders/*")
                .trustOidcProvider(provider);
        Path token = Files.writeString(folder.resolve("token"), "eyJh.eyJz.c2ln");

        assertReadsOrdersOnly(client(OIDCRoleArnCredentialProvider.builder()
                .roleArn(ofPods.arn())
                .oidcProviderArn(provider)
                .oidcTokenFilePath(token.toString())
                .roleSessionName("pod")
                .STSEndpoint(kms.hostAndPort())
                .build()));
    }

    @Test
    void credentialsUri_actsAsTheRole() throws Exception {
        assertReadsOrdersOnly(client(URLCredentialProvider.builder()
                .credentialsURI(kms.credentialsUri("reader").toString())
                .build()));
    }

    private CredentialModel session() {
        return URLCredentialProvider.builder()
                .credentialsURI(kms.credentialsUri("reader").toString())
                .build()
                .getCredentials();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "ACS3-HMAC-SHA256"})
    void sts_withTheRightToken_actsAsTheRole(String signatureAlgorithm) throws Exception {
        CredentialModel session = session();
        Client client = new Client(config().setSignatureAlgorithm(signatureAlgorithm)
                .setCredential(new com.aliyun.credentials.Client(
                        StaticCredentialsProvider.builder().credential(session).build())));

        assertReadsOrdersOnly(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "ACS3-HMAC-SHA256"})
    @Proves(
            value = {"Wire/security-token/malformed", "Wire/security-token/mismatch"},
            by = "SDK V2, ACS3")
    void sts_withAWrongToken_isRefused(String signatureAlgorithm) throws Exception {
        CredentialModel session = session();
        CredentialModel other = session();
        Config config = config().setSignatureAlgorithm(signatureAlgorithm)
                .setType("sts")
                .setAccessKeyId(session.getAccessKeyId())
                .setAccessKeySecret(session.getAccessKeySecret());

        for (Map.Entry<String, String> refused : Map.of(
                        other.getSecurityToken(),
                        "InvalidSecurityToken.MismatchWithAccessKey",
                        "garbage",
                        "InvalidSecurityToken.Malformed")
                .entrySet()) {
            Client client = new Client(config.setSecurityToken(refused.getKey()));
            assertThat(catchThrowableOfType(TeaException.class, () -> value(client, "orders/db"))
                            .getCode())
                    .isEqualTo(refused.getValue());
        }
        Client without = new Client(config().setAccessKeyId(session.getAccessKeyId())
                .setAccessKeySecret(session.getAccessKeySecret())
                .setSignatureAlgorithm(signatureAlgorithm));
        assertThat(catchThrowableOfType(TeaException.class, () -> value(without, "orders/db"))
                        .getCode())
                .isEqualTo("MissingSecurityToken");
    }

    /** Issued an hour ago: the SDK signs by the system's clock, so it is the token's past that has to move. */
    @Test
    @Proves(
            value = {"Wire/security-token/expired"},
            by = "SDK V2, ACS3")
    void sts_expired_isRefused() throws Exception {
        offset.set(Duration.ofMinutes(-61));
        CredentialModel session = session();
        offset.set(Duration.ZERO);
        Client client = new Client(config().setType("sts")
                .setAccessKeyId(session.getAccessKeyId())
                .setAccessKeySecret(session.getAccessKeySecret())
                .setSecurityToken(session.getSecurityToken()));

        assertThat(catchThrowableOfType(TeaException.class, () -> value(client, "orders/db"))
                        .getCode())
                .isEqualTo("InvalidSecurityToken.Expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "ACS3-HMAC-SHA256"})
    void getCallerIdentity_saysWhoSigned(String signatureAlgorithm) throws Exception {
        AccessKey root = kms.createAccessKey();
        AccessKey user = kms.ram().user("app").createAccessKey();
        CredentialModel session = session();

        assertThat(identity(config().setAccessKeyId(root.id())
                        .setAccessKeySecret(root.secret())
                        .setSignatureAlgorithm(signatureAlgorithm)))
                .containsEntry("IdentityType", "Account")
                .containsEntry("Arn", "acs:ram::1234567890123456:root");
        assertThat(identity(config().setAccessKeyId(user.id())
                        .setAccessKeySecret(user.secret())
                        .setSignatureAlgorithm(signatureAlgorithm)))
                .containsEntry("IdentityType", "RAMUser")
                .containsEntry("Arn", "acs:ram::1234567890123456:user/app")
                .containsEntry("UserId", kms.ram().user("app").id());
        assertThat(identity(config().setType("sts")
                        .setAccessKeyId(session.getAccessKeyId())
                        .setAccessKeySecret(session.getAccessKeySecret())
                        .setSecurityToken(session.getSecurityToken())
                        .setSignatureAlgorithm(signatureAlgorithm)))
                .containsEntry("IdentityType", "AssumedRoleUser")
                .containsEntry("AccountId", "1234567890123456")
                .containsEntry("Arn", "acs:ram::1234567890123456:assumed-role/reader/instance")
                .containsEntry("PrincipalId", role.id() + ":instance");
    }

    /** AssumeRole as SDK V2 signs it, in either form; the library above knows only one. */
    @ParameterizedTest
    @ValueSource(strings = {"v2", "ACS3-HMAC-SHA256"})
    @Proves(
            value = {
                "AssumeRole/answer/Credentials",
                "AssumeRole/DurationSeconds/default",
                "AssumeRole/RoleArn/required",
                "AssumeRole/RoleSessionName/required",
            },
            by = "SDK V2, ACS3")
    void assumeRole_throughSdkV2_answersAsDocumented(String signatureAlgorithm) throws Exception {
        AccessKey key = kms.ram().user("app").allow("sts:AssumeRole").createAccessKey();
        Config config = config().setAccessKeyId(key.id())
                .setAccessKeySecret(key.secret())
                .setSignatureAlgorithm(signatureAlgorithm);

        Map<String, Object> answer = sts(
                config,
                "AssumeRole",
                Map.of("RoleArn", role.arn(), "RoleSessionName", "alice", "DurationSeconds", "900"));

        Map<?, ?> credentials = (Map<?, ?>) answer.get("Credentials");
        assertThat(credentials.keySet())
                .isEqualTo(Set.of("AccessKeyId", "AccessKeySecret", "SecurityToken", "Expiration"));
        assertThat((String) credentials.get("AccessKeyId")).startsWith("STS.");
        Instant hour = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        Map<?, ?> ofDefaultLength =
                (Map<?, ?>) sts(config, "AssumeRole", Map.of("RoleArn", role.arn(), "RoleSessionName", "alice"))
                        .get("Credentials");
        assertThat(Instant.parse((String) ofDefaultLength.get("Expiration")))
                .isBetween(hour, Instant.now().plus(Duration.ofHours(1)));
        assertThat(answer.get("AssumedRoleUser"))
                .isEqualTo(Map.of("Arn", role.arn() + "/alice", "AssumedRoleId", role.id() + ":alice"));
        for (Map.Entry<Map<String, String>, String> refused : Map.of(
                        Map.of("RoleSessionName", "alice"), "MissingRoleArn",
                        Map.of("RoleArn", role.arn()), "MissingRoleSessionName",
                        Map.of("RoleArn", role.arn(), "RoleSessionName", "alice", "DurationSeconds", "soon"),
                                "InvalidParameter.DurationSeconds",
                        Map.of("RoleArn", "acs:ram::1234567890123456:role/nobody", "RoleSessionName", "alice"),
                                "EntityNotExist.Role")
                .entrySet()) {
            assertThat(catchThrowableOfType(TeaException.class, () -> sts(config, "AssumeRole", refused.getKey()))
                            .getCode())
                    .isEqualTo(refused.getValue());
        }
    }

    private static Map<String, Object> identity(Config config) throws Exception {
        return sts(config, "GetCallerIdentity", Map.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> sts(Config config, String action, Map<String, String> parameters)
            throws Exception {
        Params params = new Params()
                .setAction(action)
                .setVersion("2015-04-01")
                .setProtocol("HTTP")
                .setPathname("/")
                .setMethod("POST")
                .setAuthType("AK")
                .setStyle("RPC")
                .setReqBodyType("formData")
                .setBodyType("json");
        return (Map<String, Object>) new com.aliyun.teaopenapi.Client(config)
                .callApi(params, new OpenApiRequest().setQuery(parameters), new RuntimeOptions())
                .get("body");
    }
}
