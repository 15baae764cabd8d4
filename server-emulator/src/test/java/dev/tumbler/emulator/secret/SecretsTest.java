package dev.tumbler.emulator.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.key.KeySpec;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.KmsInstances;
import dev.tumbler.emulator.key.KmsKey.Origin;
import dev.tumbler.emulator.key.KmsKey.ProtectionLevel;
import dev.tumbler.emulator.key.NewKey;
import dev.tumbler.emulator.rotation.RotationPolicy;
import dev.tumbler.emulator.secret.SecretValue.Text;
import dev.tumbler.emulator.secret.Secrets.StagedVersion;
import dev.tumbler.emulator.tag.Tag;
import dev.tumbler.emulator.tag.Tags;
import dev.tumbler.emulator.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Generic secrets, by the rules alone. */
@Timeout(30)
class SecretsTest {
    private static final Instant START = SecretsFixture.START;

    private final SecretsFixture fixture = SecretsFixture.rotatingTo("unused");
    private final VirtualClock clock = fixture.clock;
    private final KmsInstances kmsInstances = fixture.kmsInstances;
    private final Keys keys = fixture.keys;
    private final Secrets secrets = fixture.secrets;

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Nested
    class Create {
        @Test
        void create_newName_hasOnlyACurrentVersion() {
            Secret secret = create("mail/smtp", "v1", "first");

            assertThat(secret.stages()).containsExactly(Map.entry("ACSCurrent", "v1"));
            assertThat(secrets.getValue("mail/smtp", null, null).version())
                    .isEqualTo(new SecretVersion("v1", new Text("first"), START));
            assertError(() -> secrets.getValue("mail/smtp", null, "ACSPrevious"), 404, "Forbidden.ResourceNotFound");
        }

        @Test
        void create_takenName_isRefusedAndChangesNothing() {
            create("mail/smtp", "v1", "first");
            assertError(() -> create("mail/smtp", "v2", "second"), 409, "Rejected.ResourceExist");
            assertThat(current("mail/smtp")).isEqualTo("first");
        }

        @Test
        void create_nameInDeletionWindow_isRefused() {
            create("mail/smtp", "v1", "first");
            secrets.scheduleDeletion("mail/smtp", 7);
            assertError(() -> create("mail/smtp", "v1", "first"), 409, "Rejected.ResourceInDeleteWindow");
        }

        @ParameterizedTest
        @ValueSource(strings = {"has space", "näme", "a#b", "acs/ecs/x", ""})
        void create_badName_isRefused(String name) {
            assertError(() -> create(name, "v1", "x"), 400, "InvalidParameter", "SecretName");
        }

        @Test
        void create_nameOf192Characters_isTheLongest() {
            create("n".repeat(192), "v1", "x");
            assertError(() -> create("n".repeat(193), "v1", "x"), 400, "InvalidParameter", "SecretName");
        }

        @Test
        void create_versionIdOf64Characters_isTheLongest() {
            create("a", "v".repeat(64), "x");
            assertError(() -> create("b", "v".repeat(65), "x"), 400, "InvalidParameter", "VersionId");
        }

        @Test
        void create_valueOf30720Bytes_isTheLargest() {
            create("a", "v1", "密".repeat(10_240));
            assertError(() -> create("b", "v1", "密".repeat(10_240) + "x"), 400, "InvalidParameter", "SecretData");
        }
    }

    @Nested
    class Put {
        @Test
        void put_newVersion_becomesCurrentAndTheOldOnePrevious() {
            create("a", "v1", "one");
            put("a", "v2", "two");
            put("a", "v3", "three");
            assertThat(secrets.describe("a").stages())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("ACSCurrent", "v3", "ACSPrevious", "v2"));
        }

        @Test
        void put_ownStages_leavesCurrentAlone() {
            create("a", "v1", "one");
            StagedVersion stored = secrets.putValue("a", "v2", new Text("two"), Set.of("Blue"));
            assertThat(stored.stages()).containsExactly("Blue");
            assertThat(current("a")).isEqualTo("one");
            assertThat(value("a", null, "Blue")).isEqualTo("two");
        }

