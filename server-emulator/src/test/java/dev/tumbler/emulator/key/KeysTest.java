package dev.tumbler.emulator.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.key.KmsKey.CreatorType;
import dev.tumbler.emulator.key.KmsKey.Origin;
import dev.tumbler.emulator.key.KmsKey.ProtectionLevel;
import dev.tumbler.emulator.tag.Tag;
import dev.tumbler.emulator.tag.Tags;
import dev.tumbler.emulator.time.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, by the rules alone. */
@Timeout(30)
class KeysTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] PLAINTEXT = "plaintext".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, String> NO_CONTEXT = Map.of();

    private final VirtualClock clock = VirtualClock.frozenAt(START);
    private final KmsInstances instances = new KmsInstances(clock, List.of("cn-hangzhou", "cn-shanghai"));
    private final Keys keys = new Keys("cn-hangzhou", "1234567890123456", clock, instances);

    @AfterEach
    void stop() {
        clock.close();
    }

    @Nested
    class Create {
        @Test
        void create_nothingSaid_isAnEnabledAesKey() {
            KmsKey key = create(KeySpec.AES_256);

            assertThat(keys.describe(key.keyId())).isEqualTo(key);
            assertThat(key)
                    .isEqualTo(new KmsKey(
                            key.keyId(),
                            KeySpec.AES_256,
                            KeyUsage.ENCRYPT_DECRYPT,
                            Origin.ALIYUN_KMS,
                            ProtectionLevel.SOFTWARE,
                            KeyState.ENABLED,
                            "",
                            "1234567890123456",
                            CreatorType.USER,
                            START,
                            null,
                            key.primaryKeyVersion(),
                            null,
                            Tags.NONE));
            assertThat(List.of(key.keyId(), key.primaryKeyVersion()))
                    .allMatch(id -> id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        }

        @Test
        void create_inAKmsInstance_belongsToItWhateverTheProtectionLevel() {
            instances.add("kst-1");
            KmsKey key = keys.create(
                    new NewKey(KeySpec.AES_256, null, Origin.ALIYUN_KMS, ProtectionLevel.HSM, "", "kst-1", Tags.NONE));
            assertThat(key.dkmsInstanceId()).isEqualTo("kst-1");
            assertThat(key.protectionLevel()).isEqualTo(ProtectionLevel.SOFTWARE);
            assertThat(key.keyId()).matches("key-[0-9a-f]{20}");
        }

        @Test
        void create_inAKmsInstanceOfAnotherRegionOrNone_isRefused() {
            instances.add("kst-1");
            instances.add("kst-2", "cn-shanghai");
            for (String id : List.of("kst-2", "kst-3")) {
                assertError(() -> createIn(id), 403, "Forbidden.DKMSInstanceNotFound", "cn-hangzhou", "[kst-1]");
            }
            assertThat(keys.list(List.of())).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "AES_256, SIGN_VERIFY",
            "AES_192, SIGN_VERIFY",
            "AES_128, SIGN_VERIFY",
            "SM4, SIGN_VERIFY",
            "EC_P256, ENCRYPT_DECRYPT",
            "EC_P256K, ENCRYPT_DECRYPT"
        })
        void create_usageThatTheSpecHasNot_isRefused(KeySpec spec, KeyUsage usage) {
            assertError(
                    () -> keys.create(
                            new NewKey(spec, usage, Origin.ALIYUN_KMS, ProtectionLevel.SOFTWARE, "", null, Tags.NONE)),
                    400,
                    "InvalidParameter",
                    "KeyUsage");
        }

        @ParameterizedTest
        @EnumSource
        void create_noUsage_isSignVerifyWhereThatCanBe(KeySpec spec) {
            assertThat(create(spec).usage())
                    .isEqualTo(spec.isSymmetric() ? KeyUsage.ENCRYPT_DECRYPT : KeyUsage.SIGN_VERIFY);
        }

        @Test
        void create_descriptionOf8192Characters_isTheLongest() {
            assertThat(createDescribed("d".repeat(8_192)).description()).hasSize(8_192);
            assertError(() -> createDescribed("d".repeat(8_193)), 400, "InvalidParameter", "Description");
        }

        @Test
        void create_externalMaterial_waitsForItsImport() {
            KmsKey key = createExternal(KeySpec.AES_256, null);
            assertThat(key.state()).isEqualTo(KeyState.PENDING_IMPORT);
            assertThat(key.primaryKeyVersion()).isNull();
            assertError(() -> createExternal(KeySpec.RSA_2048, null), 400, "InvalidParameter", "Origin");
            instances.add("kst-1");
            assertError(() -> createExternal(KeySpec.AES_256, "kst-1"), 400, "InvalidParameter", "Origin");
        }
    }

    @Nested
    class Cryptography {
        @ParameterizedTest
        @EnumSource(names = {"AES_256", "AES_192", "AES_128", "SM4"})
        void encrypt_symmetricKey_isDecryptedWithoutNamingIt(KeySpec spec) {
            KmsKey key = create(spec);
            create(spec);
            Keys.Encrypted encrypted = keys.encrypt(key.keyId(), PLAINTEXT, NO_CONTEXT);
            assertThat(encrypted.keyId()).isEqualTo(key.keyId());
            assertThat(encrypted.keyVersionId()).isEqualTo(key.primaryKeyVersion());

            Keys.Decrypted decrypted = keys.decrypt(encrypted.ciphertextBlob(), NO_CONTEXT);
            assertThat(decrypted.plaintext()).isEqualTo(PLAINTEXT);
            assertThat(decrypted.keyId()).isEqualTo(key.keyId());
            assertThat(decrypted.keyVersionId()).isEqualTo(key.primaryKeyVersion());
        }

        @Test
        void encrypt_sameTwice_givesDifferentBlobsWithoutThePlaintext() {
            KmsKey key = create(KeySpec.AES_256);
            byte[] first = keys.encrypt(key.keyId(), PLAINTEXT, NO_CONTEXT).ciphertextBlob();
            byte[] second = keys.encrypt(key.keyId(), PLAINTEXT, NO_CONTEXT).ciphertextBlob();
            assertThat(first).isNotEqualTo(second);
            assertThat(new String(first, StandardCharsets.ISO_8859_1))
                    .startsWith(String.valueOf(key.primaryKeyVersion()))
                    .doesNotContain("plaintext");
        }

        @Test
        void encrypt_byArn_isTheSameKey() {
            KmsKey key = create(KeySpec.AES_256);
            String arn = "acs:kms:cn-hangzhou:1234567890123456:key/" + key.keyId();
            assertThat(keys.arn(key.keyId())).isEqualTo(arn);
            assertThat(keys.encrypt(arn, PLAINTEXT, NO_CONTEXT).keyId()).isEqualTo(key.keyId());
            assertError(
                    () -> keys.encrypt(arn.replace("hangzhou", "shanghai"), PLAINTEXT, NO_CONTEXT),
                    404,
                    "Forbidden.KeyNotFound");
        }

        @Test
        void encrypt_6Kilobytes_isTheMost() {
            String keyId = create(KeySpec.AES_256).keyId();
            byte[] most = new byte[6_144];
            assertThat(keys.decrypt(keys.encrypt(keyId, most, NO_CONTEXT).ciphertextBlob(), NO_CONTEXT)
                            .plaintext())
                    .isEqualTo(most);
            assertError(
                    () -> keys.encrypt(keyId, new byte[6_145], NO_CONTEXT),
                    400,
                    "InvalidParameter",
                    "Plaintext",
                    "6145");
        }

        @Test
        void decrypt_sameContextInAnotherOrder_isTheSame() {
            String keyId = create(KeySpec.AES_256).keyId();
            byte[] blob =
                    keys.encrypt(keyId, PLAINTEXT, Map.of("a", "1", "b", "2")).ciphertextBlob();
            assertThat(keys.decrypt(blob, Map.of("b", "2", "a", "1")).plaintext())
                    .isEqualTo(PLAINTEXT);
        }

        /** The last one says the same if names and values are simply joined. */
        @Test
        void decrypt_anotherContext_isRefused() {
            String keyId = create(KeySpec.AES_256).keyId();
            byte[] blob =
                    keys.encrypt(keyId, PLAINTEXT, Map.of("a", "1", "b", "2")).ciphertextBlob();
            for (Map<String, String> other : List.of(
                    NO_CONTEXT, Map.of("a", "1"), Map.of("a", "2", "b", "1"), Map.of("a", "1b2"), Map.of("a1", "b2"))) {
                assertError(
                        () -> keys.decrypt(blob, other),
                        400,
                        "InvalidParameter",
                        "CiphertextBlob",
                        "EncryptionContext");
            }
        }

        @Test
        void decrypt_anyByteChanged_isRefused() {
            String keyId = create(KeySpec.AES_256).keyId();
            byte[] blob = keys.encrypt(keyId, PLAINTEXT, NO_CONTEXT).ciphertextBlob();
            for (int i = 0; i < blob.length; i++) {
                byte[] changed = blob.clone();
                changed[i] ^= 1;
                assertThatThrownBy(() -> keys.decrypt(changed, NO_CONTEXT))
                        .isInstanceOfSatisfying(
                                KmsError.class,
                                e -> assertThat(e.code()).isIn("InvalidParameter", "Forbidden.KeyNotFound"));
            }
            assertError(() -> keys.decrypt(new byte[63], NO_CONTEXT), 400, "InvalidParameter", "CiphertextBlob");
        }

        /** Swapping the version id alone must not pass, even if both keys had the same material. */
        @Test
        void decrypt_versionOfAnotherKey_isRefused() {
            KmsKey first = create(KeySpec.AES_256);
            KmsKey second = create(KeySpec.AES_256);
            byte[] blob = keys.encrypt(first.keyId(), PLAINTEXT, NO_CONTEXT).ciphertextBlob();
            byte[] other = String.valueOf(second.primaryKeyVersion()).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(other, 0, blob, 0, other.length);
            assertError(() -> keys.decrypt(blob, NO_CONTEXT), 400, "InvalidParameter", "CiphertextBlob");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 16, 32, 1_024})
        void generateDataKey_withinBounds_isDecryptedToTheSameBytes(int bytes) {
            String keyId = create(KeySpec.AES_256).keyId();
            Keys.DataKey dataKey = keys.generateDataKey(keyId, bytes, Map.of("for", "tests"));
            assertThat(dataKey.plaintext()).hasSize(bytes);
            assertThat(keys.decrypt(dataKey.encrypted().ciphertextBlob(), Map.of("for", "tests"))
                            .plaintext())
                    .isEqualTo(dataKey.plaintext());
            assertThat(keys.generateDataKey(keyId, 1_024, NO_CONTEXT).plaintext())
                    .isNotEqualTo(keys.generateDataKey(keyId, 1_024, NO_CONTEXT).plaintext());
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 0, 1_025})
        void generateDataKey_outOfBounds_isRefused(int bytes) {
            String keyId = create(KeySpec.AES_256).keyId();
            assertError(() -> keys.generateDataKey(keyId, bytes, NO_CONTEXT), 400, "InvalidParameter", "NumberOfBytes");
        }

        @ParameterizedTest
        @EnumSource(names = {"RSA_2048", "RSA_3072", "RSA_4096", "EC_P256", "EC_P256K", "EC_SM2"})
        void encrypt_asymmetricKey_isUnsupported(KeySpec spec) {
            String keyId = create(spec).keyId();
            assertError(
                    () -> keys.encrypt(keyId, PLAINTEXT, NO_CONTEXT),
                    400,
                    "Rejected.UnsupportedOperation",
                    spec.wireName());
            assertError(() -> keys.generateDataKey(keyId, 32, NO_CONTEXT), 400, "Rejected.UnsupportedOperation");
        }

        @Test
        void texts_showNoPlaintext() {
            String keyId = create(KeySpec.AES_256).keyId();
            Keys.DataKey dataKey = keys.generateDataKey(keyId, 32, NO_CONTEXT);
            Keys.Decrypted decrypted = keys.decrypt(dataKey.encrypted().ciphertextBlob(), NO_CONTEXT);
            assertThat(dataKey).hasToString("DataKey[" + keyId + ", ***]");
            assertThat(decrypted).hasToString("Decrypted[" + keyId + ", ***]");
        }
    }

    @Nested
    class States {
        /** The table of "Impact of CMK status on API operations"; {@code -} is success. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                encrypt  | -                            | Rejected.Disabled            | Rejected.PendingDeletion     | Rejected.PendingImport
                decrypt  | -                            | Rejected.Disabled            | Rejected.PendingDeletion     |
                dataKey  | -                            | Rejected.Disabled            | Rejected.PendingDeletion     | Rejected.PendingImport
                secret   | -                            | Rejected.Disabled            | Rejected.PendingDeletion     | Rejected.PendingImport
                value    | -                            | Rejected.Disabled            | Rejected.PendingDeletion     | Rejected.PendingImport
                describe | -                            | -                            | -                            | -
                list     | -                            | -                            | -                            | -
                enable   | -                            | -                            | Rejected.StateModifiedFailed | Rejected.StateModifiedFailed
                disable  | -                            | -                            | Rejected.StateModifiedFailed | Rejected.StateModifiedFailed
                schedule | -                            | -                            | Rejected.StateModifiedFailed | -
                cancel   | Rejected.StateModifiedFailed | Rejected.StateModifiedFailed | -                            | Rejected.StateModifiedFailed
                """)
        void call_ofEachState_isAnsweredAsInTheTable(
                String call, String enabled, String disabled, String pendingDeletion, String pendingImport) {
            assertOutcome(call, create(KeySpec.AES_256).keyId(), s -> {}, enabled);
            assertOutcome(call, create(KeySpec.AES_256).keyId(), keys::disable, disabled);
            assertOutcome(call, create(KeySpec.AES_256).keyId(), id -> keys.scheduleDeletion(id, 7), pendingDeletion);
            if (pendingImport != null) {
                assertOutcome(call, createExternal(KeySpec.AES_256, null).keyId(), s -> {}, pendingImport);
            }
        }

        private void assertOutcome(String call, String keyId, Consumer<String> before, String outcome) {
            byte[] blob = call.equals("decrypt")
                    ? keys.encrypt(keyId, PLAINTEXT, NO_CONTEXT).ciphertextBlob()
                    : new byte[0];
            before.accept(keyId);
            KmsKey then = keys.describe(keyId);
            ThrowingCallable run = () -> {
                switch (call) {
                    case "encrypt" -> keys.encrypt(keyId, PLAINTEXT, NO_CONTEXT);
                    case "decrypt" -> keys.decrypt(blob, NO_CONTEXT);
                    case "dataKey" -> keys.generateDataKey(keyId, 32, NO_CONTEXT);
                    case "secret" -> keys.forNewSecret(keyId, null);
                    case "value" -> keys.requireUsable(keyId);
                    case "describe" -> keys.describe(keyId);
                    case "list" -> keys.list(List.of());
                    case "enable" -> keys.enable(keyId);
                    case "disable" -> keys.disable(keyId);
                    case "schedule" -> keys.scheduleDeletion(keyId, 7);
                    case "cancel" -> keys.cancelDeletion(keyId);
                    default -> throw new AssertionError(call);
                }
            };
            if (outcome.equals("-")) {
                assertThatCode(run).doesNotThrowAnyException();
            } else {
                assertError(run, 409, outcome);
                assertThat(keys.describe(keyId)).isEqualTo(then);
            }
        }

        @Test
        void disabledKey_enabledAgain_decryptsWhatItEncrypted() {
            String keyId = create(KeySpec.AES_256).keyId();
            byte[] blob = keys.encrypt(keyId, PLAINTEXT, NO_CONTEXT).ciphertextBlob();
            keys.disable(keyId);
            assertThat(keys.describe(keyId).state()).isEqualTo(KeyState.DISABLED);
            keys.enable(keyId);
            assertThat(keys.decrypt(blob, NO_CONTEXT).plaintext()).isEqualTo(PLAINTEXT);
        }

        @Test
        void deletion_endOfTheWindow_isTheEndOfTheKey() {
            String keyId = create(KeySpec.AES_256).keyId();
            byte[] blob = keys.encrypt(keyId, PLAINTEXT, NO_CONTEXT).ciphertextBlob();
            keys.scheduleDeletion(keyId, 7);
            assertThat(keys.describe(keyId).deleteDate()).isEqualTo(START.plus(Duration.ofDays(7)));

            clock.advance(Duration.ofDays(7).minusNanos(1));
            assertThat(keys.describe(keyId).state()).isEqualTo(KeyState.PENDING_DELETION);

            clock.advance(Duration.ofNanos(1));
            assertError(() -> keys.describe(keyId), 404, "Forbidden.KeyNotFound");
            assertError(() -> keys.enable(keyId), 404, "Forbidden.KeyNotFound");
            assertError(() -> keys.decrypt(blob, NO_CONTEXT), 404, "Forbidden.KeyNotFound");
            assertError(() -> keys.requireUsable(keyId), 404, "Forbidden.KeyNotFound");
        }

        @Test
        void deletion_cancelled_leavesTheKeyEnabledForGood() {
            String keyId = create(KeySpec.AES_256).keyId();
            keys.scheduleDeletion(keyId, 7);
            keys.cancelDeletion(keyId);
            assertThat(keys.describe(keyId).deleteDate()).isNull();
            clock.advance(Duration.ofDays(400));
            assertThat(keys.describe(keyId).state()).isEqualTo(KeyState.ENABLED);
        }

        @Test
        void deletion_cancelledWithoutMaterial_waitsForItAgain() {
            String keyId = createExternal(KeySpec.AES_256, null).keyId();
            keys.scheduleDeletion(keyId, 7);
            keys.cancelDeletion(keyId);
            assertThat(keys.describe(keyId).state()).isEqualTo(KeyState.PENDING_IMPORT);
        }

        @Test
        void deletion_cancelledAndScheduledAnew_countsFromThen() {
            String keyId = create(KeySpec.AES_256).keyId();
            keys.scheduleDeletion(keyId, 7);
            clock.advance(Duration.ofDays(6));
            keys.cancelDeletion(keyId);
            keys.scheduleDeletion(keyId, 7);
            clock.advance(Duration.ofDays(6));
            assertThat(keys.describe(keyId).state()).isEqualTo(KeyState.PENDING_DELETION);
            clock.advance(Duration.ofDays(1));
            assertError(() -> keys.describe(keyId), 404, "Forbidden.KeyNotFound");
        }

        @Test
        void deletion_windowFrom7To366Days_isAccepted() {
            for (int days : List.of(7, 366)) {
                keys.scheduleDeletion(create(KeySpec.AES_256).keyId(), days);
            }
            String keyId = create(KeySpec.AES_256).keyId();
            for (int days : List.of(6, 367)) {
                assertError(() -> keys.scheduleDeletion(keyId, days), 400, "InvalidParameter", "PendingWindowInDays");
            }
        }

        @Test
        void change_200ThreadsScheduleOneDeletion_oneDoes() throws Exception {
            String keyId = create(KeySpec.AES_256).keyId();
            List<String> outcomes = inParallel(200, i -> {
                try {
                    keys.scheduleDeletion(keyId, 7);
                    return "scheduled";
                } catch (KmsError e) {
                    return e.code();
                }
            });
            assertThat(outcomes).filteredOn("scheduled"::equals).hasSize(1);
            assertThat(outcomes)
                    .filteredOn("Rejected.StateModifiedFailed"::equals)
                    .hasSize(199);
        }
    }

    @Nested
    class Listing {
        @Test
        void list_filters_areOrWithinAPropertyAndAndBetween() {
            KmsKey enabled = create(KeySpec.AES_256);
            clock.advance(Duration.ofSeconds(1));
            KmsKey disabled = create(KeySpec.AES_256);
            keys.disable(disabled.keyId());
            clock.advance(Duration.ofSeconds(1));
            KmsKey pending = create(KeySpec.AES_256);
            keys.scheduleDeletion(pending.keyId(), 7);
            clock.advance(Duration.ofSeconds(1));
            KmsKey rsa = create(KeySpec.RSA_2048);

            assertThat(ids()).containsExactly(enabled.keyId(), disabled.keyId(), pending.keyId(), rsa.keyId());
            assertThat(ids(
                            filter(KeyFilter.Property.KEY_STATE, "Enabled", "Disabled"),
                            filter(KeyFilter.Property.KEY_STATE, "PendingDeletion"),
                            filter(KeyFilter.Property.KEY_SPEC, "Aliyun_AES_256")))
                    .containsExactly(enabled.keyId(), disabled.keyId(), pending.keyId());
            assertThat(ids(filter(KeyFilter.Property.KEY_USAGE, "SIGN/VERIFY"))).containsExactly(rsa.keyId());
            assertThat(ids(filter(KeyFilter.Property.PROTECTION_LEVEL, "HSM"))).isEmpty();
            assertThat(ids(filter(KeyFilter.Property.CREATOR_TYPE, "Service"))).isEmpty();
            assertThat(ids(filter(KeyFilter.Property.KEY_STATE))).hasSize(4);
        }

        private List<String> ids(KeyFilter... filters) {
            return keys.list(List.of(filters)).stream().map(KmsKey::keyId).toList();
        }

        private KeyFilter filter(KeyFilter.Property property, String... values) {
            return new KeyFilter(property, Set.of(values));
        }
    }

    @Nested
    class Tagging {
        @Test
        void changeTags_severalKeys_changesAllOrNone() {
            KmsKey first = create(KeySpec.AES_256);
            KmsKey second = create(KeySpec.RSA_2048);
            keys.changeTags(List.of(first.keyId(), keys.arn(second.keyId())), tags -> tags.with(tag("team", "a")));
            assertThat(keys.tags())
                    .containsOnly(
                            Map.entry(first.keyId(), tag("team", "a")), Map.entry(second.keyId(), tag("team", "a")));

            assertError(
                    () -> keys.changeTags(List.of(first.keyId(), "unknown"), tags -> Tags.NONE),
                    404,
                    "Forbidden.KeyNotFound");
            assertThat(keys.tagsOf(first.keyId())).contains(tag("team", "a"));
            assertThat(keys.tagsOf("unknown")).isEmpty();
        }

        @Test
        void changeTags_pendingDeletion_isRefusedForAll() {
            KmsKey live = create(KeySpec.AES_256);
            KmsKey pending = create(KeySpec.AES_256);
            keys.scheduleDeletion(pending.keyId(), 7);
            assertError(
                    () -> keys.changeTags(List.of(live.keyId(), pending.keyId()), tags -> tag("team", "a")),
                    409,
                    "Rejected.PendingDeletion");
            assertThat(keys.describe(live.keyId()).tags()).isEqualTo(Tags.NONE);
        }

        private Tags tag(String key, String value) {
            return Tags.of("Tags", List.of(new Tag(key, value)), Tags.MOST);
        }
    }

    @Nested
    class ForSecrets {
        @Test
        void forNewSecret_idOrArn_isTheId() {
            KmsKey key = create(KeySpec.AES_256);
            assertThat(keys.forNewSecret(key.keyId(), null)).isEqualTo(key.keyId());
            assertThat(keys.forNewSecret(keys.arn(key.keyId()), null)).isEqualTo(key.keyId());
            assertError(() -> keys.forNewSecret("none", null), 404, "Forbidden.KeyNotFound");
            assertError(() -> keys.forNewSecret("alias/none", null), 404, "Forbidden.AliasNotFound");
        }

        @Test
        void forNewSecret_asymmetricKey_isRefused() {
            String keyId = create(KeySpec.RSA_2048).keyId();
            assertError(() -> keys.forNewSecret(keyId, null), 400, "InvalidParameter", "EncryptionKeyId", "RSA_2048");
        }

        @Test
        void forNewSecret_kmsInstance_mustBeTheSame() {
            instances.add("kst-1");
            instances.add("kst-2");
            String free = create(KeySpec.AES_256).keyId();
            String ofFirst = createIn("kst-1").keyId();
            assertThat(keys.forNewSecret(ofFirst, "kst-1")).isEqualTo(ofFirst);
            assertError(() -> keys.forNewSecret(ofFirst, null), 400, "InvalidParameter", "EncryptionKeyId", "kst-1");
            assertError(() -> keys.forNewSecret(ofFirst, "kst-2"), 400, "InvalidParameter", "EncryptionKeyId", "kst-1");
            assertError(() -> keys.forNewSecret(free, "kst-1"), 400, "InvalidParameter", "EncryptionKeyId", "none");
            assertError(() -> keys.forNewSecret(null, "kst-1"), 400, "MissingParameter", "EncryptionKeyId");
            assertError(() -> keys.forNewSecret(free, "kst-3"), 403, "Forbidden.DKMSInstanceNotFound");
        }

        @Test
        void defaultKey_200SecretsAtOnce_isOneThatUsersCannotChange() throws Exception {
            assertThat(keys.list(List.of())).isEmpty();
            assertThat(inParallel(200, i -> String.valueOf(keys.forNewSecret(null, null))))
                    .containsOnly("null");
            keys.requireUsable(null);

            assertThat(keys.list(List.of(new KeyFilter(KeyFilter.Property.CREATOR_TYPE, Set.of("Service")))))
                    .singleElement()
                    .satisfies(key -> {
                        assertThat(key.creator()).isEqualTo("SecretsManager");
                        assertThat(key.state()).isEqualTo(KeyState.ENABLED);
                        assertError(() -> keys.disable(key.keyId()), 400, "Rejected.UnsupportedOperation");
                        assertError(() -> keys.scheduleDeletion(key.keyId(), 7), 400, "Rejected.UnsupportedOperation");
                    });
        }
    }

    private KmsKey create(KeySpec spec) {
        return keys.create(new NewKey(spec, null, Origin.ALIYUN_KMS, ProtectionLevel.SOFTWARE, "", null, Tags.NONE));
    }

    private KmsKey createDescribed(String description) {
        return keys.create(new NewKey(
                KeySpec.AES_256, null, Origin.ALIYUN_KMS, ProtectionLevel.SOFTWARE, description, null, Tags.NONE));
    }

    private KmsKey createIn(String dkmsInstanceId) {
        return keys.create(new NewKey(
                KeySpec.AES_256, null, Origin.ALIYUN_KMS, ProtectionLevel.SOFTWARE, "", dkmsInstanceId, Tags.NONE));
    }

    private KmsKey createExternal(KeySpec spec, String dkmsInstanceId) {
        return keys.create(
                new NewKey(spec, null, Origin.EXTERNAL, ProtectionLevel.SOFTWARE, "", dkmsInstanceId, Tags.NONE));
    }

    private static List<String> inParallel(int threads, IntFunction<String> call) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<CompletableFuture<String>> calls = new ArrayList<>(IntStream.range(0, threads)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    start.await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                                return call.apply(i);
                            },
                            pool))
                    .toList());
            start.countDown();
            return calls.stream().map(CompletableFuture::join).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private static void assertError(ThrowingCallable call, int status, String code, String... details) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KmsError.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.status()).isEqualTo(status);
            for (String detail : details) {
                assertThat(e.getMessage()).contains(detail);
            }
        });
    }
}
