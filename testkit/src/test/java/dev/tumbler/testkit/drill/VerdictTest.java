package dev.tumbler.testkit.drill;

import static dev.tumbler.testkit.drill.Finding.Defect.CONNECTIONS_NOT_RETIRED;
import static dev.tumbler.testkit.drill.Finding.Defect.FAILS_OTHERWISE;
import static dev.tumbler.testkit.drill.Finding.Defect.NO_RETRY_AFTER_REFUSED_LOGIN;
import static dev.tumbler.testkit.drill.Finding.Defect.PASSWORD_KEPT_FOR_EVER;
import static dev.tumbler.testkit.drill.Finding.Defect.READS_SECRET_EACH_TIME;
import static dev.tumbler.testkit.drill.Finding.Defect.RETRIES_WITHOUT_BACKOFF;
import static dev.tumbler.testkit.drill.Finding.Defect.STALE_VALUE_IGNORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tumbler.emulator.journal.KmsAction;
import dev.tumbler.testkit.drill.DrillFailure.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final int WORKERS = 4;

    @Test
    void nothingWrong_findsNothing() {
        assertThat(judge(phase("steady", PhaseKind.STEADY, seen -> seen.calls = reads(1)), settled()))
                .isEmpty();
    }

    @Test
    void readsEachTime_halfOfTheOperations_isTheLimit() {
        assertThat(judge(phase("steady", PhaseKind.STEADY, seen -> seen.calls = reads(99))))
                .isEmpty();
        assertThat(judge(phase("steady", PhaseKind.STEADY, seen -> seen.calls = reads(100))))
                .extracting(Finding::defect)
                .containsExactly(READS_SECRET_EACH_TIME);
    }

    @Test
    void readsEachTime_duringAnOutage_doesNotCount() {
        assertThat(judge(phase("slow answers", PhaseKind.DISRUPTION, seen -> {
                    seen.calls = reads(200);
                })))
                .isEmpty();
    }

    @Test
    void refusedToTheEnd_keepsThePassword() {
        List<Finding> findings = judge(
                phase("rotation 2", PhaseKind.ROTATION, seen -> {
                    seen.failures = Map.of(Reason.LOGIN_REFUSED, 7L);
                    seen.logins = List.of(new LoginCount("orders", 2, false, 7));
                }),
                phase("settled", PhaseKind.SETTLED, seen -> {
                    seen.failures = Map.of(Reason.LOGIN_REFUSED, 3L);
                    seen.calls = reads(2);
                }));

        assertThat(findings)
                .singleElement()
                .hasToString(
                        "the password is kept for ever: from \"rotation 2\" to the end 10 operations failed because"
                                + " the database refused the login with a password that had been changed 2 times since, and"
                                + " the secret was read 2 times meanwhile without use.");
        assertThat(findings.get(0).defect()).isEqualTo(PASSWORD_KEPT_FOR_EVER);
    }

    @Test
    void refusedForAWhile_isNotTriedAgain() {
        List<Finding> findings = judge(
                phase("rotation 2", PhaseKind.ROTATION, seen -> {
                    seen.failures = Map.of(Reason.LOGIN_REFUSED, 7L);
                    seen.lastRefusal = Duration.ofMillis(40);
                }),
                settled());

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.defect()).isEqualTo(NO_RETRY_AFTER_REFUSED_LOGIN);
            assertThat(finding.words())
                    .startsWith(
                            "7 operations failed in \"rotation 2\" because the database refused a login, up to 40 ms after a rotation.");
        });
    }

    @Test
    void noConnection_whereTheDatabaseRefusedLogins_isForThem() {
        assertThat(judge(
                        phase("rotation 2", PhaseKind.ROTATION, seen -> {
                            seen.failures = Map.of(Reason.CONNECTION, 7L);
                            seen.logins = List.of(new LoginCount("?", -1, false, 2));
                        }),
                        settled()))
                .extracting(Finding::defect)
                .containsExactly(NO_RETRY_AFTER_REFUSED_LOGIN);
        assertThat(judge(
                        phase("rotation 2", PhaseKind.ROTATION, seen -> seen.failures = Map.of(Reason.CONNECTION, 7L)),
                        settled()))
                .extracting(Finding::defect)
                .containsExactly(FAILS_OTHERWISE);
    }

    @Test
    void oldConnections_countAtTheEndOnly() {
        assertThat(judge(phase("rotation 3", PhaseKind.ROTATION, seen -> seen.oldConnections = 4), settled()))
                .isEmpty();
        assertThat(judge(phase("settled", PhaseKind.SETTLED, seen -> seen.oldConnections = 1)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.defect()).isEqualTo(CONNECTIONS_NOT_RETIRED);
                    assertThat(finding.words())
                            .startsWith("at the end of 5 rotations 1 connection was in use that had been opened");
                });
    }

    @Test
    void retries_withPauses_areFine() {
        // Each of 4 workers in two operations of 5 calls, in a second: one call after 100 ms.
        assertThat(judge(away(seen -> {
                    seen.failures = Map.of(Reason.KMS, 8L);
                    seen.failedCalls = 40;
                })))
                .extracting(Finding::defect)
                .containsExactly(STALE_VALUE_IGNORED);
    }

    @Test
    void retries_withoutPauses_areNamed() {
        List<Finding> findings = judge(away(seen -> {
            seen.waitingWorkers = 4;
            seen.failedCalls = 400;
        }));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.defect()).isEqualTo(RETRIES_WITHOUT_BACKOFF);
            assertThat(finding.words())
                    .startsWith(
                            "in the phase \"KMS outage\" 400 calls failed in 1,000 ms, one after 10 ms for each operation under way.");
        });
    }

    @Test
    void retries_besideOperationsThatGoOn_areNamedToo() {
        assertThat(judge(away(seen -> {
                    seen.operations = 100_000;
                    seen.failedCalls = 40;
                })))
                .extracting(Finding::defect)
                .containsExactly(RETRIES_WITHOUT_BACKOFF);
    }

    @Test
    void operationsThatFail_withOneRetryEach_areNoRetries() {
        assertThat(judge(away(seen -> {
                    seen.operations = 400;
                    seen.failedCalls = 800;
                    seen.failures = Map.of(Reason.KMS, 400L);
                })))
                .extracting(Finding::defect)
                .containsExactly(STALE_VALUE_IGNORED);
    }

    @Test
    void callsOfEachWorker_onceOrTwice_areNoRetries() {
        assertThat(judge(away(seen -> {
                    seen.length = Duration.ofMillis(100);
                    seen.failedCalls = 4 * WORKERS - 1;
                })))
                .isEmpty();
    }

    @Test
    void slowAnswers_areNothingToRetry() {
        assertThat(judge(phase("slow answers", PhaseKind.DISRUPTION, seen -> {
                    seen.length = Duration.ofSeconds(1);
                    seen.calls = reads(500);
                })))
                .isEmpty();
    }

    @Test
    void logins_withoutPauses_areNamed() {
        assertThat(judge(
                        phase("rotation 1, window", PhaseKind.WINDOW, seen -> {
                            seen.waitingWorkers = 4;
                            seen.length = Duration.ofSeconds(1);
                            seen.logins = List.of(new LoginCount("orders", 1, false, 400));
                        }),
                        settled()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.defect()).isEqualTo(RETRIES_WITHOUT_BACKOFF);
                    assertThat(finding.words()).contains("the database refused 400 logins in 1,000 ms");
                });
    }

    @Test
    void kmsFailures_whereTheDatabaseRefusedToo_areOtherwise() {
        assertThat(judge(away(seen -> {
                    seen.failures = Map.of(Reason.KMS, 3L);
                    seen.failedCalls = 3;
                    seen.calls = reads(3);
                    seen.logins = List.of(new LoginCount("orders", 1, false, 3));
                })))
                .extracting(Finding::defect)
                .containsExactly(FAILS_OTHERWISE);
    }

    @Test
    void unknownFailures_whileTheKmsIsAwayAndCallsFail_areItsOwn() {
        assertThat(judge(away(seen -> {
                    seen.failures = Map.of(Reason.OTHER, 3L);
                    seen.failedCalls = 3;
                    seen.calls = reads(3);
                })))
                .extracting(Finding::defect)
                .containsExactly(STALE_VALUE_IGNORED);
        assertThat(judge(away(seen -> seen.failures = Map.of(Reason.OTHER, 3L))))
                .extracting(Finding::defect)
                .containsExactly(FAILS_OTHERWISE);
    }

    private static List<Finding> judge(DrillPhase... phases) {
        return Verdict.of(Stream.of(phases).toList(), WORKERS, 5);
    }

    private static Map<KmsAction, Long> reads(long count) {
        return Map.of(KmsAction.GET_SECRET_VALUE, count);
    }

    private static DrillPhase settled() {
        return phase("settled", PhaseKind.SETTLED, seen -> {});
    }

    private static DrillPhase away(Consumer<DrillPhase.Seen> what) {
        return phase("KMS outage", PhaseKind.DISRUPTION, seen -> {
            seen.kmsIsAway = true;
            seen.length = Duration.ofSeconds(1);
            what.accept(seen);
        });
    }

    private static DrillPhase phase(String name, PhaseKind kind, Consumer<DrillPhase.Seen> what) {
        DrillPhase.Seen seen = new DrillPhase.Seen();
        seen.name = name;
        seen.kind = kind;
        seen.operations = 200;
        what.accept(seen);
        return new DrillPhase(seen);
    }
}
