package dev.tumbler.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.tea.TeaException;
import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.rds.AccountPrivilege;
import dev.tumbler.emulator.rds.InMemoryRdsInstance;
import dev.tumbler.emulator.rds.RdsEdition;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.KmsSdk;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Secrets on instances that cannot serve them, for a while or at all, as the official SDK sees it. */
@Timeout(60)
class RdsInstanceStatesTest {
    private final KmsEmulator kms = KmsEmulator.start();
    private Client sdk;

    @BeforeEach
    void connect() throws Exception {
        sdk = KmsSdk.connect(kms);
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    @Test
    @Proves(value = "RdsSecrets/R18/cluster-edition", by = "SDK V2, ACS3")
    void createSecret_sqlServer2017ClusterEdition_isRefused() {
        kms.rds()
                .attachWithoutProbe(
                        "rm-orders", RdsInstance.inMemory(RdsEngine.SQL_SERVER, RdsEdition.SQL_SERVER_2017_CLUSTER));

        assertRefused(this::createSecret, "InvalidParameter")
                .hasMessageContaining("\"DBInstanceId\" names an instance of SQL Server 2017 Cluster Edition");

        assertRefused(
                () -> sdk.describeSecret(new DescribeSecretRequest().setSecretName("orders/db")),
                "Forbidden.ResourceNotFound");
    }

    @Test
    void rotateSecret_instanceStopped_failsAndHealsWhenItRuns() throws Exception {
        InMemoryRdsInstance rds = kms.rds().add("rm-orders", RdsEngine.MYSQL);
        rds.createAccount("orders", "First-pass-1", AccountPrivilege.READ_WRITE.on("shop"));
        createSecret();
        rds.stop();

        assertRefused(this::rotateSecret, "InternalFailure").hasMessageContaining("MySQL in memory is stopped");
        assertThat(currentVersion()).isEqualTo("v1");

        rds.start();
        rotateSecret();

        assertThat(currentVersion()).isEqualTo("v2");
        assertThat(rds.privileges("orders_clone")).containsExactly(AccountPrivilege.READ_WRITE.on("shop"));
    }

    @Test
    @Proves(value = "RdsSecrets/R60/gone", by = "SDK V2, ACS3")
    void rotateSecret_instanceReleased_fails() throws Exception {
        kms.rds().add("rm-orders", RdsEngine.MYSQL).createAccount("orders", "First-pass-1");
        createSecret();

        kms.rds().remove("rm-orders");

        assertRefused(this::rotateSecret, "InternalFailure").hasMessageContaining("rm-orders");
        assertThat(currentVersion()).isEqualTo("v1");
        assertThat(kms.rds().checkAccounts("rm-orders", List.of("orders")).passed())
                .isFalse();
    }

    private void createSecret() throws Exception {
        sdk.createSecret(new CreateSecretRequest()
                .setSecretName("orders/db")
                .setVersionId("v1")
                .setSecretType("Rds")
                .setSecretData("{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}]}")
                .setExtendedConfig(Map.of("SecretSubType", "DoubleUsers", "DBInstanceId", "rm-orders")));
    }

    private void rotateSecret() throws Exception {
        sdk.rotateSecret(new RotateSecretRequest().setSecretName("orders/db").setVersionId("v2"));
    }

    private String currentVersion() throws Exception {
        return sdk.getSecretValue(new GetSecretValueRequest().setSecretName("orders/db"))
                .getBody()
                .getVersionId();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ThrowingCallable call, String code) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TeaException.class, e -> assertThat(e.getCode()).isEqualTo(code));
    }
}
