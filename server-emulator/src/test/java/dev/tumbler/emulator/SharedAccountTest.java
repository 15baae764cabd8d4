package dev.tumbler.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.AllLogs;
import dev.tumbler.emulator.testing.KmsSdk;
import dev.tumbler.emulator.testing.SecretForms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The same account in two secrets: the service accepts it, and a rotation of one breaks the other. Evidence: KMS, "ApsaraDB
 * RDS secrets". The warnings are the emulator's own.
 */
@Timeout(60)
class SharedAccountTest {
    private static final String PASSWORD = "First-pass-1";

    private final AllLogs logs = new AllLogs();
    private final KmsEmulator kms =
            KmsEmulator.builder().regions("cn-hangzhou", "cn-shanghai").start();
    private final RdsInstance rds = kms.rds().add("rm-1", RdsEngine.POSTGRESQL);
    private final List<String> passwords = new ArrayList<>(List.of(PASSWORD));
    private Client hangzhou;
    private Client shanghai;

    @BeforeEach
    void connect() throws Exception {
        hangzhou = client("cn-hangzhou");
        shanghai = client("cn-shanghai");
        rds.createAccount("orders", PASSWORD);
    }

    @AfterEach
    void stop() {
        kms.close();
        logs.close();
    }

    @Test
    void createSecret_accountOfAnotherSecret_isAcceptedWithAWarningThatNamesIt() throws Exception {
        create(hangzhou, "orders/db", "SingleUser", "orders");
        assertThat(warnings()).isEmpty();

        create(hangzhou, "orders/second", "SingleUser", "orders");
        create(shanghai, "orders/db", "SingleUser", "orders");

        assertThat(warnings())
                .containsExactly(
                        "Account \"orders\" of rm-1 is in secret \"orders/second\" in cn-hangzhou, and also in"
                                + " \"orders/db\" in cn-hangzhou. A rotation of one breaks the password that the others hold:"
                                + " give each secret accounts of its own",
                        "Account \"orders\" of rm-1 is in secret \"orders/db\" in cn-shanghai, and also in"
                                + " \"orders/db\" in cn-hangzhou, \"orders/second\" in cn-hangzhou. A rotation of one breaks"
                                + " the password that the others hold: give each secret accounts of its own");
    }

    @Test
    void createSecret_accountThatAnotherWillClone_isWarnedOfToo() throws Exception {
        create(hangzhou, "orders/db", "DoubleUsers", "orders");

        create(hangzhou, "orders/clone", "SingleUser", "orders_clone");

        assertThat(warnings())
                .singleElement()
                .asString()
                .startsWith("Account \"orders_clone\" of rm-1 is in secret \"orders/clone\" in cn-hangzhou, and also in"
                        + " \"orders/db\" in cn-hangzhou.");
    }

    @Test
    void createSecret_accountsOfItsOwnOrOfSecretsThatAreGone_isNotWarnedOf() throws Exception {
        rds.createAccount("ops", PASSWORD);
        kms.rds().add("rm-2", RdsEngine.POSTGRESQL).createAccount("orders", PASSWORD);
        create(hangzhou, "orders/db", "DoubleUsers", "orders");
        create(hangzhou, "ops/db", "SingleUser", "ops");
        create(hangzhou, "orders/elsewhere", "rm-2", "SingleUser", "orders");
        rotate(hangzhou, "orders/db");
        hangzhou.deleteSecret(new DeleteSecretRequest().setSecretName("orders/db"));
        create(hangzhou, "orders/after", "DoubleUsers", "orders");
        hangzhou.deleteSecret(
                new DeleteSecretRequest().setSecretName("orders/after").setForceDeleteWithoutRecovery("true"));
        create(hangzhou, "orders/last", "DoubleUsers", "orders");
        rotate(hangzhou, "orders/last");

        assertThat(warnings()).isEmpty();
    }

