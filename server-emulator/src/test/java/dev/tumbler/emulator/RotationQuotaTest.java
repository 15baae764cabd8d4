package dev.tumbler.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.tea.TeaException;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.testing.KmsSdk;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The quota of RotateSecret, for those who switch it on. */
@Timeout(60)
class RotationQuotaTest {
    @Test
    void rotationsPerHour_usedUpByOneSecret_refusesAnother() throws Exception {
        try (KmsEmulator kms = KmsEmulator.builder().rotationsPerHour(1).start()) {
            Client client = KmsSdk.connect(kms);
            kms.rds().add("rm-1", RdsEngine.POSTGRESQL).createAccount("orders", "First-pass-1");
            for (String name : new String[] {"a", "b"}) {
                client.createSecret(new CreateSecretRequest()
                        .setSecretName(name)
                        .setVersionId("v1")
                        .setSecretType("Rds")
                        .setSecretData(
                                "{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}]}")
                        .setExtendedConfig(Map.of("SecretSubType", "SingleUser", "DBInstanceId", "rm-1")));
            }
            client.rotateSecret(new RotateSecretRequest().setSecretName("a").setVersionId("v2"));
            client.rotateSecret(new RotateSecretRequest().setSecretName("a").setVersionId("v2"));
            assertThatThrownBy(() -> client.rotateSecret(
                            new RotateSecretRequest().setSecretName("b").setVersionId("v2")))
                    .isInstanceOfSatisfying(TeaException.class, error -> {
                        assertThat(error.getCode()).isEqualTo("Rejected.Throttling");
                        assertThat(error.getMessage()).startsWith("code: 429, QPS Limit Exceeded");
                    });
        }
    }

    @Test
    void rotationsPerHour_lessThanOne_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KmsEmulator.builder().rotationsPerHour(0))
                .withMessageContaining("0");
    }
}
