package dev.tumbler.client.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tumbler.client.KmsTransportException;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretNotFoundException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsException;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.cache.SecretStore.StoredSecret;
import dev.tumbler.client.model.AutomaticRotation;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.RotationState;
import dev.tumbler.client.model.SecretData;
import dev.tumbler.client.model.SecretDataType;
import dev.tumbler.client.model.SecretType;
import dev.tumbler.client.model.VersionStage;
import dev.tumbler.client.testing.CallerThread;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.client.testing.Latches;
import dev.tumbler.client.testing.VirtualTime;
import dev.tumbler.emulator.testing.AllLogs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SecretStoreTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final VersionSelector CURRENT = VersionSelector.current();

    private final KmsStub kms = new KmsStub();
    private final SecretsClient client = kms.client().retry(RetryPolicy.none()).build();
    private final VirtualTime time = new VirtualTime();

    @TempDir
    private Path temporary;

    @AfterEach
    void close() {
        client.close();
        kms.close();
    }

    @Test
    void encryptedFiles_saved_giveBackAllThatWasRead() {
        GetSecretValueResult result = GetSecretValueResult.builder()
                .secretName("orders/db")
                .versionId("v2")
                .secretData(SecretData.of("密 <value> \"quoted\""))
                .secretDataType(SecretDataType.TEXT)
                .secretType(SecretType.RDS)
                .versionStages(List.of(VersionStage.ACS_CURRENT))
                .createTime(Instant.parse("2026-01-02T03:04:05Z"))
                .rotation(RotationState.builder()
                        .automaticRotation(AutomaticRotation.ENABLED)
                        .rotationInterval(Duration.ofDays(7))
                        .nextRotationDate(Instant.parse("2026-12-01T00:00:00Z"))
                        .lastRotationDate(Instant.parse("2026-11-24T00:00:00Z"))
                        .build())
                .extendedConfig("{\"CustomData\":{}}")
                .requestId("r-1")
                .build();
        Instant readAt = Instant.parse("2026-11-24T04:00:00.123456789Z");

        store(KEY).save("orders/db", CURRENT, new StoredSecret(result, readAt));
        StoredSecret loaded = store(KEY).load("orders/db", CURRENT).orElseThrow();

        assertThat(loaded.readAt()).isEqualTo(readAt);
        assertThat(loaded.result())
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .isEqualTo(result);
        assertThat(store(KEY).load("orders/db", VersionSelector.previous())).isEmpty();
        assertThat(store(KEY).load("orders", CURRENT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "a/b", "..", "a\\b", "a\u0000b", "密", ""})
    void encryptedFiles_ofAnyName_stayInTheDirectory(String secretName) throws Exception {
        SecretStore store = store(KEY);
        store.save(secretName, CURRENT, value("one"));

        assertThat(store.load(secretName, CURRENT)).isPresent();
        assertThat(files())
                .singleElement()
                .satisfies(file -> assertThat(file.getFileName().toString()).matches("[0-9a-f]{64}\\.secret"));
    }

    @Test
    void encryptedFiles_onDisk_areTheOwnersAndShowNothing() throws Exception {
        SecretStore store = store(KEY);
        store.save("orders/db", CURRENT, value("s3cret"));
        store.save("orders/db", CURRENT, value("s3cret"));

        Path file = files().get(0);
        assertThat(files()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .doesNotContain("s3cret")
                .doesNotContain("orders");
    }

    @Test
    void encryptedFiles_savedTwice_areSealedAnew() throws Exception {
        SecretStore store = store(KEY);
        store.save("a", CURRENT, value("one"));
        byte[] first = Files.readAllBytes(files().get(0));
        store.save("a", CURRENT, value("one"));

        assertThat(Files.readAllBytes(files().get(0))).isNotEqualTo(first);
    }

    @Test
    void load_withAnotherKey_saysSoAndGivesNothing() {
        store(KEY).save("a", CURRENT, value("s3cret"));
        byte[] other = KEY.clone();
        other[31] ^= 1;

        assertThatThrownBy(() -> store(other).load("a", CURRENT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"a\"")
                .hasMessageContaining("another key")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void load_afterAnyChangeToTheFile_givesNothing() throws Exception {
        store(KEY).save("a", CURRENT, value("one"));
        Path file = files().get(0);
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(file, bad);
            assertThatThrownBy(() -> store(KEY).load("a", CURRENT))
                    .as("byte %s", i)
                    .isInstanceOf(IllegalStateException.class);
        }
        for (int length = 0; length < good.length; length++) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThatThrownBy(() -> store(KEY).load("a", CURRENT))
                    .as("%s bytes", length)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void load_ofAFileThatWasSwappedForAnotherSecrets_givesNothing() throws Exception {
        store(KEY).save("a", CURRENT, value("one"));
        Path ofA = files().get(0);
        store(KEY).save("b", CURRENT, value("two"));
        Path ofB =
                files().stream().filter(file -> !file.equals(ofA)).findFirst().orElseThrow();

        Files.move(ofB, ofA, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> store(KEY).load("a", CURRENT)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void encryptedFiles_withAShortKey_areRefused() {
        assertThatThrownBy(() -> SecretStore.encryptedFiles(temporary, new byte[16]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key must have 32 bytes, not 16");
    }

    @Test
    void cache_startedWhileTheServiceIsAway_servesTheStoredValueUntilItExpires() {
        kms.value("mail", "ACSCurrent", "v1", "one");
        try (SecretCache before = cache(store(KEY))) {
            before.text("mail").get();
        }
        time.advance(Duration.ofMinutes(30));
        kms.answerWith(parameters -> KmsStub.error(503, "ServiceUnavailableTemporary", ""));

        try (SecretCache after = cache(store(KEY))) {
            CachedSecret<String> handle = after.text("mail");
            assertThat(handle.get()).isEqualTo("one");
            assertThat(handle.isStale()).isTrue();
            assertThat(handle.versionId()).hasValue("v1");
            assertThat(after.stats().restores()).isEqualTo(1);
            assertThat(after.stats().oldestAge()).hasValue(Duration.ofMinutes(30));
            // It expires an hour after it was read, not after it was loaded.
            time.advance(Duration.ofMinutes(30).minusMillis(1));
            assertThat(handle.get()).isEqualTo("one");
            time.advance(Duration.ofMillis(1));

            assertThatThrownBy(handle::get).hasMessageContaining("ServiceUnavailableTemporary");
        }
    }

    @Test
    void cache_startedWhileThereAreNoCredentialsForTheMoment_servesTheStoredValue() {
        kms.value("mail", "ACSCurrent", "v1", "one");
        try (SecretCache before = cache(store(KEY))) {
            before.text("mail").get();
        }
        AtomicBoolean passing = new AtomicBoolean(true);
        CredentialsProvider away = () -> {
            throw new CredentialsException("STS is away", passing.get(), null);
        };
        try (SecretsClient unsigned = kms.client().credentials(away).build();
                SecretCache after = cache(unsigned, store(KEY))) {
            assertThat(after.text("mail").get()).isEqualTo("one");
            assertThat(after.text("mail").isStale()).isTrue();
        }
        passing.set(false);
        try (SecretsClient unsigned = kms.client().credentials(away).build();
                SecretCache after = cache(unsigned, store(KEY))) {
            assertThatThrownBy(() -> after.text("mail").get()).isInstanceOf(CredentialsException.class);
        }
    }

    @Test
    void cache_thatServesAStoredValue_takesTheServicesWhenItIsBack() {
        kms.value("mail", "ACSCurrent", "v1", "one");
        try (SecretCache before = cache(store(KEY))) {
            before.text("mail").get();
        }
        kms.answerWith(parameters -> KmsStub.error(429, "Rejected.Throttling", ""));
        try (SecretCache after = cache(store(KEY))) {
            CachedSecret<String> handle = after.text("mail");
            handle.get();
            kms.answerWith(null);
            kms.value("mail", "ACSCurrent", "v2", "two");

            time.advance(Duration.ofSeconds(1));

            assertThat(handle.get()).isEqualTo("two");
            assertThat(handle.isStale()).isFalse();
        }
    }

    @Test
    void cache_withAStoredValue_asksTheServiceFirst() {
        kms.value("mail", "ACSCurrent", "v1", "one");
        try (SecretCache before = cache(store(KEY))) {
            before.text("mail").get();
        }
        kms.value("mail", "ACSCurrent", "v2", "two");
        try (SecretCache after = cache(store(KEY))) {
            assertThat(after.text("mail").get()).isEqualTo("two");
        }
    }

    @Test
    void cache_withAStoredValueThatTheServiceRefuses_doesNotServeIt() {
        kms.value("mail", "ACSCurrent", "v1", "one");
        try (SecretCache before = cache(store(KEY))) {
            before.text("mail").get();
        }
        kms.answerWith(parameters -> KmsStub.error(404, "Forbidden.ResourceNotFound", ""));
        try (SecretCache after = cache(store(KEY))) {
            assertThatThrownBy(() -> after.text("mail").get()).isInstanceOf(SecretNotFoundException.class);
        }
    }

    @Test
    void cache_withAStoreThatCannotBeTrusted_failsAsWithoutItAndLogsWhy() {
        kms.value("mail", "ACSCurrent", "v1", "s3cret");
        try (SecretCache before = cache(store(KEY))) {
            before.text("mail").get();
        }
        kms.close();
        byte[] other = new byte[32];
        try (AllLogs logs = new AllLogs();
                SecretCache after = cache(store(other))) {
            assertThatThrownBy(() -> after.text("mail").get()).isInstanceOf(KmsTransportException.class);
            assertThat(logs.lines()).anyMatch(line -> line.contains("\"mail\"") && line.contains("another key"));
            assertThat(logs.lines()).noneMatch(line -> line.contains("s3cret"));
        }
    }

    @Test
    void cache_withTwoFormsOfASecret_storesTheValueThatWasReadLast() throws Exception {
        kms.value("mail", "ACSCurrent", "v1", "one");
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        kms.answerWith(parameters -> {
            asked.countDown();
            Latches.await(answered);
            return KmsStub.ok("{\"SecretName\":\"mail\",\"VersionId\":\"v1\",\"SecretData\":\"one\"}");
        });
        try (SecretCache cache =
                SecretCache.builder(client).store(store(KEY)).clock(time).build()) {
            CompletableFuture<String> slow = cache.text("mail").refreshAsync();
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            time.advance(Duration.ofSeconds(1));
            kms.answerWith(null);
            kms.value("mail", "ACSCurrent", "v2", "two");
            assertThat(cache.result("mail").get().versionId()).isEqualTo("v2");

            answered.countDown();
            slow.get(20, TimeUnit.SECONDS);
        }

        assertThat(store(KEY).load("mail", CURRENT))
                .hasValueSatisfying(
                        stored -> assertThat(stored.result().versionId()).isEqualTo("v2"));
    }

    @Test
    void close_rightAfterARead_waitsUntilItIsStored() {
        kms.value("mail", "ACSCurrent", "v1", "one");
        CountDownLatch saving = new CountDownLatch(1);
        SecretStore slow = new SecretStore() {
            @Override
            public void save(String secretName, VersionSelector version, StoredSecret value) {
                Latches.await(saving);
                store(KEY).save(secretName, version, value);
            }

            @Override
            public Optional<StoredSecret> load(String secretName, VersionSelector version) {
                return Optional.empty();
            }
        };
        SecretCache cache = SecretCache.builder(client).store(slow).build();
        assertThat(cache.text("mail").get()).isEqualTo("one");
        Thread closing = new Thread(cache::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);

        saving.countDown();

        await().until(() -> !closing.isAlive());
        assertThat(store(KEY).load("mail", CURRENT)).isPresent();
    }

    @Test
    void cache_withAStoreThatFails_servesWhatItReads() {
        kms.value("mail", "ACSCurrent", "v1", "s3cret");
        SecretStore broken = new SecretStore() {
            @Override
            public void save(String secretName, VersionSelector version, StoredSecret value) {
                throw new IllegalStateException(value.result().secretData().asString());
            }

            @Override
            public Optional<StoredSecret> load(String secretName, VersionSelector version) {
                throw new IllegalStateException("s3cret");
            }
        };
        try (AllLogs logs = new AllLogs();
                SecretCache cache = cache(broken)) {
            logs.silence("okhttp3.mockwebserver");
            assertThat(cache.text("mail").get()).isEqualTo("s3cret");
            assertThat(logs.lines()).anyMatch(line -> line.contains("not stored"));
            assertThat(logs.lines()).noneMatch(line -> line.contains("s3cret"));
        }
    }

    private SecretCache cache(SecretStore store) {
        return cache(client, store);
    }

    private SecretCache cache(SecretsClient of, SecretStore store) {
        return SecretCache.builder(of)
                .refreshInterval(Duration.ofMinutes(10))
                .expireAfter(Duration.ofHours(1))
                .store(store)
                .clock(time)
                .scheduler(time.scheduler())
                .executor(new CallerThread())
                .ticker(time::nanoTime)
                .chance(() -> 1.0)
                .build();
    }

    private Path directory() {
        return temporary.resolve("secrets");
    }

    private SecretStore store(byte[] key) {
        return SecretStore.encryptedFiles(directory(), key);
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(directory())) {
            return files.toList();
        }
    }

    private static StoredSecret value(String content) {
        return new StoredSecret(
                GetSecretValueResult.builder()
                        .secretName("a")
                        .versionId("v1")
                        .secretData(SecretData.of(content))
                        .secretDataType(SecretDataType.TEXT)
                        .secretType(SecretType.GENERIC)
                        .build(),
                Instant.parse("2026-11-24T04:00:00Z"));
    }
}
