package dev.tumbler.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.AccessDeniedException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.internal.time.TimeSource;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Credentials are got from the emulator's STS, metadata service and credentials URI, and a secret is read with them. That
 * they are those of the role is seen by what the role may not read.
 */
@Timeout(60)
class EmulatedCredentialsTest {
    private static final String PROVIDER_ARN = "acs:ram::1234567890123456:oidc-provider/k8s";

    @TempDir
    Path home;

    private final KmsEmulator kms = KmsEmulator.builder().strictAuthentication().start();
    private final dev.tumbler.emulator.ram.RamRole role = kms.ram()
            .role("reader")
            .allow("kms:GetSecretValue", "acs:kms:*:*:secret/orders/db")
            .allow("kms:Decrypt");
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void createSecrets() {
        AccessKey owner = kms.createAccessKey();
        try (SecretsClient client = client(CredentialsProvider.of(owner.id(), owner.secret()))) {
            client.createSecret(r -> r.secretName("orders/db").versionId("v1").secretData("x"));
            client.createSecret(r -> r.secretName("mail/db").versionId("v1").secretData("y"));
        }
    }

    @AfterEach
    void close() {
        kms.close();
    }

    @Test
    void ramRole_assumedByAUser_readsAsTheRole() {
        assertReadsAsTheRole(surroundings().ramRole(assumed(), user(role.arn())));
    }

    @Test
    void ramRole_thatTheUserMayNotAssume_saysSo() {
        CredentialsProvider refused = surroundings().ramRole(assumed(), user("acs:ram::*:role/other"));

        assertThatThrownBy(refused::credentials)
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("AssumeRole of " + role.arn())
                .hasMessageContaining("NoPermission");
    }

    @Test
    void oidc_withATokenOfATrustedProvider_readsAsTheRole() throws IOException {
        role.trustOidcProvider(PROVIDER_ARN);
        Path token = Files.writeString(home.resolve("token"), "header.claims.signature");

        assertReadsAsTheRole(surroundings().oidc(assumed(), PROVIDER_ARN, token));
    }

    @Test
    void oidc_ofAProviderThatTheRoleDoesNotTrust_isRefused() throws IOException {
        role.trustOidcProvider(PROVIDER_ARN + "-other");
        Path token = Files.writeString(home.resolve("token"), "header.claims.signature");

        assertThatThrownBy(() ->
                        surroundings().oidc(assumed(), PROVIDER_ARN, token).credentials())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("AssumeRoleWithOIDC of " + role.arn());
    }

    @Test
    void ecsRamRole_givenOrDiscovered_readsAsTheRole() {
        // Then the token of the metadata service is a must.
        environment.put("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");

        assertReadsAsTheRole(surroundings().ecsRamRole("reader"));
        assertReadsAsTheRole(surroundings().ecsRamRole(null));
    }

    @Test
    void credentialsUri_readsAsTheRole() {
        assertReadsAsTheRole(CredentialsProvider.uri(kms.credentialsUri("reader")));
    }

    @Test
    void defaultChain_onAnInstance_takesItsRole() {
        assertReadsAsTheRole(DefaultChain.of(surroundings()));
    }

    @Test
    void defaultChain_withoutAnInstance_takesTheCredentialsUri() {
        environment.put("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        environment.put(
                "ALIBABA_CLOUD_CREDENTIALS_URI", kms.credentialsUri("reader").toString());

        assertReadsAsTheRole(DefaultChain.of(surroundings()));
    }

    @Test
    void defaultChain_withAKeyInTheEnvironment_readsWithIt() {
        AccessKey key = kms.ram()
                .user("app")
                .allow("kms:GetSecretValue", "acs:kms:*:*:secret/orders/db")
                .allow("kms:Decrypt")
                .createAccessKey();
        environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", key.id());
        environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", key.secret());

        assertReadsOnlyOrders(DefaultChain.of(surroundings()));
    }

    private void assertReadsAsTheRole(CredentialsProvider provider) {
        assertThat(provider.credentials().accessKeyId()).startsWith("STS.");
        assertThat(provider.credentials())
                .isInstanceOfSatisfying(
                        dev.tumbler.client.auth.AccessKey.class,
                        key -> assertThat(key.securityToken()).isPresent());
        assertReadsOnlyOrders(provider);
    }

    private void assertReadsOnlyOrders(CredentialsProvider provider) {
        try (SecretsClient client = client(provider)) {
            assertThat(client.getSecretValue("orders/db").secretData().asString())
                    .isEqualTo("x");
            assertThatThrownBy(() -> client.getSecretValue("mail/db")).isInstanceOf(AccessDeniedException.class);
        }
    }

    private SecretsClient client(CredentialsProvider provider) {
        return SecretsClient.builder()
                .endpoint(kms.endpoint())
                .credentials(provider)
                .build();
    }

    private CredentialsProvider user(String mayAssume) {
        AccessKey key = kms.ram().user("app").allow("sts:AssumeRole", mayAssume).createAccessKey();
        return CredentialsProvider.of(key.id(), key.secret());
    }

    private RamRole assumed() {
        return RamRole.builder().roleArn(role.arn()).stsEndpoint(kms.endpoint()).build();
    }

    /** A machine on which the emulator is the metadata service. */
    private Surroundings surroundings() {
        URI metadata = kms.endpoint();
        return new Surroundings(
                environment::get, name -> null, home, metadata, TimeSource.system(), () -> 0.5, pause -> {}, to -> to);
    }
}
