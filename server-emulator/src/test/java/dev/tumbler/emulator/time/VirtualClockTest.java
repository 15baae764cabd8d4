package dev.tumbler.emulator.time;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class VirtualClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void now_frozen_standsStillUntilAdvanced() {
        try (VirtualClock clock = VirtualClock.frozenAt(START)) {
            assertThat(clock.now()).isEqualTo(START);
            clock.advance(Duration.ofDays(7));
            assertThat(clock.now()).isEqualTo(START.plus(Duration.ofDays(7)));
        }
    }

    @Test
    void advance_negative_isRefused() {
        try (VirtualClock clock = VirtualClock.frozenAt(START)) {
            assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Time does not go back: PT-1S");
        }
    }

    @Test
    void advanceTo_future_runsWhatIsDueOnTheWay() {
        try (VirtualClock clock = VirtualClock.frozenAt(START)) {
            List<String> ran = new ArrayList<>();
            schedule(clock, ran, "due", 2);
            clock.advanceTo(day(2));
            assertThat(ran).containsExactly("due at day 2");
            clock.advanceTo(day(2));
            assertThat(clock.now()).isEqualTo(day(2));
        }
    }

    @Test
    void advanceTo_past_isRefused() {
        try (VirtualClock clock = VirtualClock.frozenAt(START)) {
            assertThatThrownBy(() -> clock.advanceTo(START.minusNanos(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Time does not go back: it is 2026-01-01T00:00:00Z");
            assertThat(clock.now()).isEqualTo(START);
        }
    }

    @Test
    void followingFrom_anyInstant_goesOnAsTheSystemDoes() {
        AtomicReference<Instant> system = new AtomicReference<>(START);
        try (VirtualClock clock = VirtualClock.followingFrom(day(-100), system::get)) {
            assertThat(clock.isFrozen()).isFalse();
            assertThat(clock.now()).isEqualTo(day(-100));
            system.set(START.plusSeconds(5));
            assertThat(clock.now()).isEqualTo(day(-100).plusSeconds(5));
        }
    }

    @Test
    void afterAdvance_runsAfterWhatWasDue_withoutTheClocksLock() {
        try (VirtualClock clock = VirtualClock.frozenAt(START)) {
            List<String> ran = new ArrayList<>();
            schedule(clock, ran, "due", 1);
            clock.afterAdvance(() -> ran.add("after, at " + clock.now()));
            clock.advance(Duration.ofDays(2));
            assertThat(ran).containsExactly("due at day 1", "after, at 2026-01-03T00:00:00Z");
        }
    }

    @Test
    void advance_severalDue_runsThemInOrderAtTheirOwnTimes() {
        try (VirtualClock clock = VirtualClock.frozenAt(START)) {
            List<String> ran = new ArrayList<>();
            schedule(clock, ran, "third", 3);
            schedule(clock, ran, "first", 1);
            schedule(clock, ran, "second", 2);
            schedule(clock, ran, "second too", 2);
            schedule(clock, ran, "not yet", 5);

            clock.advance(Duration.ofDays(4));

            assertThat(ran)
                    .containsExactly("first at day 1", "second at day 2", "second too at day 2", "third at day 3");
            assertThat(clock.now()).isEqualTo(day(4));
        }
    }

    @Test
    void advance_taskThatSchedulesAgain_runsThatToo() {
        try (VirtualClock clock = VirtualClock.frozenAt(START)) {
            List<Instant> ran = new ArrayList<>();
            everyDay(clock, ran);
            clock.advance(Duration.ofDays(365));
            assertThat(ran).hasSize(365).endsWith(day(364), day(365));
        }
    }

    @Test
    void advance_exactlyToTheDueTime_runs() {
        try (VirtualClock clock = VirtualClock.frozenAt(START)) {
            List<String> ran = new ArrayList<>();
            schedule(clock, ran, "due", 1);
            clock.advance(Duration.ofDays(1).minusNanos(1));
            assertThat(ran).isEmpty();
            clock.advance(Duration.ofNanos(1));
            assertThat(ran).containsExactly("due at day 1");
        }
    }

    @Test
    void advance_taskThatFails_runsTheRest() {
        try (VirtualClock clock = VirtualClock.frozenAt(START)) {
            List<String> ran = new ArrayList<>();
            clock.schedule(day(1), () -> CompletableFuture.failedFuture(new IllegalStateException("expected")));
            schedule(clock, ran, "after", 2);
            clock.advance(Duration.ofDays(2));
            assertThat(ran).containsExactly("after at day 2");
        }
    }

    @Test
    void advance_taskThatEndsLater_waitsForIt() throws Exception {
        try (VirtualClock clock = VirtualClock.frozenAt(START)) {
            CompletableFuture<String> slow = new CompletableFuture<>();
            CountDownLatch started = new CountDownLatch(1);
            clock.schedule(day(1), () -> {
                started.countDown();
                return slow;
            });
            Thread advancing = new Thread(() -> clock.advance(Duration.ofDays(2)));
            advancing.start();
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(clock.now()).as("the time at which the task runs").isEqualTo(day(1));
            slow.complete("done");
            advancing.join();
            assertThat(clock.now()).isEqualTo(day(2));
        }
    }

    @Test
    void cancel_scheduledTask_neverRuns() {
        try (VirtualClock clock = VirtualClock.frozenAt(START)) {
            List<String> ran = new ArrayList<>();
            clock.schedule(day(1), () -> completedFuture(ran.add("cancelled"))).cancel();
            clock.advance(Duration.ofDays(2));
            assertThat(ran).isEmpty();
        }
    }

    @Test
    void following_systemTimePasses_runsWhatIsDueOnItsOwn() {
        AtomicReference<Instant> system = new AtomicReference<>(START);
        try (VirtualClock clock = VirtualClock.following(system::get)) {
            List<String> ran = new ArrayList<>();
            CompletableFuture<String> done = new CompletableFuture<>();
            clock.schedule(day(30), () -> completedFuture(ran.add("later")));
            system.set(day(1));
            clock.schedule(day(1), () -> completedFuture(done.complete("now")));

            assertThat(done).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("now");
            assertThat(ran).isEmpty();
        }
    }

    @Test
    void following_advanced_keepsItsLead() {
        AtomicReference<Instant> system = new AtomicReference<>(START);
        try (VirtualClock clock = VirtualClock.following(system::get)) {
            clock.advance(Duration.ofDays(7));
            assertThat(clock.now()).isEqualTo(day(7));
            system.set(day(1));
            assertThat(clock.now()).isEqualTo(day(8));
        }
    }

    @Test
    void following_nothingScheduled_hasNoThread_andCloseEndsIt() {
        try (VirtualClock clock = VirtualClock.following()) {
            assertThat(clockThreads()).isZero();
            clock.schedule(clock.now().plus(Duration.ofDays(1)), () -> completedFuture(null));
            await().untilAsserted(() -> assertThat(clockThreads()).isEqualTo(1));
        }
        assertThat(clockThreads()).isZero();
    }

    private static long clockThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tumbler-clock"))
                .count();
    }

    private static void everyDay(VirtualClock clock, List<Instant> ran) {
        clock.schedule(clock.now().plus(Duration.ofDays(1)), () -> {
            ran.add(clock.now());
            everyDay(clock, ran);
            return completedFuture(null);
        });
    }

    private static void schedule(VirtualClock clock, List<String> ran, String name, int day) {
        clock.schedule(
                day(day),
                () -> completedFuture(ran.add(
                        name + " at day " + Duration.between(START, clock.now()).toDays())));
    }

    private static Instant day(int day) {
        return START.plus(Duration.ofDays(day));
    }
}
