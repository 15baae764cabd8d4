import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.teaopenapi.models.Config;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.IAcsClient;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.kms.model.v20160120.GetSecretValueRequest;
import com.aliyuncs.kms.secretsmanager.client.SecretCacheClient;
import com.aliyuncs.kms.secretsmanager.client.SecretCacheClientBuilder;
import com.aliyuncs.kms.secretsmanager.client.model.RegionInfo;
import com.aliyuncs.kms.secretsmanager.client.service.DefaultSecretManagerClientBuilder;
import com.aliyuncs.profile.DefaultProfile;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.testkit.GenericSecret;
import dev.tumbler.testkit.KmsEmulatorTest;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** All clients in one JVM, with whichever versions of shared libraries the order of dependencies gives. */
@KmsEmulatorTest
class OneClasspathTest {
    @Test
    void allClients_readTheSameSecret(KmsEmulator kms, SecretsClient client) throws Exception {
        AccessKey key = kms.createAccessKey();
        new Client(new Config()
                        .setEndpoint(kms.hostAndPort())
                        .setProtocol("HTTP")
                        .setAccessKeyId(key.id())
                        .setAccessKeySecret(key.secret()))
                .createSecret(new CreateSecretRequest()
                        .setSecretName("a")
                        .setVersionId("v1")
                        .setSecretData("密 <value>"));

        assertEquals("密 <value>", client.getSecretValue("a").secretData().asString());
        try (SecretsClient overTls = SecretsClient.builder()
                        .region(kms.region())
                        .endpoint(URI.create("https://" + kms.hostAndPort()))
                        .caCertificate(kms.caCertificate())
                        .credentials(CredentialsProvider.of(key.id(), key.secret()))
                        .build();
                SecretCache cache = SecretCache.builder(overTls).build()) {
            assertEquals("密 <value>", cache.text("a").get());
        }

        SecretCacheClient secretClient = SecretCacheClientBuilder.newCacheClientBuilder(
                        DefaultSecretManagerClientBuilder.standard()
                                .withAccessKey(key.id(), key.secret())
                                .addRegion(new RegionInfo("cn-hangzhou", kms.hostAndPort()))
                                .build())
                .build();
        assertEquals("密 <value>", secretClient.getSecretInfo("a").getSecretValue());

        GetSecretValueRequest get = new GetSecretValueRequest();
        get.setSecretName("a");
        get.setSysEndpoint(kms.hostAndPort());
        get.setSysProtocol(ProtocolType.HTTP);
        DefaultAcsClient classic =
                new DefaultAcsClient(DefaultProfile.getProfile("cn-hangzhou", key.id(), key.secret()));
        assertEquals("密 <value>", classic.getAcsResponse(get).getSecretData());
    }

    @Test
    @GenericSecret(name = "mail/smtp", value = "password")
    void officialClients_areInjected(Client sdk, IAcsClient classic) throws Exception {
        assertEquals(
                "password",
                sdk.getSecretValue(new com.aliyun.kms20160120.models.GetSecretValueRequest().setSecretName("mail/smtp"))
                        .getBody()
                        .getSecretData());
        GetSecretValueRequest get = new GetSecretValueRequest();
        get.setSecretName("mail/smtp");
        assertEquals("password", classic.getAcsResponse(get).getSecretData());
    }

    @Test
    void rotation_works(KmsEmulator kms, SecretsClient client) {
        RdsInstance db = kms.rds().add("rm-1", RdsEngine.POSTGRESQL);
        db.createAccount("orders", "First-pass-1");
        client.createSecret(r -> r.secretName("orders/db")
                .versionId("v1")
                .rdsDualAccount("rm-1", new RdsCredentials("orders", "First-pass-1")));
        client.rotateSecret("orders/db", "v2");
        assertEquals("orders_clone", client.getSecretValue("orders/db").asRdsCredentials().accountName());
    }
}