        @Test
        void put_sameVersionAndValue_changesNothing() {
            create("a", "v1", "one");
            put("a", "v2", "two");
            clock.advance(Duration.ofHours(1));
            Secret before = secrets.describe("a");
            put("a", "v1", "one");
            assertThat(secrets.describe("a")).isEqualTo(before);
        }

        @Test
        void put_sameVersionOtherValue_isRefused() {
            create("a", "v1", "one");
            assertError(() -> put("a", "v1", "other"), 409, "Rejected.ResourceExist");
            assertThat(current("a")).isEqualTo("one");
        }

        @Test
        void put_eleventhVersion_evictsTheOldestWithoutAStage() {
            create("a", "v1", "1");
            secrets.putValue("a", "v2", new Text("2"), Set.of("Keep"));
            IntStream.rangeClosed(3, 12).forEach(i -> put("a", "v" + i, "" + i));
            assertThat(secrets.describe("a").versions())
                    .extracting(SecretVersion::versionId)
                    .containsExactly("v2", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11", "v12");
        }

        @Test
        void put_moreThan8Stages_isRefused() {
            create("a", "v1", "1");
            secrets.putValue("a", "v2", new Text("2"), Set.of("s1", "s2", "s3", "s4", "s5", "s6", "s7"));
            assertError(
                    () -> secrets.putValue("a", "v3", new Text("3"), Set.of("s8")), 400, "Rejected.LimitExceeded", "8");
        }
    }

    @Nested
    class Get {
        @Test
        void get_byVersionAndStage_mustAgree() {
            create("a", "v1", "one");
            put("a", "v2", "two");
            assertThat(value("a", "v1", null)).isEqualTo("one");
            assertThat(value("a", "v1", "ACSPrevious")).isEqualTo("one");
            assertError(() -> value("a", "v1", "ACSCurrent"), 404, "Forbidden.ResourceNotFound");
            assertError(() -> value("a", "v9", null), 404, "Forbidden.ResourceNotFound");
        }

        @Test
        void get_byArn_findsTheSecret() {
            create("a/b", "v1", "one");
            assertThat(value("acs:kms:cn-hangzhou:1234567890123456:secret/a/b", null, null))
                    .isEqualTo("one");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "acs:kms:cn-shanghai:1234567890123456:secret/a",
                    "acs:kms:cn-hangzhou:999:secret/a",
                    "acs:kms:cn-hangzhou:1234567890123456:secret/b"
                })
        void get_arnOfSomethingElse_findsNothing(String arn) {
            create("a", "v1", "one");
            assertError(() -> value(arn, null, null), 404, "Forbidden.ResourceNotFound");
        }

        @ParameterizedTest
        @ValueSource(strings = {"acs:kms:a", "acs:", "acs:kms:cn-hangzhou:1234567890123456:key/a"})
        void get_brokenArn_isRefused(String arn) {
            assertError(() -> value(arn, null, null), 400, "InvalidParameter", "SecretName");
        }

