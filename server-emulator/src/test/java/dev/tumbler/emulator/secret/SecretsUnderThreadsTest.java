package dev.tumbler.emulator.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.conformance.Proves;
import dev.tumbler.emulator.key.KeySpec;
import dev.tumbler.emulator.key.Keys;
import dev.tumbler.emulator.key.KmsInstance;
import dev.tumbler.emulator.key.KmsInstances;
import dev.tumbler.emulator.key.KmsKey;
import dev.tumbler.emulator.key.NewKey;
import dev.tumbler.emulator.secret.SecretValue.Text;
import dev.tumbler.emulator.tag.Tag;
import dev.tumbler.emulator.tag.Tags;
import dev.tumbler.emulator.time.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of a secret hold whoever else is at it. */
@Timeout(60)
class SecretsUnderThreadsTest {
    private final SecretsFixture fixture = SecretsFixture.rotatingTo("unused");
    private final VirtualClock clock = fixture.clock;
    private final KmsInstances instances = fixture.kmsInstances;
    private final Keys keys = fixture.keys;
    private final Secrets secrets = fixture.secrets;

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    @Proves("CreateSecret/concurrency/one-wins")
    void create_200ThreadsWithOneName_oneWins() {
        List<String> outcomes = Race.run(200, i -> "created " + valueOf(create("raced", "value " + i)));
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.startsWith("created"))
                .containsExactly("created " + valueOf(secrets.describe("raced")));
        assertThat(outcomes).filteredOn("Rejected.ResourceExist"::equals).hasSize(199);
    }

    @Test
    void create_200ThreadsInAKmsInstance_fillsItsQuotaAndNoMore() {
        instances.add("kst-1", "cn-hangzhou", new KmsInstance.Quota(3, 5));
        List<String> keyIds = Race.run(
                200,
                i -> keys.create(new NewKey(
                                KeySpec.AES_256,
                                null,
                                KmsKey.Origin.ALIYUN_KMS,
                                KmsKey.ProtectionLevel.SOFTWARE,
                                "",
                                "kst-1",
                                Tags.NONE))
                        .keyId());
        assertThat(keyIds).filteredOn("Rejected.LimitExceeded"::equals).hasSize(197);
        String keyId = keyIds.stream()
                .filter(outcome -> outcome.startsWith("key-"))
                .findFirst()
                .orElseThrow();

        List<String> outcomes = Race.run(
                200,
                i -> secrets.create(new NewSecret(
                                "s" + i,
                                "v1",
                                new NewSecret.Generic(new Text("x")),
                                "",
                                keyId,
                                "kst-1",
                                Tags.NONE,
                                null))
                        .name());
        assertThat(outcomes).filteredOn("Rejected.LimitExceeded"::equals).hasSize(195);
        assertThat(secrets.list(List.of())).hasSize(5);
    }

    @Test
    @Proves("PutSecretValue/concurrency/stages")
    void putValue_200Threads_eachVersionWasCurrentOnce_andTheLastTwoAreStaged() {
        create("a", "value");
        List<String> outcomes = Race.run(200, i -> {
            Secret after = secrets.putValue("a", "t" + i, new Text("value " + i), Set.of())
                    .secret();
            // What one thread sees is a whole state: its own version is current and has a predecessor.
            return after.stages().get(VersionStage.CURRENT) + " after "
                    + after.stages().get(VersionStage.PREVIOUS);
        });
        assertThat(outcomes).as("no two had the same predecessor").doesNotHaveDuplicates();
        assertThat(outcomes).allMatch(outcome -> outcome.matches("t\\d+ after (t\\d+|v1)"));
        IntStream.range(0, 200).forEach(i -> assertThat(outcomes.get(i)).startsWith("t" + i + " "));
        Secret secret = secrets.describe("a");
        assertThat(secret.versions()).hasSize(10);
        assertThat(secret.stages()).containsOnlyKeys("ACSCurrent", "ACSPrevious");
        assertThat(outcomes)
                .contains(secret.stages().get("ACSCurrent") + " after "
                        + secret.stages().get("ACSPrevious"));
    }

    @Test
    void putValue_nineThreads_loseNoVersion() {
        create("a", "value");
        Race.run(
                9,
                i -> secrets.putValue("a", "t" + i, new Text("value " + i), Set.of())
                        .version()
                        .versionId());
        Secret secret = secrets.describe("a");
        assertThat(secret.versions()).hasSize(10);
        IntStream.range(0, 9)
                .forEach(i -> assertThat(secret.version("t" + i).orElseThrow().value())
                        .isEqualTo(new Text("value " + i)));
    }

    @Test
    void putValue_200ThreadsWithOneVersionId_oneValueWins() {
        create("a", "value");
        List<String> outcomes = Race.run(200, i -> {
            secrets.putValue("a", "v2", new Text("value " + i), Set.of());
            return "value " + i;
        });
        assertThat(outcomes).filteredOn("Rejected.ResourceExist"::equals).hasSize(199);
        assertThat(outcomes).contains(valueOf(secrets.describe("a")));
    }

    @Test
    void moveStage_200Threads_aStageIsOnOneVersionAlways() {
        create("a", "value");
        IntStream.range(0, 8).forEach(i -> secrets.putValue("a", "t" + i, new Text("x"), Set.of("own" + i % 4)));
        Race.run(200, i -> {
            String stage = i % 2 == 0 ? VersionStage.CURRENT : "Blue";
            Secret after = secrets.moveStage("a", new StageMove(stage, "t" + i % 8, null));
            assertThat(after.stages()).containsEntry(stage, "t" + i % 8);
            return "moved";
        });
        Secret secret = secrets.describe("a");
        assertThat(secret.stages())
                .containsOnlyKeys("ACSCurrent", "ACSPrevious", "Blue", "own0", "own1", "own2", "own3");
        assertThat(secret.stages().get("ACSCurrent"))
                .isNotEqualTo(secret.stages().get("ACSPrevious"));
        assertThat(secret.versions()).hasSize(9);
    }

    @Test
    void moveStage_fromOneHolder_200Threads_oneWins() {
        create("a", "value");
        secrets.putValue("a", "t", new Text("x"), Set.of("Blue"));
        List<String> outcomes = Race.run(200, i -> {
            secrets.moveStage("a", new StageMove("Blue", "v1", "t"));
            return "moved";
        });
        assertThat(outcomes).filteredOn("moved"::equals).hasSize(1);
        assertThat(outcomes).filteredOn("InvalidParameter"::equals).hasSize(199);
    }

    /** Whoever comes first, the other finds it done: never a secret that is back and then gone. */
    @RepeatedTest(20)
    void restore_atTheEndOfTheWindow_keepsTheSecretOrComesTooLate() {
        create("a", "value");
        secrets.scheduleDeletion("a", 7);
        clock.advance(Duration.ofDays(7).minusSeconds(1));
        List<String> outcomes = Race.run(9, i -> {
            if (i == 0) {
                clock.advance(Duration.ofDays(1));
                return "advanced";
            }
            secrets.restore("a").join();
            return "restored";
        });
        clock.advance(Duration.ofDays(30));
        if (outcomes.contains("restored")) {
            assertThat(outcomes)
                    .filteredOn(outcome -> !outcome.equals("restored") && !outcome.equals("advanced"))
                    .hasSize(7)
                    .containsOnly("Rejected.ResourceInUse");
            assertThat(valueOf(secrets.describe("a"))).isEqualTo("value");
        } else {
            assertThat(outcomes.subList(1, 9)).containsOnly("Forbidden.ResourceNotFound");
            assertThat(secrets.list(List.of())).isEmpty();
        }
    }

    @RepeatedTest(20)
    void scheduleAndRestore_inTurns_leaveNoPurgeBehind() {
        create("a", "value");
        Race.run(20, i -> {
            if (i % 2 == 0) {
                secrets.scheduleDeletion("a", 7 + i);
            } else {
                secrets.restore("a").join();
            }
            return "done";
        });
        Secret after = secrets.describe("a");
        clock.advance(Duration.ofDays(60));
        assertThat(secrets.list(List.of())).hasSize(after.plannedDeleteTime() == null ? 1 : 0);
    }

    @Test
    void changeTags_crossingSets_neitherBlockNorTearEachOther() {
        create("a", "value");
        create("b", "value");
        Race.run(100, i -> {
            Tags tags = Tags.of("Tag", List.of(new Tag("owner", "t" + i)), Tags.MOST);
            secrets.changeTags(i % 2 == 0 ? List.of("a", "b") : List.of("b", "a"), old -> old.with(tags));
            return "tagged";
        });
        assertThat(secrets.describe("a").tags()).isEqualTo(secrets.describe("b").tags());
    }

    private Secret create(String name, String value) {
        return secrets.create(
                new NewSecret(name, "v1", new NewSecret.Generic(new Text(value)), "", null, null, Tags.NONE, null));
    }

    private static String valueOf(Secret secret) {
        return ((Text) secret.staged(VersionStage.CURRENT).orElseThrow().value()).text();
    }
}
