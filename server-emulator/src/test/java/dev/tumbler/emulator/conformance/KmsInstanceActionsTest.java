package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.KmsEmulator;
import java.util.List;
import java.util.Map;

/** What the service tells of its regions and of KMS instances. */
class KmsInstanceActionsTest {
    @ConformanceTest
    @Proves({"DescribeRegions/answer/RegionId", "DescribeRegions/answer/RequestId"})
    void describeRegions_listsTheRegions(Kms kms, KmsEmulator emulator) {
        Map<String, Object> answer = kms.call("DescribeRegions");
        assertThat(answer).containsOnlyKeys("Regions", "RequestId");
        assertThat(Kms.list(answer, "Regions")).isEqualTo(List.of(Map.of("RegionId", emulator.region())));
    }

    @ConformanceTest
    @Proves({
        "ListKmsInstances/PageNumber/default",
        "ListKmsInstances/PageNumber/range",
        "ListKmsInstances/PageSize/default",
        "ListKmsInstances/PageSize/range",
        "ListKmsInstances/answer/KmsInstanceId",
        "ListKmsInstances/answer/KmsInstanceArn",
        "ListKmsInstances/answer/TotalCount",
        "ListKmsInstances/answer/RequestId",
        "ListKmsInstances/error/InvalidParameter",
    })
    void listKmsInstances_inPages_givesEachOnce(Kms kms, KmsEmulator emulator) {
        for (int i = 10; i < 31; i++) {
            emulator.kmsInstances().add("kst-" + i);
        }
        Map<String, Object> first = kms.call("ListKmsInstances");
        assertThat(((Number) first.get("TotalCount")).intValue()).isEqualTo(21);
        assertThat(((Number) first.get("PageNumber")).intValue()).isEqualTo(1);
        assertThat(((Number) first.get("PageSize")).intValue()).isEqualTo(20);
        assertThat(Kms.list(first, "KmsInstances"))
                .hasSize(20)
                .startsWith(Map.of(
                        "KmsInstanceId",
                        "kst-10",
                        "KmsInstanceArn",
                        "acs:kms:cn-hangzhou:" + KmsEmulator.ACCOUNT_ID + ":keystore/kst-10"));
        assertThat(Kms.list(kms.call("ListKmsInstances", "PageNumber", 2), "KmsInstances"))
                .extracting(instance -> instance.get("KmsInstanceId"))
                .containsExactly("kst-30");
        kms.assertInvalid("PageNumber", "ListKmsInstances", "PageNumber", 0);
        kms.assertInvalid("PageSize", "ListKmsInstances", "PageSize", 101);
    }

    @ConformanceTest
    @Proves({
        "GetKmsInstance/KmsInstanceId/required",
        "GetKmsInstance/answer/InstanceId",
        "GetKmsInstance/answer/Status",
        "GetKmsInstance/answer/CreateTime",
        "GetKmsInstance/answer/CaCertificateChainPem",
        "GetKmsInstance/answer/quotas",
        "GetKmsInstance/answer/RequestId",
        "GetKmsInstance/error/Forbidden.DKMSInstanceNotFound",
    })
    @SuppressWarnings("unchecked")
    void getKmsInstance_tellsItsCertificateAuthority(Kms kms, KmsEmulator emulator) {
        emulator.kmsInstances().add("kst-1");
        Map<String, Object> answer = kms.call("GetKmsInstance", "KmsInstanceId", "kst-1");
        assertThat(answer).containsOnlyKeys("KmsInstance", "RequestId");
        Map<String, Object> instance = (Map<String, Object>) answer.get("KmsInstance");
        assertThat(instance)
                .containsEntry("InstanceId", "kst-1")
                .containsEntry("InstanceName", "kst-1")
                .containsEntry("Status", "Connected")
                .containsEntry("CreateTime", "2026-01-01T00:00:00Z")
                .containsEntry("StartDate", "2026-01-01T00:00:00Z")
                .containsEntry("SecretNum", "1000");
        assertThat((String) instance.get("CaCertificateChainPem"))
                .isEqualToNormalizingNewlines(emulator.caCertificate());
        assertThat(((Number) instance.get("KeyNum")).intValue()).isEqualTo(1_000);
        kms.assertRequired("GetKmsInstance", "KmsInstanceId", "kst-1");
        kms.assertRefused(403, "Forbidden.DKMSInstanceNotFound", "GetKmsInstance", "KmsInstanceId", "kst-2");
    }
}
