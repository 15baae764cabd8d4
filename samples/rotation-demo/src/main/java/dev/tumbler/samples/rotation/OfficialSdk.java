package dev.tumbler.samples.rotation;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.GetSecretValueResponseBody;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.teaopenapi.models.Config;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import java.util.List;
import java.util.Map;

/** The unmodified {@code com.aliyun:kms20160120}: what is special is the endpoint, and nothing else. */
final class OfficialSdk {
    private final Client client;

    OfficialSdk(KmsEmulator kms, AccessKey key) throws Exception {
        this.client = new Client(new Config()
                .setEndpoint(kms.hostAndPort())
                .setProtocol("HTTP")
                .setAccessKeyId(key.id())
                .setAccessKeySecret(key.secret()));
    }

    void createDualAccountSecret(String secretName, String dbInstanceId, Account account) throws Exception {
        String secretData = new Gson()
                .toJson(Map.of(
                        "Accounts",
                        List.of(Map.of("AccountName", account.name(), "AccountPassword", account.password()))));
        client.createSecret(new CreateSecretRequest()
                .setSecretName(secretName)
                .setVersionId("v0")
                .setSecretType("Rds")
                .setSecretData(secretData)
                .setExtendedConfig(Map.of("SecretSubType", "DoubleUsers", "DBInstanceId", dbInstanceId)));
    }

    void rotate(String secretName, String versionId) throws Exception {
        client.rotateSecret(new RotateSecretRequest().setSecretName(secretName).setVersionId(versionId));
    }

    Version current(String secretName) throws Exception {
        GetSecretValueResponseBody value = client.getSecretValue(new GetSecretValueRequest().setSecretName(secretName))
                .getBody();
        JsonObject data = JsonParser.parseString(value.getSecretData()).getAsJsonObject();
        return new Version(
                value.getVersionId(),
                new Account(
                        data.get("AccountName").getAsString(),
                        data.get("AccountPassword").getAsString()));
    }

    /** A version of the secret. */
    record Version(String versionId, Account account) {}
}
