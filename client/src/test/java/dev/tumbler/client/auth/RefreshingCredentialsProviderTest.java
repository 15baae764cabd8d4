package dev.tumbler.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tumbler.client.testing.Latches;
import dev.tumbler.client.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When temporary credentials are fetched, and what happens while that fails. */
@Timeout(30)
class RefreshingCredentialsProviderTest {
    private final VirtualTime time = new VirtualTime();
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicReference<Session.Source> source = new AtomicReference<>(() -> session(Duration.ofHours(1)));

    // With chance at its greatest, one hour is refreshed 20 minutes ahead.
    private final CredentialsProvider provider = new RefreshingCredentialsProvider(
            "test",
            () -> {
                fetches.incrementAndGet();
                return source.get().fetch();
            },
            time,
            () -> 1.0);

    @Test
    void credentials_beforeTheirRefresh_areFetchedOnce() {
        assertThat(provider.credentials().accessKeyId()).isEqualTo("ak-1");
        time.advance(Duration.ofMinutes(40).minusSeconds(1));
        assertThat(provider.credentials().accessKeyId()).isEqualTo("ak-1");
        assertThat(fetches).hasValue(1);
    }

    @Test
    void invalidate_ofTheSessionInMemory_fetchesAnother() {
        source.set(() -> session(Duration.ofHours(1)));
        Credentials first = provider.credentials();

        provider.invalidate(first);
        Credentials second = provider.credentials();
        provider.invalidate(first);

        assertThat(second).isNotEqualTo(first);
        assertThat(provider.credentials()).isEqualTo(second);
    }

    @Test
    void credentials_ofManyThreadsAtOnce_takeOneFetch() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        source.set(() -> {
            Latches.await(slow);
            return session(Duration.ofHours(1));
        });
        ExecutorService threads = Executors.newFixedThreadPool(200);
        try {
            List<Future<Credentials>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                results.add(threads.submit(provider::credentials));
            }
            await().until(() -> fetches.get() == 1);
            slow.countDown();
            for (Future<Credentials> result : results) {
                assertThat(result.get(20, TimeUnit.SECONDS).accessKeyId()).isEqualTo("ak-1");
            }
        } finally {
            slow.countDown();
            threads.shutdownNow();
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void credentials_aheadOfTheirEnd_areRefreshedWhileTheOldOnesAreServed() {
        CountDownLatch slow = new CountDownLatch(1);
        provider.credentials();
        source.set(() -> {
            Latches.await(slow);
            return session(Duration.ofHours(1));
        });
        time.advance(Duration.ofMinutes(40));

        assertThat(provider.credentials().accessKeyId()).isEqualTo("ak-1");
        await().until(() -> fetches.get() == 2);
        assertThat(provider.credentials().accessKeyId()).isEqualTo("ak-1");
        slow.countDown();
        await().until(() -> provider.credentials().accessKeyId().equals("ak-2"));
        assertThat(fetches).hasValue(2);
    }

    @Test
    void credentials_ofAShortSession_areRefreshedInItsLastThird() {
        source.set(() -> session(Duration.ofMinutes(15)));
        provider.credentials();
        time.advance(Duration.ofMinutes(10).minusSeconds(1));
        provider.credentials();
        assertThat(fetches).hasValue(1);

        time.advance(Duration.ofSeconds(1));
        provider.credentials();
        await().until(() -> fetches.get() == 2);
    }

    @Test
    void refresh_thatFails_isRepeatedAfterAPauseAndTheOldOnesServed() {
        provider.credentials();
        source.set(() -> {
            throw new CredentialsException("down");
        });
        time.advance(Duration.ofMinutes(40));
        assertThat(provider.credentials().accessKeyId()).isEqualTo("ak-1");
        await().until(() -> fetches.get() == 2);

        await().until(() -> {
            time.advance(Duration.ofSeconds(1));
            assertThat(provider.credentials().accessKeyId()).isEqualTo("ak-1");
            return fetches.get() == 4;
        });
        // Pauses of 1, 2 and 4 seconds lie behind the fourth fetch, or will.
        assertThat(time.instant()).isAfterOrEqualTo(Instant.parse("2026-11-24T04:40:03Z"));
    }

    @Test
    void refresh_thatFailsUntilTheEnd_failsTheCaller() {
        provider.credentials();
        source.set(() -> {
            throw new CredentialsException("down");
        });
        time.advance(Duration.ofMinutes(60).minusMillis(1));
        assertThat(provider.credentials().accessKeyId()).isEqualTo("ak-1");

        // The pause after that failure is longer.
        time.advance(Duration.ofMillis(1));
        assertThatThrownBy(provider::credentials)
                .isInstanceOf(CredentialsException.class)
                .hasMessage("down");

        int asked = fetches.get();
        assertThatThrownBy(provider::credentials).hasMessage("down");
        assertThat(fetches).hasValue(asked);

        source.set(() -> session(Duration.ofHours(1)));
        time.advance(Duration.ofSeconds(5));
        assertThat(provider.credentials().accessKeyId()).startsWith("ak-");
    }

    @Test
    void fetch_thatFailsAtFirst_isNotRepeatedForEachCall() {
        source.set(() -> {
            throw new CredentialsException("down", true, null);
        });
        for (int second = 0; second < 60; second++) {
            for (int call = 0; call < 10; call++) {
                assertThatThrownBy(provider::credentials)
                        .isInstanceOfSatisfying(
                                CredentialsException.class,
                                e -> assertThat(e.isTemporary()).isTrue())
                        .hasMessage("down");
            }
            time.advance(Duration.ofSeconds(1));
        }
        // After 1, 2 and 4 seconds, then each 5.
        assertThat(fetches).hasValueBetween(10, 15);
    }

    @Test
    void credentials_inTheirLastMinute_areWaitedFor() {
        provider.credentials();
        time.advance(Duration.ofMinutes(60).minusSeconds(30));
        assertThat(provider.credentials().accessKeyId()).isEqualTo("ak-2");
    }

    @Test
    void credentials_thatHaveEndedByOurClock_areUsedAndNotFetchedForEachCall() {
        source.set(() -> session(Duration.ofHours(-2)));
        assertThat(provider.credentials().accessKeyId()).isEqualTo("ak-1");
        assertThat(provider.credentials().accessKeyId()).isEqualTo("ak-1");
        assertThat(fetches).hasValue(1);

        time.advance(Duration.ofMinutes(1));
        assertThat(provider.credentials().accessKeyId()).isEqualTo("ak-2");
    }

    @Test
    void fetch_whoseCallerIsInterrupted_servesTheOthers() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        source.set(() -> {
            Latches.await(slow);
            return session(Duration.ofHours(1));
        });
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            AtomicReference<Thread> first = new AtomicReference<>();
            Future<Boolean> interrupted = threads.submit(() -> {
                first.set(Thread.currentThread());
                assertThatThrownBy(provider::credentials)
                        .isInstanceOf(CredentialsException.class)
                        .hasMessageContaining("Interrupted");
                return Thread.currentThread().isInterrupted();
            });
            await().until(() -> fetches.get() == 1);
            Future<Credentials> other = threads.submit(provider::credentials);
            first.get().interrupt();
            assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
            slow.countDown();
            assertThat(other.get(20, TimeUnit.SECONDS).accessKeyId()).isEqualTo("ak-1");
        } finally {
            slow.countDown();
            threads.shutdownNow();
        }
    }

    private Session session(Duration life) {
        Instant end = time.instant().plus(life);
        return new Session(Credentials.of("ak-" + fetches.get(), "sk", "token"), end);
    }
}