        @Test
        void get_mistypedName_namesTheSimilarOne() {
            create("orders/db", "v1", "one");
            assertThatThrownBy(() -> value("order/db", null, null))
                    .hasMessage("Resource not found. Similar names that exist: \"orders/db\".");
        }
    }

    @Nested
    class Delete {
        @Test
        void delete_scheduled_canBeSeenButNotUsed() {
            create("a", "v1", "one");
            assertThat(secrets.scheduleDeletion("a", 7)).isEqualTo(START.plus(Duration.ofDays(7)));
            assertThat(secrets.describe("a").plannedDeleteTime()).isEqualTo(START.plus(Duration.ofDays(7)));
            assertThat(secrets.list(List.of())).extracting(Secret::name).containsExactly("a");
            assertError(() -> value("a", null, null), 409, "Rejected.ResourceInDeleteWindow");
            assertError(() -> put("a", "v2", "two"), 409, "Rejected.ResourceInDeleteWindow");
            assertError(() -> secrets.scheduleDeletion("a", 7), 409, "Rejected.ResourceInDeleteWindow");
            assertError(() -> secrets.rotate("a", "v2"), 409, "Rejected.ResourceInDeleteWindow");
        }

        @Test
        void delete_windowEnds_isGoneAndTheNameIsFree() {
            create("a", "v1", "one");
            secrets.scheduleDeletion("a", 30);
            clock.advance(Duration.ofDays(30).minusSeconds(1));
            assertThat(secrets.describe("a").name()).isEqualTo("a");
            clock.advance(Duration.ofSeconds(1));
            assertError(() -> secrets.describe("a"), 404, "Forbidden.ResourceNotFound");
            create("a", "v1", "again");
            assertThat(current("a")).isEqualTo("again");
        }

        @Test
        void delete_now_isGoneAndOldWindowsDoNotTouchItsSuccessor() {
            create("a", "v1", "one");
            secrets.scheduleDeletion("a", 7);
            secrets.deleteNow("a");
            create("a", "v1", "again");
            clock.advance(Duration.ofDays(8));
            assertThat(current("a")).isEqualTo("again");
        }

        @ParameterizedTest
        @ValueSource(ints = {6, 31, 0, -1})
        void delete_windowOutside7To30_isRefused(int days) {
            create("a", "v1", "one");
            assertError(() -> secrets.scheduleDeletion("a", days), 400, "InvalidParameter", "RecoveryWindowInDays");
        }
    }

    @Nested
    class InDeletionWindow {
        @Test
        void calls_thatOnlyLook_succeed() {
            createInInstance("a");
            secrets.scheduleDeletion("a", 7);
            assertThat(secrets.describe("a").stagedVersions()).hasSize(1);
            assertThat(secrets.policy("a")).isEqualTo(SecretPolicy.ofAccount("1234567890123456"));
            assertThat(secrets.tagsOf("a")).hasValue(Tags.NONE);
        }

        @Test
        void calls_thatChangeOrRead_areRefusedAndChangeNothing() {
            createInInstance("a");
            secrets.scheduleDeletion("a", 7);
            Secret before = secrets.describe("a");
            List<ThrowingCallable> calls = List.of(
                    () -> value("a", null, null),
                    () -> put("a", "v2", "two"),
                    () -> secrets.scheduleDeletion("a", 8),
                    () -> secrets.rotate("a", "v2"),
                    () -> secrets.update("a", "new", null),
                    () -> secrets.moveStage("a", new StageMove("Blue", "v1", null)),
                    () -> secrets.changeRotation("a", RotationPolicy.manual()),
                    () -> secrets.setPolicy("a", SecretPolicy.ofAccount("1")),
                    () -> secrets.changeTags(List.of("a"), tags -> tags));
            calls.forEach(call -> assertError(call, 409, "Rejected.ResourceInDeleteWindow", "secret in delete peroid"));
            assertThat(secrets.describe("a")).isEqualTo(before);
        }

        @Test
        void restore_inTheWindow_bringsAllBack() {
            create("a", "v1", "one");
            put("a", "v2", "two");
            Secret before = secrets.describe("a");
            secrets.scheduleDeletion("a", 7);
            clock.advance(Duration.ofDays(7).minusSeconds(1));
            assertThat(secrets.restore("a").join()).isEqualTo(before);
            clock.advance(Duration.ofDays(30));
            assertThat(current("a")).isEqualTo("two");
        }

        @Test
        void restore_afterTheWindowOrNever_isRefused() {
            create("a", "v1", "one");
            assertError(() -> secrets.restore("a"), 409, "Rejected.ResourceInUse", "restore normal secret");
            secrets.scheduleDeletion("a", 7);
            clock.advance(Duration.ofDays(7));
            assertError(() -> secrets.restore("a"), 404, "Forbidden.ResourceNotFound");
            create("b", "v1", "one");
            secrets.deleteNow("b");
            assertError(() -> secrets.restore("b"), 404, "Forbidden.ResourceNotFound");
        }
    }

    @Nested
    class Update {
        @Test
        void update_description_changesItAndTheUpdateTime() {
            create("a", "v1", "one");
            clock.advance(Duration.ofHours(1));
            Secret updated = secrets.update("a", "for tests", null);
            assertThat(updated.description()).isEqualTo("for tests");
            assertThat(updated.updateTime()).isEqualTo(START.plus(Duration.ofHours(1)));
            assertThat(updated.createTime()).isEqualTo(START);
        }

        @Test
        void update_nothing_changesNothing() {
            create("a", "v1", "one");
            Secret before = secrets.describe("a");
            clock.advance(Duration.ofHours(1));
            assertThat(secrets.update("a", null, null)).isEqualTo(before);
        }

        @Test
        void update_customDataOfGenericSecret_isRefused() {
            create("a", "v1", "one");
            assertError(
                    () -> secrets.update("a", "new", CustomData.NONE),
                    400,
                    "InvalidParameter",
                    "ExtendedConfig.CustomData");
            assertThat(secrets.describe("a").description()).isEmpty();
        }
    }

    @Nested
    class MoveStage {
        @Test
        void move_current_takesPreviousToTheVersionThatItLeaves() {
            create("a", "v1", "one");
            put("a", "v2", "two");
            put("a", "v3", "three");
            assertThat(move("ACSCurrent", "v1", null))
                    .containsOnly(Map.entry("ACSCurrent", "v1"), Map.entry("ACSPrevious", "v3"));
            assertThat(move("ACSCurrent", "v3", "v1"))
                    .as("back again")
                    .containsOnly(Map.entry("ACSCurrent", "v3"), Map.entry("ACSPrevious", "v1"));
        }

        @Test
        void move_currentToWhereItIs_changesNothing() {
            create("a", "v1", "one");
            put("a", "v2", "two");
            Secret before = secrets.describe("a");
            clock.advance(Duration.ofHours(1));
            move("ACSCurrent", "v2", null);
            assertThat(secrets.describe("a")).isEqualTo(before);
        }

        @Test
        void move_ownStage_isAddedMovedAndRemoved() {
            create("a", "v1", "one");
            put("a", "v2", "two");
            assertThat(move("Blue", "v1", null)).containsEntry("Blue", "v1");
            assertThat(move("Blue", "v2", "v1")).containsEntry("Blue", "v2");
            assertThat(move("Blue", null, "v2")).doesNotContainKey("Blue");
            assertThat(secrets.describe("a").stagesOf("v2")).containsExactly("ACSCurrent");
        }

        @Test
        void move_previous_goesWhereAsked() {
            create("a", "v1", "one");
            put("a", "v2", "two");
            put("a", "v3", "three");
            assertThat(move("ACSPrevious", "v1", "v2"))
                    .containsEntry("ACSPrevious", "v1")
                    .containsEntry("ACSCurrent", "v3");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ACSCurrent", "ACSPrevious"})
        void remove_builtInStage_isRefused(String stage) {
            create("a", "v1", "one");
            put("a", "v2", "two");
            assertError(() -> move(stage, null, "v2"), 400, "InvalidParameter", "MoveToVersion");
        }

        @Test
        void move_fromAVersionThatHasItNot_isRefused() {
            create("a", "v1", "one");
            put("a", "v2", "two");
            assertError(() -> move("ACSCurrent", "v1", "v1"), 400, "InvalidParameter", "RemoveFromVersion");
            assertError(() -> move("Blue", null, "v1"), 400, "InvalidParameter", "RemoveFromVersion");
            assertError(() -> move("Blue", null, null), 400, "InvalidParameter", "MoveToVersion");
        }

        @Test
        void move_toUnknownVersion_isNotFound() {
            create("a", "v1", "one");
            assertError(() -> move("Blue", "v9", null), 404, "Forbidden.ResourceNotFound");
        }

        @Test
        void move_ninthStage_isRefused() {
            create("a", "v1", "one");
            put("a", "v2", "two");
            IntStream.range(0, 6).forEach(i -> move("own" + i, "v1", null));
            assertError(() -> move("own6", "v1", null), 400, "Rejected.LimitExceeded", "8");
            move("own0", null, "v1");
            assertThat(move("own6", "v1", null)).hasSize(8);
        }

        @Test
        void stagedVersions_leaveDeprecatedOnesOut() {
            create("a", "v1", "one");
            put("a", "v2", "two");
            put("a", "v3", "three");
            assertThat(secrets.describe("a").stagedVersions())
                    .extracting(SecretVersion::versionId)
                    .containsExactly("v2", "v3");
        }

        private Map<String, String> move(String stage, String to, String from) {
            return secrets.moveStage("a", new StageMove(stage, to, from)).stages();
        }
    }

    @Nested
    class Policy {
        @Test
        void policy_ofInstanceSecret_isTheDefaultUntilItIsSet() {
            createInInstance("a");
            assertThat(secrets.policy("a").document())
                    .isEqualTo("{\"Version\":\"1\",\"Statement\":[{\"Sid\":\"kms default secret policy\","
                            + "\"Effect\":\"Allow\",\"Principal\":{\"RAM\":[\"acs:ram::1234567890123456:*\"]},"
                            + "\"Action\":[\"kms:*\"],\"Resource\":[\"*\"]}]}");
            SecretPolicy policy = SecretPolicy.ofAccount("99");
            secrets.setPolicy("a", policy);
            assertThat(secrets.policy("a")).isEqualTo(policy);
            assertThat(secrets.describe("a").policy()).isEqualTo(policy);
        }

        @Test
        void policy_outsideOfKmsInstances_isUnsupported() {
            create("a", "v1", "one");
            SecretPolicy policy = SecretPolicy.ofAccount("1");
            assertError(() -> secrets.policy("a"), 400, "Rejected.UnsupportedOperation");
            assertError(() -> secrets.setPolicy("a", policy), 400, "Rejected.UnsupportedOperation");
            NewSecret.Generic content = new NewSecret.Generic(new Text("x"));
            assertError(
                    () -> secrets.create(new NewSecret("b", "v1", content, "", null, null, Tags.NONE, policy)),
                    400,
                    "Rejected.UnsupportedOperation");
            assertError(() -> secrets.describe("b"), 404, "Forbidden.ResourceNotFound");
        }
    }

    @Nested
    class Tagging {
        @Test
        void changeTags_ofSeveral_changesAllOrNone() {
            createTagged("a", "team", "mail");
            create("b", "v1", "one");
            Tags tags = Tags.of("Tag", List.of(new Tag("Team", "shop")), Tags.MOST);
            secrets.changeTags(List.of("a", "acs:kms:cn-hangzhou:1234567890123456:secret/b"), old -> old.with(tags));
            assertThat(secrets.tags()).containsExactly(Map.entry("a", tags), Map.entry("b", tags));

            create("c", "v1", "one");
            secrets.scheduleDeletion("c", 7);
            assertError(
                    () -> secrets.changeTags(List.of("a", "b", "c"), old -> Tags.NONE),
                    409,
                    "Rejected.ResourceInDeleteWindow");
            assertError(
                    () -> secrets.changeTags(List.of("a", "nobody"), old -> Tags.NONE),
                    404,
                    "Forbidden.ResourceNotFound");
            assertThat(secrets.tagsOf("a")).hasValue(tags);
            assertThat(secrets.tagsOf("nobody")).isEmpty();
        }

        @Test
        void list_byTag_ignoresTheCaseOfKeys() {
            createTagged("a", "team", "mail");
            assertThat(list(new SecretFilter(SecretFilter.Key.TAG_KEY, Set.of("TEAM"))))
                    .containsExactly("a");
            assertThat(list(new SecretFilter(SecretFilter.Key.TAG_VALUE, Set.of("MAIL"))))
                    .isEmpty();
        }

        @Test
        void list_byTag_endsAt4000() {
            IntStream.range(0, 4_001).forEach(i -> createTagged("s" + i, "team", "mail"));
            assertThat(list(new SecretFilter(SecretFilter.Key.TAG_KEY, Set.of("team"))))
                    .hasSize(4_000);
            assertThat(secrets.list(List.of())).hasSize(4_001);
        }
    }

    @Nested
    class Filters {
        @Test
        void filter_withoutValues_isNoCondition() {
            create("a", "v1", "one");
            assertThat(list(new SecretFilter(SecretFilter.Key.SECRET_NAME, Set.of())))
                    .containsExactly("a");
        }

        @ParameterizedTest
        @EnumSource(
                value = SecretFilter.Key.class,
                names = {"TAG_KEY", "TAG_VALUE", "DESCRIPTION"})
        void filter_valueOf256Characters_isTheLongest(SecretFilter.Key key) {
            assertThat(list(new SecretFilter(key, Set.of("v".repeat(256))))).isEmpty();
            assertError(() -> new SecretFilter(key, Set.of("v".repeat(257))), 400, "InvalidParameter", "Filters");
            assertError(() -> new SecretFilter(key, Set.of("")), 400, "InvalidParameter", "Filters");
        }

        @Test
        void filter_nameOrTagOfOtherCharacters_isRefused() {
            assertThat(list(new SecretFilter(SecretFilter.Key.SECRET_NAME, Set.of("n".repeat(192)))))
                    .isEmpty();
            List.of("n".repeat(193), "a b", "ä", "")
                    .forEach(name -> assertError(
                            () -> new SecretFilter(SecretFilter.Key.SECRET_NAME, Set.of(name)),
                            400,
                            "InvalidParameter",
                            "SecretName"));
            assertError(
                    () -> new SecretFilter(SecretFilter.Key.TAG_KEY, Set.of("#")), 400, "InvalidParameter", "TagKey");
        }

        @Test
        void filter_elevenValues_areTooMany() {
            Set<String> eleven = IntStream.range(0, 11).mapToObj(i -> "v" + i).collect(Collectors.toSet());
            assertError(
                    () -> new SecretFilter(SecretFilter.Key.SECRET_NAME, eleven), 400, "InvalidParameter", "Filters");
        }
    }

    @Nested
    class Rotate {
        @Test
        void rotate_genericSecret_isRefused() {
            create("a", "v1", "one");
            assertError(() -> secrets.rotate("a", "v2"), 400, "Rejected.UnsupportedOperation");
            assertError(
                    () -> secrets.changeRotation("a", RotationPolicy.manual()), 400, "Rejected.UnsupportedOperation");
        }
    }

    @Test
    void list_filters_areOredInsideAndAndedOutside() {
        createTagged("a", "team", "mail");
        createTagged("b", "team", "shop");
        createTagged("c", "owner", "mail");
        assertThat(list(new SecretFilter(SecretFilter.Key.TAG_KEY, Set.of("team", "owner"))))
                .containsExactly("a", "b", "c");
        assertThat(list(
                        new SecretFilter(SecretFilter.Key.TAG_VALUE, Set.of("mail")),
                        new SecretFilter(SecretFilter.Key.SECRET_NAME, Set.of("a", "b"))))
                .containsExactly("a");
        assertThat(list(new SecretFilter(SecretFilter.Key.SECRET_TYPE, Set.of("Rds"))))
                .isEmpty();
    }

    private List<String> list(SecretFilter... filters) {
        return secrets.list(List.of(filters)).stream().map(Secret::name).toList();
    }

    private Secret create(String name, String versionId, String value) {
        return secrets.create(new NewSecret(
                name, versionId, new NewSecret.Generic(new Text(value)), "", null, null, Tags.NONE, null));
    }

    private void createInInstance(String name) {
        NewSecret.Generic content = new NewSecret.Generic(new Text("x"));
        if (kmsInstances.find("kst-1").isEmpty()) {
            kmsInstances.add("kst-1");
        }
        NewKey key =
                new NewKey(KeySpec.AES_256, null, Origin.ALIYUN_KMS, ProtectionLevel.SOFTWARE, "", "kst-1", Tags.NONE);
        String keyId = keys.create(key).keyId();
        secrets.create(new NewSecret(name, "v1", content, "", keyId, "kst-1", Tags.NONE, null));
    }

    private void createTagged(String name, String key, String value) {
        Tags tags = Tags.of("Tags", List.of(new Tag(key, value)), Tags.MOST);
        secrets.create(new NewSecret(name, "v1", new NewSecret.Generic(new Text("x")), "", null, null, tags, null));
    }

    private void put(String name, String versionId, String value) {
        secrets.putValue(name, versionId, new Text(value), Set.of());
    }

    private String current(String name) {
        return value(name, null, null);
    }

    private String value(String name, String versionId, String stage) {
        return ((Text) secrets.getValue(name, versionId, stage).version().value()).text();
    }

    private static void assertError(ThrowingCallable call, int status, String code, String... inMessage) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KmsError.class, error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.status()).isEqualTo(status);
            List.of(inMessage).forEach(part -> assertThat(error.getMessage()).contains(part));
        });
    }
}
