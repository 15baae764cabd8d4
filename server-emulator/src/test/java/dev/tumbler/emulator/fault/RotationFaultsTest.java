package dev.tumbler.emulator.fault;

import static dev.tumbler.emulator.fault.Fault.databaseDown;
import static dev.tumbler.emulator.fault.Fault.databaseLost;
import static dev.tumbler.emulator.journal.KmsAction.GET_SECRET_VALUE;
import static dev.tumbler.emulator.journal.KmsAction.ROTATE_SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.teaopenapi.models.Config;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.RdsEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rotations that fail, asked for and due. */
@Timeout(60)
class RotationFaultsTest {
    private static final String FIRST = "First-pass-1";

    private final KmsEmulator kms = KmsEmulator.builder()
            .clockFrozenAt(Instant.parse("2026-01-01T00:00:00Z"))
            .start();
    private final AccessKey key = kms.createAccessKey();
    private InMemoryRdsInstance rds;
    private Client sdk;

    @BeforeEach
    void create() throws Exception {
        sdk = new Client(new Config()
                .setEndpoint(kms.hostAndPort())
                .setProtocol("HTTP")
                .setAccessKeyId(key.id())
                .setAccessKeySecret(key.secret()));
        rds = kms.rds().add("rm-1", RdsEngine.POSTGRESQL);
        rds.createAccount("orders", FIRST);
        sdk.createSecret(new CreateSecretRequest()
                .setSecretName("orders/db")
                .setVersionId("v1")
                .setSecretType("Rds")
                .setSecretData("{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"" + FIRST + "\"}]}")
                .setEnableAutomaticRotation(true)
                .setRotationInterval("7d")
                .setExtendedConfig(Map.of("SecretSubType", "SingleUser", "DBInstanceId", "rm-1")));
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    @Test
    void databaseDown_rotationAskedFor_failsAndChangesNothing() throws Exception {
        FaultRule rule =
                kms.faults().on(ROTATE_SECRET).forSecret("orders/*").times(1).respond(databaseDown());

        assertThatThrownBy(() -> rotate("v2")).hasMessageContaining("the database is down");

        assertThat(rule.fired()).isEqualTo(1);
        assertThat(rds.acceptsLogin("orders", FIRST)).isTrue();
        assertThat(kms.secret("orders/db").currentVersionId()).contains("v1");
        rotate("v2");
        assertThat(rds.acceptsLogin("orders", password())).isTrue();
    }

    @Test
    void databaseDown_rotationDue_failsToo() {
        kms.faults().on(ROTATE_SECRET).forTheNext(Duration.ofDays(8)).respond(databaseDown());

        kms.clock().advance(Duration.ofDays(7));

        assertThat(kms.secret("orders/db").rotations()).isZero();
        assertThat(rds.acceptsLogin("orders", FIRST)).isTrue();
    }

    @Test
    void databaseLost_afterThePasswordChanged_leavesASecretThatDoesNotLogIn() throws Exception {
        kms.faults().on(ROTATE_SECRET).times(1).respond(databaseLost());

        assertThatThrownBy(() -> rotate("v2")).hasMessageContaining("lost after it took the password");

        assertThat(rds.acceptsLogin("orders", FIRST)).isFalse();
        assertThat(password()).isEqualTo(FIRST);
        rotate("v3");
        assertThat(rds.acceptsLogin("orders", password())).isTrue();
    }

    @Test
    void faultOfRotations_onAnotherAction_isRefused() {
        assertThatThrownBy(() -> kms.faults().on(GET_SECRET_VALUE).respond(databaseDown()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("on(ROTATE_SECRET)");
    }

    @Test
    void faultOfRotations_meetsNoCall() throws Exception {
        FaultRule rule = kms.faults().on().respond(databaseDown());

        assertThat(password()).isEqualTo(FIRST);

        assertThat(rule.fired()).isZero();
    }

    private void rotate(String versionId) throws Exception {
        sdk.rotateSecret(new RotateSecretRequest().setSecretName("orders/db").setVersionId(versionId));
    }

    private String password() throws Exception {
        String data = sdk.getSecretValue(new GetSecretValueRequest().setSecretName("orders/db"))
                .getBody()
                .getSecretData();
        return JsonParser.parseString(data)
                .getAsJsonObject()
                .get("AccountPassword")
                .getAsString();
    }
}
