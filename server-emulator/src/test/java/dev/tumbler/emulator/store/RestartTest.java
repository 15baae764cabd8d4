package dev.tumbler.emulator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CancelKeyDeletionRequest;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DecryptRequest;
import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.DescribeKeyRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.DisableKeyRequest;
import com.aliyun.kms20160120.models.EnableKeyRequest;
import com.aliyun.kms20160120.models.EncryptRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.GetSecretValueResponseBody;
import com.aliyun.kms20160120.models.ListKeysRequest;
import com.aliyun.kms20160120.models.ListKeysResponseBody.ListKeysResponseBodyKeysKey;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.kms20160120.models.ScheduleKeyDeletionRequest;
import com.aliyun.tea.TeaException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.key.KmsInstance;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.testing.KmsSdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Emulators that follow each other in one directory. {@link KilledEmulatorTest} has those that do not end in peace. */
@Timeout(120)
class RestartTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Base64. */
    private static final String PLAINTEXT = "QzRuYXJ5";

    @TempDir
    private Path directory;

    @Test
    void genericSecret_isThereAgain_withAllItsVersions() throws Exception {
        try (KmsEmulator kms = emulator()) {
            Client sdk = KmsSdk.connect(kms);
            sdk.createSecret(new CreateSecretRequest()
                    .setSecretName("Mail/smtp")
                    .setVersionId("v1")
                    .setSecretData("C4nary-1")
                    .setTags("[{\"TagKey\":\"team\",\"TagValue\":\"shop\"}]"));
            sdk.createSecret(new CreateSecretRequest()
                    .setSecretName("mail/smtp")
                    .setVersionId("v1")
                    .setSecretData("other"));
            sdk.putSecretValue(new PutSecretValueRequest()
                    .setSecretName("Mail/smtp")
                    .setVersionId("v2")
                    .setSecretData("C4nary-2"));
        }
        try (KmsEmulator kms = emulator()) {
            Client sdk = KmsSdk.connect(kms);
            assertThat(value(sdk, "Mail/smtp", "ACSCurrent").getSecretData()).isEqualTo("C4nary-2");
            assertThat(value(sdk, "Mail/smtp", "ACSPrevious").getSecretData()).isEqualTo("C4nary-1");
            assertThat(value(sdk, "mail/smtp", "ACSCurrent").getSecretData()).isEqualTo("other");
            assertThat(sdk.describeSecret(new DescribeSecretRequest()
                                    .setSecretName("Mail/smtp")
                                    .setFetchTags("true"))
                            .getBody()
                            .getTags()
                            .getTag())
                    .hasSize(1);
        }
    }

    @Test
    void key_encryptsAndDecryptsAsBefore_andSecretsUnderItAreRead() throws Exception {
        String keyId;
        String ciphertext;
        try (KmsEmulator kms = emulator()) {
            Client sdk = KmsSdk.connect(kms);
            keyId = sdk.createKey(new CreateKeyRequest()
                            .setDescription("orders")
                            .setTags("[{\"TagKey\":\"team\",\"TagValue\":\"shop\"}]"))
                    .getBody()
                    .getKeyMetadata()
                    .getKeyId();
            ciphertext = sdk.encrypt(new EncryptRequest().setKeyId(keyId).setPlaintext(PLAINTEXT))
                    .getBody()
                    .getCiphertextBlob();
            sdk.createSecret(new CreateSecretRequest()
                    .setSecretName("db")
                    .setVersionId("v1")
                    .setSecretData("C4nary-1")
                    .setEncryptionKeyId(keyId));
        }
        try (KmsEmulator kms = emulator()) {
            Client sdk = KmsSdk.connect(kms);
            assertThat(sdk.decrypt(new DecryptRequest().setCiphertextBlob(ciphertext))
                            .getBody()
                            .getPlaintext())
                    .isEqualTo(PLAINTEXT);
            assertThat(value(sdk, "db", "ACSCurrent").getSecretData()).isEqualTo("C4nary-1");
            assertThat(sdk.describeKey(new DescribeKeyRequest().setKeyId(keyId))
                            .getBody()
                            .getKeyMetadata()
                            .getDescription())
                    .isEqualTo("orders");
            sdk.disableKey(new DisableKeyRequest().setKeyId(keyId));
        }
        try (KmsEmulator kms = emulator()) {
            Client sdk = KmsSdk.connect(kms);
            assertThatThrownBy(() -> value(sdk, "db", "ACSCurrent")).hasMessageContaining("Disabled");
            sdk.enableKey(new EnableKeyRequest().setKeyId(keyId));
            assertThat(value(sdk, "db", "ACSCurrent").getSecretData()).isEqualTo("C4nary-1");
        }
    }

    @Test
    void key_scheduledForDeletion_isDeletedByTheNextEmulator() throws Exception {
        String going;
        String kept;
        try (KmsEmulator kms = emulator()) {
            Client sdk = KmsSdk.connect(kms);
            going = newKey(sdk);
            kept = newKey(sdk);
            for (String keyId : List.of(going, kept)) {
                sdk.scheduleKeyDeletion(
                        new ScheduleKeyDeletionRequest().setKeyId(keyId).setPendingWindowInDays(7));
            }
        }
        try (KmsEmulator kms = emulator()) {
            KmsSdk.connect(kms).cancelKeyDeletion(new CancelKeyDeletionRequest().setKeyId(kept));
        }
        try (KmsEmulator kms = emulator()) {
            kms.clock().advance(Duration.ofDays(7));
            assertThat(keys(KmsSdk.connect(kms))).containsExactly(kept);
        }
        try (KmsEmulator kms = emulator()) {
            assertThat(keys(KmsSdk.connect(kms))).containsExactly(kept);
        }
    }

    @Test
    void defaultKey_isMadeOnce() throws Exception {
        List<String> first;
        try (KmsEmulator kms = emulator()) {
            KmsSdk.connect(kms)
                    .createSecret(new CreateSecretRequest()
                            .setSecretName("one")
                            .setVersionId("v1")
                            .setSecretData("x"));
            first = keys(KmsSdk.connect(kms));
        }
        try (KmsEmulator kms = emulator()) {
            KmsSdk.connect(kms)
                    .createSecret(new CreateSecretRequest()
                            .setSecretName("two")
                            .setVersionId("v1")
                            .setSecretData("x"));
            assertThat(keys(KmsSdk.connect(kms))).hasSize(1).isEqualTo(first);
        }
    }

    @Test
    void kmsInstance_isThereAgain_withItsKeysAndSecrets() throws Exception {
        for (int start = 1; start <= 2; start++) {
            try (KmsEmulator kms = KmsEmulator.builder()
                    .store(directory)
                    .kmsInstance("kst-orders")
                    .start()) {
                Client sdk = KmsSdk.connect(kms);
                if (start == 1) {
                    kms.kmsInstances().add("kst-small", kms.region(), new KmsInstance.Quota(3, 4));
                    String keyId = sdk.createKey(new CreateKeyRequest().setDKMSInstanceId("kst-orders"))
                            .getBody()
                            .getKeyMetadata()
                            .getKeyId();
                    sdk.createSecret(new CreateSecretRequest()
                            .setSecretName("db")
                            .setVersionId("v1")
                            .setSecretData("C4nary-1")
                            .setEncryptionKeyId(keyId)
                            .setDKMSInstanceId("kst-orders"));
                }
                assertThat(value(sdk, "db", "ACSCurrent").getSecretData()).isEqualTo("C4nary-1");
            }
        }
        try (KmsEmulator kms = emulator()) {
            assertThat(kms.kmsInstances().find("kst-orders")).isPresent();
            assertThat(kms.kmsInstances().find("kst-small"))
                    .map(KmsInstance::quota)
                    .contains(new KmsInstance.Quota(3, 4));
        }
    }

    @Test
    void deletion_scheduledOrDone_isRemembered() throws Exception {
        try (KmsEmulator kms = emulator()) {
            Client sdk = KmsSdk.connect(kms);
            for (String name : List.of("gone", "going")) {
                sdk.createSecret(new CreateSecretRequest()
                        .setSecretName(name)
                        .setVersionId("v1")
                        .setSecretData("x"));
            }
            sdk.deleteSecret(new DeleteSecretRequest().setSecretName("gone").setForceDeleteWithoutRecovery("true"));
            sdk.deleteSecret(new DeleteSecretRequest().setSecretName("going").setRecoveryWindowInDays("7"));
        }
        try (KmsEmulator kms = emulator()) {
            Client sdk = KmsSdk.connect(kms);
            assertThatThrownBy(() -> value(sdk, "gone", "ACSCurrent")).hasMessageContaining("not found");
            assertThat(sdk.describeSecret(new DescribeSecretRequest().setSecretName("going"))
                            .getBody()
                            .getPlannedDeleteTime())
                    .isEqualTo("2026-01-08T00:00:00Z");
            kms.clock().advance(Duration.ofDays(7));
        }
        try (KmsEmulator kms = emulator()) {
            Client sdk = KmsSdk.connect(kms);
            assertThatThrownBy(() -> sdk.describeSecret(new DescribeSecretRequest().setSecretName("going")))
                    .hasMessageContaining("not found");
        }
    }

    @Test
    void rotation_dueMeanwhile_happensOnceTheInstanceIsThere() throws Exception {
        RdsInstance rds = RdsInstance.inMemory(RdsEngine.MYSQL);
        rds.createAccount("orders", "C4nary-1");
        try (KmsEmulator kms = emulator()) {
            kms.rds().attach("rm-1", rds);
            KmsSdk.connect(kms)
                    .createSecret(dualAccount().setEnableAutomaticRotation(true).setRotationInterval("7d"));
        }
        try (KmsEmulator kms = KmsEmulator.builder()
                .store(directory)
                .clockFrozenAt(START.plus(Duration.ofDays(8)))
                .start()) {
            Client sdk = KmsSdk.connect(kms);
            kms.clock().advance(Duration.ofDays(1));
            assertThat(sdk.describeSecret(new DescribeSecretRequest().setSecretName("orders/db"))
                            .getBody()
                            .getAutomaticRotation())
                    .as("there was no instance to rotate")
                    .isEqualTo("Enabled");
            kms.rds().attach("rm-1", rds);
            kms.clock().advance(Duration.ZERO);
            assertLogsIn(rds, value(sdk, "orders/db", "ACSCurrent"), "orders_clone");
            assertLogsIn(rds, value(sdk, "orders/db", "ACSPrevious"), "orders");
        }
    }

    @Test
    @Proves(value = "RotateSecret/running", by = "SDK V2, ACS3")
    void window_open_isFinishedByTheNextEmulator() throws Exception {
        RdsInstance rds = RdsInstance.inMemory(RdsEngine.MYSQL);
        rds.createAccount("ops", "C4nary-1");
        try (KmsEmulator kms = emulator()) {
            kms.rds().attach("rm-1", rds);
            Client sdk = KmsSdk.connect(kms);
            sdk.createSecret(new CreateSecretRequest()
                    .setSecretName("ops/db")
                    .setVersionId("v1")
                    .setSecretType("Rds")
                    .setSecretData("{\"Accounts\":[{\"AccountName\":\"ops\",\"AccountPassword\":\"C4nary-1\"}]}")
                    .setExtendedConfig(Map.of("SecretSubType", "SingleUser", "DBInstanceId", "rm-1")));
            sdk.rotateSecret(new RotateSecretRequest().setSecretName("ops/db").setVersionId("v2"));
            assertThat(rds.acceptsLogin("ops", "C4nary-1")).isFalse();
        }
        try (KmsEmulator kms = emulator()) {
            Client sdk = KmsSdk.connect(kms);
            assertThatThrownBy(() -> sdk.rotateSecret(
                            new RotateSecretRequest().setSecretName("ops/db").setVersionId("v3")))
                    .hasMessageContaining("Your secret is being rotated, please try again later")
                    .isInstanceOfSatisfying(TeaException.class, e -> {
                        assertThat(e.getCode()).isEqualTo("Rejected.ResourceInUse");
                        assertThat(e.getStatusCode()).isEqualTo(409);
                    });
            kms.rds().attach("rm-1", rds);
            await().untilAsserted(() -> {
                kms.clock().advance(Duration.ofSeconds(30));
                assertThat(value(sdk, "ops/db", "ACSCurrent").getVersionId()).isEqualTo("v2");
            });
            assertLogsIn(rds, value(sdk, "ops/db", "ACSCurrent"), "ops");
        }
    }

    @Test
    void writes_of200Threads_areAllKept() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(200);
        try (KmsEmulator kms = emulator()) {
            Client sdk = KmsSdk.connect(kms);
            List<Future<?>> writes = IntStream.range(0, 200)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> sdk.createSecret(new CreateSecretRequest()
                            .setSecretName("s" + i)
                            .setVersionId("v1")
                            .setSecretData("value " + i))))
                    .toList();
            for (Future<?> write : writes) {
                write.get();
            }
        } finally {
            threads.shutdown();
        }
        try (KmsEmulator kms = emulator()) {
            Client sdk = KmsSdk.connect(kms);
            for (int i = 0; i < 200; i++) {
                assertThat(value(sdk, "s" + i, "ACSCurrent").getSecretData()).isEqualTo("value " + i);
            }
        }
    }

    @Test
    void regions_haveTheirOwn() throws Exception {
        try (KmsEmulator kms = KmsEmulator.builder()
                .store(directory)
                .regions("cn-hangzhou", "cn-shanghai")
                .start()) {
            for (String region : kms.regions()) {
                KmsSdk.connect(kms, region)
                        .createSecret(new CreateSecretRequest()
                                .setSecretName("db")
                                .setVersionId("v1")
                                .setSecretData(region));
            }
        }
        try (KmsEmulator kms = KmsEmulator.builder()
                .store(directory)
                .regions("cn-shanghai", "cn-hangzhou")
                .start()) {
            for (String region : kms.regions()) {
                assertThat(value(KmsSdk.connect(kms, region), "db", "ACSCurrent")
                                .getSecretData())
                        .isEqualTo(region);
            }
        }
    }

    @Test
    void files_holdNoValue_andOnlyTheOwnerReadsTheKey() throws Exception {
        RdsInstance rds = RdsInstance.inMemory(RdsEngine.MYSQL);
        rds.createAccount("orders", "C4nary-1");
        try (KmsEmulator kms = emulator()) {
            kms.rds().attach("rm-1", rds);
            Client sdk = KmsSdk.connect(kms);
            sdk.createSecret(dualAccount());
            sdk.rotateSecret(
                    new RotateSecretRequest().setSecretName("orders/db").setVersionId("v2"));
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain("C4nary")
                        .doesNotContain("AccountPassword")
                        .doesNotContain("orders_clone");
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void key_isReadableByItsOwnerOnly() throws Exception {
        emulator().close();
        assertThat(Files.getPosixFilePermissions(directory.resolve("tumbler.key")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void key_missingOrOfAnotherStore_isSaid() throws Exception {
        try (KmsEmulator kms = emulator()) {
            KmsSdk.connect(kms)
                    .createSecret(new CreateSecretRequest()
                            .setSecretName("db")
                            .setVersionId("v1")
                            .setSecretData("x"));
        }
        Path key = directory.resolve("tumbler.key");
        Files.delete(key);
        assertThatThrownBy(this::emulator)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("without its key", "tumbler.key");
        Files.writeString(key, "A".repeat(43) + "=");
        assertThatThrownBy(this::emulator)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("another key", "cn-hangzhou/");
        Files.writeString(key, "no key");
        assertThatThrownBy(this::emulator)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("holds no key");
    }

    @Test
    void store_inUse_isRefused_andFreeAgainWhenTheFirstIsClosed() throws IOException {
        try (KmsEmulator first = emulator()) {
            assertThat(first.endpoint()).isNotNull();
            // H2 lets one process in as often as it likes, so the second is a process of its own.
            assertThat(EmulatorProcess.start(directory, "none", "none", "none").output())
                    .contains("Another process has the store open");
        }
        emulator().close();
    }

    private KmsEmulator emulator() {
        return KmsEmulator.builder()
                .store(directory)
                .clockFrozenAt(START)
                .singleAccountWindow(Duration.ofSeconds(30))
                .start();
    }

    private static void assertLogsIn(RdsInstance rds, GetSecretValueResponseBody value, String accountName) {
        JsonObject account = JsonParser.parseString(value.getSecretData()).getAsJsonObject();
        assertThat(account.get("AccountName").getAsString()).isEqualTo(accountName);
        assertThat(rds.acceptsLogin(accountName, account.get("AccountPassword").getAsString()))
                .isTrue();
    }

    private static String newKey(Client sdk) throws Exception {
        return sdk.createKey(new CreateKeyRequest()).getBody().getKeyMetadata().getKeyId();
    }

    private static List<String> keys(Client sdk) throws Exception {
        return sdk.listKeys(new ListKeysRequest()).getBody().getKeys().getKey().stream()
                .map(ListKeysResponseBodyKeysKey::getKeyId)
                .toList();
    }

    private static CreateSecretRequest dualAccount() {
        return new CreateSecretRequest()
                .setSecretName("orders/db")
                .setVersionId("v1")
                .setSecretType("Rds")
                .setSecretData("{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"C4nary-1\"}]}")
                .setExtendedConfig(Map.of("SecretSubType", "DoubleUsers", "DBInstanceId", "rm-1"));
    }

    private static GetSecretValueResponseBody value(Client sdk, String name, String stage) throws Exception {
        return sdk.getSecretValue(
                        new GetSecretValueRequest().setSecretName(name).setVersionStage(stage))
                .getBody();
    }
}
