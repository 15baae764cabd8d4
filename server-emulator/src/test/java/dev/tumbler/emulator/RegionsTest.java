package dev.tumbler.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DecryptRequest;
import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.DescribeKeyRequest;
import com.aliyun.kms20160120.models.EncryptRequest;
import com.aliyun.kms20160120.models.GetKmsInstanceRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.ListKmsInstancesRequest;
import com.aliyun.kms20160120.models.ListSecretsRequest;
import com.aliyun.tea.TeaException;
import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.testing.KmsSdk;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several regions in one emulator, as the official SDK V2 sees them. */
@Timeout(60)
class RegionsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final KmsEmulator kms = KmsEmulator.builder()
            .regions("cn-hangzhou", "cn-shanghai", "cn-beijing")
            .kmsInstance("kst-hz")
            .clockFrozenAt(START)
            .strictAuthentication()
            .start();

    @AfterEach
    void stop() {
        kms.close();
    }

    @Test
    @Proves(value = "RdsSecrets/R27/unique-name", by = "SDK V2, ACS3")
    void sameName_inTwoRegions_areTwoSecrets() throws Exception {
        Client hangzhou = client("cn-hangzhou");
        Client shanghai = client("cn-shanghai");
        assertThat(create(hangzhou, "a", "of hangzhou"))
                .isEqualTo("acs:kms:cn-hangzhou:" + KmsEmulator.ACCOUNT_ID + ":secret/a");
        assertThat(create(shanghai, "a", "of shanghai"))
                .isEqualTo("acs:kms:cn-shanghai:" + KmsEmulator.ACCOUNT_ID + ":secret/a");

        assertThat(read(hangzhou, "a")).isEqualTo("of hangzhou");
        assertThat(read(shanghai, "a")).isEqualTo("of shanghai");
        assertThat(client("cn-beijing")
                        .listSecrets(new ListSecretsRequest())
                        .getBody()
                        .getTotalCount())
                .isZero();
        assertError(
                () -> read(shanghai, "acs:kms:cn-hangzhou:" + KmsEmulator.ACCOUNT_ID + ":secret/a"),
                "Forbidden.ResourceNotFound");
    }

    @Test
    void key_ofAnotherRegion_isUnknown() throws Exception {
        Client hangzhou = client("cn-hangzhou");
        Client shanghai = client("cn-shanghai");
        String keyId = hangzhou.createKey(new CreateKeyRequest())
                .getBody()
                .getKeyMetadata()
                .getKeyId();
        String blob = hangzhou.encrypt(new EncryptRequest().setKeyId(keyId).setPlaintext("eA=="))
                .getBody()
                .getCiphertextBlob();
        assertError(() -> shanghai.describeKey(new DescribeKeyRequest().setKeyId(keyId)), "Forbidden.KeyNotFound");
        assertError(() -> shanghai.decrypt(new DecryptRequest().setCiphertextBlob(blob)), "Forbidden.KeyNotFound");
        assertError(
                () -> shanghai.createSecret(newSecret("a", "x").setEncryptionKeyId(keyId)), "Forbidden.KeyNotFound");
    }

    @Test
    void kmsInstance_isOfOneRegion() throws Exception {
        kms.kmsInstances().add("kst-sh", "cn-shanghai");
        assertThat(kms.kmsInstances().find("kst-hz").orElseThrow().createTime()).isEqualTo(START);
        for (String region : List.of("cn-hangzhou", "cn-shanghai")) {
            String own = region.equals("cn-hangzhou") ? "kst-hz" : "kst-sh";
            String other = region.equals("cn-hangzhou") ? "kst-sh" : "kst-hz";
            Client client = client(region);
            assertThat(client.listKmsInstances(new ListKmsInstancesRequest())
                            .getBody()
                            .getKmsInstances()
                            .getKmsInstance())
                    .extracting(instance -> instance.getKmsInstanceId())
                    .containsExactly(own);
            client.getKmsInstance(new GetKmsInstanceRequest().setKmsInstanceId(own));
            assertError(
                    () -> client.getKmsInstance(new GetKmsInstanceRequest().setKmsInstanceId(other)),
                    "Forbidden.DKMSInstanceNotFound");
            assertError(
                    () -> client.createKey(new CreateKeyRequest().setDKMSInstanceId(other)),
                    "Forbidden.DKMSInstanceNotFound");
        }
    }

    @Test
    void describeRegions_inAnyRegion_listsAll() throws Exception {
        for (String region : kms.regions()) {
            assertThat(client(region).describeRegions().getBody().getRegions().getRegion())
                    .extracting(item -> item.getRegionId())
                    .containsExactly("cn-hangzhou", "cn-shanghai", "cn-beijing");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kms.cn-shanghai.aliyuncs.com",
                "kms-vpc.cn-shanghai.aliyuncs.com",
                "kms.cn-shanghai.aliyuncs.com:80",
                "KMS.CN-Shanghai.Aliyuncs.com",
                "kst-sh.cryptoservice.kms.aliyuncs.com"
            })
    void host_ofARegion_winsOverThePort(String host) throws Exception {
        kms.kmsInstances().add("kst-sh", "cn-shanghai");
        create(client("cn-shanghai"), "a", "of shanghai");
        for (String region : kms.regions()) {
            assertThat(read(KmsSdk.connectTo(host, kms, region), "a")).isEqualTo("of shanghai");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kms.example.com", "localhost", "sts.cn-shanghai.aliyuncs.com", "kms.cn-shanghai.example.com"})
    void host_thatNamesNoRegion_leavesItToThePort(String host) throws Exception {
        create(client("cn-beijing"), "a", "of beijing");
        assertThat(read(KmsSdk.connectTo(host, kms, "cn-beijing"), "a")).isEqualTo("of beijing");
    }

    @Test
    void host_ofARegionThatIsNotThere_isToldWhichAre() {
        assertThatThrownBy(() -> read(KmsSdk.connectTo("kms.eu-central-1.aliyuncs.com", kms, kms.region()), "a"))
                .isInstanceOfSatisfying(TeaException.class, e -> {
                    assertThat(e.getCode()).isEqualTo("InvalidRegionId.NotFound");
                    assertThat(e.getStatusCode()).isEqualTo(404);
                    assertThat(e.getMessage()).contains("cn-beijing, cn-hangzhou, cn-shanghai");
                });
        assertError(
                () -> read(KmsSdk.connectTo("kst-none.cryptoservice.kms.aliyuncs.com", kms, kms.region()), "a"),
                "Forbidden.DKMSInstanceNotFound");
    }

    @Test
    void clock_isOneForAllRegions() throws Exception {
        for (String region : kms.regions()) {
            create(client(region), "a", "x");
            client(region)
                    .deleteSecret(new DeleteSecretRequest().setSecretName("a").setRecoveryWindowInDays("7"));
        }
        kms.clock().advance(Duration.ofDays(7));
        for (String region : kms.regions()) {
            create(client(region), "a", "x");
        }
    }

    @Test
    void endpoint_ofEachRegion_hasAPortOfItsOwn() {
        assertThat(kms.region()).isEqualTo("cn-hangzhou");
        assertThat(kms.endpoint()).isEqualTo(kms.endpoint("cn-hangzhou"));
        assertThat(kms.regions().stream().map(kms::endpoint).map(URI::getPort)).doesNotHaveDuplicates();
        assertThat(kms.endpoint("cn-shanghai")).hasToString("http://" + kms.hostAndPort("cn-shanghai"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kms.endpoint("cn-shenzhen"))
                .withMessageContaining("cn-hangzhou, cn-shanghai, cn-beijing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CN-Hangzhou", "cn hangzhou", "cn-", "cn.hangzhou", "cn-hangzhou"})
    void regions_badOrTwice_areRefused(String second) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KmsEmulator.builder().regions("cn-hangzhou", second));
    }

    @Test
    void kmsInstance_badId_failsTheStartAndLeavesNoThread() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KmsEmulator.builder().kmsInstance("1").start());
        assertThat(ownThreads(before)).isEmpty();
    }

    @Test
    void close_leavesNoThreadAndNoPort() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        KmsEmulator other =
                KmsEmulator.builder().regions("cn-hangzhou", "cn-shanghai").start();
        List<URI> endpoints = other.regions().stream().map(other::endpoint).toList();
        for (URI endpoint : endpoints) {
            connect(endpoint);
        }

        other.close();

        assertThat(ownThreads(before)).isEmpty();
        for (URI endpoint : endpoints) {
            assertThatThrownBy(() -> connect(endpoint)).isInstanceOf(ConnectException.class);
        }
    }

    private static void connect(URI endpoint) throws Exception {
        new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort()).close();
    }

    private static Set<String> ownThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("tumbler"))
                .collect(Collectors.toSet());
    }

    private Client client(String region) throws Exception {
        return KmsSdk.connect(kms, region);
    }

    private static CreateSecretRequest newSecret(String name, String data) {
        return new CreateSecretRequest().setSecretName(name).setVersionId("v1").setSecretData(data);
    }

    private static String create(Client client, String name, String data) throws Exception {
        return client.createSecret(newSecret(name, data)).getBody().getArn();
    }

    private static String read(Client client, String name) throws Exception {
        return client.getSecretValue(new GetSecretValueRequest().setSecretName(name))
                .getBody()
                .getSecretData();
    }

    private static void assertError(ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TeaException.class, e -> assertThat(e.getCode()).isEqualTo(code));
    }
}
