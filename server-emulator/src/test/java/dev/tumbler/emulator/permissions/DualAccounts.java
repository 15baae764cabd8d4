package dev.tumbler.emulator.permissions;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.teaopenapi.models.Config;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import java.util.Map;
import java.util.UUID;

/** A secret with dual accounts on a real server, created with one, that the official SDK rotates and reads. */
final class DualAccounts {
    static final String FIRST_PASSWORD = "First-pass-1";

    private static final String INSTANCE = "rm-shop";

    private final Server server;
    private final Client sdk;
    private final String secretName;

    private DualAccounts(Server server, Client sdk, String secretName) {
        this.server = server;
        this.sdk = sdk;
        this.secretName = secretName;
    }

    /** Starts an emulator that rotates on the server. */
    static KmsEmulator emulatorOf(Server server) {
        KmsEmulator kms = KmsEmulator.start();
        kms.rds().attachWithoutProbe(INSTANCE, server.instance());
        return kms;
    }

    /** Puts the account, which exists with the first password, into a secret. */
    static DualAccounts startWith(KmsEmulator kms, Server server, String accountName) throws Exception {
        AccessKey key = kms.createAccessKey();
        Client sdk = new Client(new Config()
                .setEndpoint(kms.hostAndPort())
                .setProtocol("HTTP")
                .setAccessKeyId(key.id())
                .setAccessKeySecret(key.secret()));
        String secretName = "permissions/" + accountName;
        sdk.createSecret(new CreateSecretRequest()
                .setSecretName(secretName)
                .setVersionId("v1")
                .setSecretType("Rds")
                .setSecretData("{\"Accounts\":[{\"AccountName\":\"" + accountName + "\",\"AccountPassword\":\""
                        + FIRST_PASSWORD + "\"}]}")
                .setExtendedConfig(Map.of("SecretSubType", "DoubleUsers", "DBInstanceId", INSTANCE)));
        return new DualAccounts(server, sdk, secretName);
    }

    void rotate() throws Exception {
        sdk.rotateSecret(new RotateSecretRequest()
                .setSecretName(secretName)
                .setVersionId(UUID.randomUUID().toString()));
    }

    /** The account of the current version. */
    Login current() throws Exception {
        return read("ACSCurrent");
    }

    /** The other account, which stays valid until the next rotation. */
    Login previous() throws Exception {
        return read("ACSPrevious");
    }

    private Login read(String stage) throws Exception {
        String data = sdk.getSecretValue(
                        new GetSecretValueRequest().setSecretName(secretName).setVersionStage(stage))
                .getBody()
                .getSecretData();
        JsonObject account = JsonParser.parseString(data).getAsJsonObject();
        return new Login(
                server,
                account.get("AccountName").getAsString(),
                account.get("AccountPassword").getAsString());
    }
}