    @Test
    @Proves(value = "RdsSecrets/R19/shared-account", by = "SDK V2, ACS3")
    void rotateSecret_accountOfAnotherSecret_saysWhichSecretIsBroken() throws Exception {
        create(hangzhou, "orders/db", "SingleUser", "orders");
        create(shanghai, "orders/copy", "SingleUser", "orders");
        int before = warnings().size();

        rotate(hangzhou, "orders/db");

        assertThat(logsIn(hangzhou, "orders/db")).isTrue();
        assertThat(logsIn(shanghai, "orders/copy")).isFalse();
        rotate(shanghai, "orders/copy");
        assertThat(logsIn(hangzhou, "orders/db")).isFalse();
        assertThat(warnings().subList(before, warnings().size()))
                .containsExactly(
                        "The rotation of \"orders/db\" in cn-hangzhou has changed the password of account \"orders\" of"
                                + " rm-1, and so has broken secret \"orders/copy\" in cn-shanghai: its ACSCurrent version v1"
                                + " no longer logs in. Rotate it, or give each secret accounts of its own",
                        "The rotation of \"orders/copy\" in cn-shanghai has changed the password of account \"orders\" of"
                                + " rm-1, and so has broken secret \"orders/db\" in cn-hangzhou: its ACSCurrent version v2"
                                + " no longer logs in. Rotate it, or give each secret accounts of its own");
    }

    @Test
    void rotateSecret_dualAccountsInTwoSecrets_breaksOnlyWhatTheOtherHolds() throws Exception {
        create(hangzhou, "orders/db", "DoubleUsers", "orders");
        create(hangzhou, "orders/copy", "DoubleUsers", "orders");
        int before = warnings().size();

        rotate(hangzhou, "orders/db");
        assertThat(logsIn(hangzhou, "orders/copy")).isTrue();
        assertThat(warnings()).hasSize(before);

        rotate(hangzhou, "orders/copy");

        assertThat(logsIn(hangzhou, "orders/db")).isFalse();
        assertThat(warnings().subList(before, warnings().size()))
                .singleElement()
                .asString()
                .contains(
                        "has broken secret \"orders/db\" in cn-hangzhou: its ACSCurrent version v2 no longer logs in");
    }

    /** What was warned of; nothing that the emulator logs shows a password. */
    private List<String> warnings() {
        List<String> own = logs.lines().stream()
                .filter(line -> line.contains(" dev.tumbler."))
                .toList();
        assertThat(SecretForms.leaks(own, passwords)).isEmpty();
        String logger = " dev.tumbler.emulator.secret.AccountSharing {} ";
        return own.stream()
                .filter(line -> line.contains(logger))
                .map(line -> line.substring(line.indexOf(logger) + logger.length()))
                .toList();
    }

    private void create(Client client, String name, String subType, String account) throws Exception {
        create(client, name, "rm-1", subType, account);
    }

    private void create(Client client, String name, String dbInstanceId, String subType, String account)
            throws Exception {
        client.createSecret(new CreateSecretRequest()
                .setSecretName(name)
                .setVersionId("v1")
                .setSecretType("Rds")
                .setSecretData("{\"Accounts\":[{\"AccountName\":\"" + account + "\",\"AccountPassword\":\"" + PASSWORD
                        + "\"}]}")
                .setExtendedConfig(Map.of("SecretSubType", subType, "DBInstanceId", dbInstanceId)));
    }

    private void rotate(Client client, String name) throws Exception {
        client.rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        logsIn(client, name);
    }

    private boolean logsIn(Client client, String name) throws Exception {
        JsonObject account = JsonParser.parseString(
                        client.getSecretValue(new GetSecretValueRequest().setSecretName(name))
                                .getBody()
                                .getSecretData())
                .getAsJsonObject();
        String password = account.get("AccountPassword").getAsString();
        passwords.add(password);
        return rds.acceptsLogin(account.get("AccountName").getAsString(), password);
    }

    private Client client(String region) throws Exception {
        return KmsSdk.connect(kms, region);
    }
}
