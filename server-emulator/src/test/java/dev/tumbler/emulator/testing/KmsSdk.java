package dev.tumbler.emulator.testing;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.GetSecretValueResponseBody;
import com.aliyun.teaopenapi.models.Config;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import java.util.Map;

/** The official SDK (V2) at an emulator, and what tests of RDS secrets ask of it again and again. */
public final class KmsSdk {
    private KmsSdk() {}

    /** A client with an access key of its own, which may do everything. */
    public static Client connect(KmsEmulator kms) throws Exception {
        return connect(kms, kms.region());
    }

    /** The same, at another region. */
    public static Client connect(KmsEmulator kms, String region) throws Exception {
        return new Client(config(kms, kms.hostAndPort(region)));
    }

    /** The same, with the host's own name: the emulator, at the port of a region, stands in for an HTTP proxy. */
    public static Client connectTo(String host, KmsEmulator kms, String region) throws Exception {
        return new Client(config(kms, host).setHttpProxy("http://" + kms.hostAndPort(region)));
    }

    private static Config config(KmsEmulator kms, String endpoint) {
        AccessKey key = kms.createAccessKey();
        return new Config()
                .setEndpoint(endpoint)
                .setProtocol("HTTP")
                .setAccessKeyId(key.id())
                .setAccessKeySecret(key.secret());
    }

    /**
     * A request for a secret of an account that there is; its first version is {@code v1}.
     *
     * @param subType {@code SingleUser}, or {@code DoubleUsers}, whose first rotation makes the second account
     */
    public static CreateSecretRequest rdsSecret(
            String secretName, String subType, String dbInstanceId, String accountName, String password) {
        return new CreateSecretRequest()
                .setSecretName(secretName)
                .setVersionId("v1")
                .setSecretType("Rds")
                .setSecretData("{\"Accounts\":[{\"AccountName\":\"" + accountName + "\",\"AccountPassword\":\""
                        + password + "\"}]}")
                .setExtendedConfig(Map.of("SecretSubType", subType, "DBInstanceId", dbInstanceId));
    }

    /** The version at a stage. */
    public static GetSecretValueResponseBody read(Client client, String secretName, String stage) throws Exception {
        return client.getSecretValue(
                        new GetSecretValueRequest().setSecretName(secretName).setVersionStage(stage))
                .getBody();
    }

    /** The account of a version. */
    public static Account account(GetSecretValueResponseBody version) {
        JsonObject value = JsonParser.parseString(version.getSecretData()).getAsJsonObject();
        return new Account(
                value.get("AccountName").getAsString(),
                value.get("AccountPassword").getAsString());
    }

    /** What an application logs in with. */
    public record Account(String name, String password) {}
}
