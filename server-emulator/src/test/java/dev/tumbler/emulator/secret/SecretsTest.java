package dev.tumbler.emulator.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.KmsInstances;
import dev.tumbler.emulator.rds.RdsInstances;
import dev.tumbler.emulator.rotation.RotationWorkers;
import dev.tumbler.emulator.secret.SecretValue.Text;
import dev.tumbler.emulator.secret.Secrets.StagedVersion;
import dev.tumbler.emulator.tag.Tag;
import dev.tumbler.emulator.tag.Tags;
import dev.tumbler.emulator.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generic secrets, by the rules alone. */
@Timeout(30)
class SecretsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualClock clock = VirtualClock.frozenAt(START);
    private final RotationWorkers workers = new RotationWorkers();
    private final Keys keys =
            new Keys("cn-hangzhou", "1234567890123456", clock, new KmsInstances(clock, List.of("cn-hangzhou")));
    private final Secrets secrets =
            new Secrets("cn-hangzhou", "1234567890123456", clock, keys, new RdsInstances(), workers, () -> "unused");

    @AfterEach
    void stop() {
        workers.close();
        clock.close();
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

        @Test
        void create_200ThreadsWithOneName_oneWins() throws Exception {
            CountDownLatch start = new CountDownLatch(1);
            List<CompletableFuture<String>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String value = "value " + i;
                CompletableFuture<String> result = new CompletableFuture<>();
                results.add(result);
                new Thread(() -> {
                            try {
                                start.await();
                                create("raced", "v1", value);
                                result.complete("created " + value);
                            } catch (KmsError e) {
                                result.complete(e.code());
                            } catch (InterruptedException e) {
                                result.completeExceptionally(e);
                            }
                        })
                        .start();
            }
            start.countDown();
            List<String> outcomes =
                    results.stream().map(CompletableFuture::join).toList();
            assertThat(outcomes)
                    .filteredOn(o -> o.startsWith("created"))
                    .containsExactly("created " + current("raced"));
            assertThat(outcomes).filteredOn("Rejected.ResourceExist"::equals).hasSize(199);
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

        @Test
        void put_manyThreads_keepsOneCurrentAndLosesNoVersion() {
            create("a", "v0", "0");
            List<CompletableFuture<Void>> puts = IntStream.rangeClosed(1, 9)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> put("a", "v" + i, "" + i)))
                    .toList();
            puts.forEach(CompletableFuture::join);
            Secret secret = secrets.describe("a");
            assertThat(secret.versions()).hasSize(10);
            assertThat(secret.stages()).containsOnlyKeys("ACSCurrent", "ACSPrevious");
            assertThat(secret.stages().get("ACSCurrent"))
                    .isNotEqualTo(secret.stages().get("ACSPrevious"));
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
    class Rotate {
        @Test
        void rotate_genericSecret_isRefused() {
            create("a", "v1", "one");
            assertError(() -> secrets.rotate("a", "v2"), 400, "Rejected.UnsupportedOperation");
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
        return secrets.create(
                new NewSecret(name, versionId, new NewSecret.Generic(new Text(value)), "", null, null, Tags.NONE));
    }

    private void createTagged(String name, String key, String value) {
        Tags tags = Tags.of("Tags", List.of(new Tag(key, value)), Tags.MOST);
        secrets.create(new NewSecret(name, "v1", new NewSecret.Generic(new Text("x")), "", null, null, tags));
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
