package dev.tumbler.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.tea.TeaException;
import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.ram.RamRole;
import dev.tumbler.emulator.ram.RdsServiceRole;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.KmsSdk;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The right by which KMS rotates passwords. Evidence: KMS, "ApsaraDB RDS secrets"; that its absence fails is assumed. */
@Timeout(60)
class RdsServiceRoleTest {
    private final KmsEmulator kms = KmsEmulator.builder()
            .clockFrozenAt(Instant.parse("2026-01-01T00:00:00Z"))
            .start();
    private final RdsInstance rds = kms.rds().add("rm-1", RdsEngine.POSTGRESQL);
    private Client client;

    @BeforeEach
    void connect() throws Exception {
        client = KmsSdk.connect(kms);
        rds.createAccount("orders", "First-pass-1");
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    private void createRdsSecret(String name) throws Exception {
        client.createSecret(new CreateSecretRequest()
                .setSecretName(name)
                .setVersionId("v1")
                .setSecretType("Rds")
                .setSecretData("{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}]}")
                .setExtendedConfig(Map.of("SecretSubType", "SingleUser", "DBInstanceId", "rm-1"))
                .setEnableAutomaticRotation(true)
                .setRotationInterval("7d"));
    }

    private TeaException refusedRotation() {
        return catchThrowableOfType(
                TeaException.class,
                () -> client.rotateSecret(
                        new RotateSecretRequest().setSecretName("orders/db").setVersionId("v2")));
    }

    @Test
    @Proves(value = "RdsSecrets/R23/role-made", by = "SDK V2, ACS3")
    void role_appearsWithTheFirstRdsSecret_once() throws Exception {
        client.createSecret(new CreateSecretRequest()
                .setSecretName("generic")
                .setVersionId("v1")
                .setSecretData("x"));
        assertThat(kms.ram().findRole(RdsServiceRole.NAME)).isEmpty();

        createRdsSecret("orders/db");
        RamRole role = kms.ram().findRole(RdsServiceRole.NAME).orElseThrow();
        createRdsSecret("orders/second");

        assertThat(kms.ram().findRole(RdsServiceRole.NAME)).containsSame(role);
        assertThat(kms.ram().roles()).containsExactly(role);
        assertThat(role.arn()).isEqualTo("acs:ram::1234567890123456:role/AliyunServiceRoleForKMSSecretsManagerForRDS");
        assertThat(role.policyDocuments())
                .containsOnlyKeys("AliyunServiceRolePolicyForKMSSecretsManagerForRDS")
                .hasEntrySatisfying(
                        "AliyunServiceRolePolicyForKMSSecretsManagerForRDS",
                        document -> assertThat(document)
                                .contains("rds:ResetAccountPassword", "rds:DescribeDBInstanceAttribute"));
    }

    @Test
    @Proves(value = "RdsSecrets/R24/role-used", by = "SDK V2, ACS3")
    void rotation_withoutTheRole_failsAndChangesNothing() throws Exception {
        createRdsSecret("orders/db");
        assertThat(kms.ram().deleteRole(RdsServiceRole.NAME)).isTrue();

        TeaException refusal = refusedRotation();

        assertThat(refusal.getCode()).isEqualTo("InternalFailure");
        assertThat(refusal.getMessage())
                .contains("the service-linked role AliyunServiceRoleForKMSSecretsManagerForRDS does not exist");
        assertThat(rds.acceptsLogin("orders", "First-pass-1")).isTrue();
    }

    @Test
    void automaticRotation_withoutTheRole_becomesInvalid() throws Exception {
        createRdsSecret("orders/db");
        kms.ram().deleteRole(RdsServiceRole.NAME);

        kms.clock().advance(Duration.ofDays(8));

        assertThat(client.describeSecret(new DescribeSecretRequest().setSecretName("orders/db"))
                        .getBody()
                        .getAutomaticRotation())
                .isEqualTo("Invalid");
    }

    @Test
    void rotation_withARoleThatIsDenied_fails() throws Exception {
        createRdsSecret("orders/db");
        kms.ram().role(RdsServiceRole.NAME).deny("rds:*");

        assertThat(refusedRotation().getMessage()).contains("is not allowed rds:ResetAccountPassword");
    }

    @Test
    void nextRdsSecret_makesTheRoleAnew_andRotationsSucceed() throws Exception {
        createRdsSecret("orders/db");
        kms.ram().deleteRole(RdsServiceRole.NAME);
        createRdsSecret("orders/second");

        client.rotateSecret(new RotateSecretRequest().setSecretName("orders/db").setVersionId("v2"));

        assertThat(rds.acceptsLogin("orders", "First-pass-1")).isFalse();
    }
}
