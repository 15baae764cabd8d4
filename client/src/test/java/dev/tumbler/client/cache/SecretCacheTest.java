package dev.tumbler.client.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.tumbler.client.KmsTransportException;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretNotFoundException;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.ThrottledException;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.client.model.VersionStage;
import dev.tumbler.client.testing.CallerThread;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.client.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SecretCacheTest {
    private final KmsStub kms = new KmsStub();
    private final SecretsClient client = kms.client().retry(RetryPolicy.none()).build();

    @AfterEach
    void close() {
        client.close();
        kms.close();
    }

    @Nested
    class WithVirtualTime {
        private final VirtualTime time = new VirtualTime();
        // The greatest random number but for rounding: refreshes come at the very end of the interval.
        private final SecretCache cache = SecretCache.builder(client)
                .refreshInterval(Duration.ofMinutes(10))
                .expireAfter(Duration.ofHours(1))
                .clock(time)
                .scheduler(time.scheduler())
                .executor(new CallerThread())
                .ticker(time::nanoTime)
                .chance(() -> 1.0)
                .build();

        @AfterEach
        void close() {
            cache.close();
        }

        @Test
        void get_afterTheFirstRead_asksNoMore() {
            kms.account("orders/db", "ACSCurrent", "v1", "orders", "p1");
            CachedSecret<RdsCredentials> handle = cache.rds("orders/db");

            for (int i = 0; i < 100; i++) {
                assertThat(handle.get()).isEqualTo(new RdsCredentials("orders", "p1"));
            }

            assertThat(kms.requests()).hasSize(1);
            assertThat(handle.versionId()).hasValue("v1");
            assertThat(cache.rds("orders/db")).isSameAs(handle);
        }

        @Test
        void refresh_beforeTheIntervalEnds_bringsTheNewValueAndTellsListeners() {
            kms.value("mail", "ACSCurrent", "v1", "one");
            CachedSecret<String> handle = cache.text("mail");
            List<String> changes = new ArrayList<>();
            handle.onChange(value -> {
                throw new IllegalStateException("a bad listener");
            });
            handle.onChange(changes::add);
            assertThat(handle.get()).isEqualTo("one");

            time.advance(Duration.ofMinutes(10));
            assertThat(changes).isEmpty();
            kms.value("mail", "ACSCurrent", "v2", "two");
            time.advance(Duration.ofMinutes(9));
            assertThat(handle.get()).isEqualTo("one");
            time.advance(Duration.ofMinutes(1));

            assertThat(handle.get()).isEqualTo("two");
            assertThat(changes).containsExactly("two");
            assertThat(kms.requests()).hasSize(3);
        }

        @Test
        void refresh_withAnAnnouncedRotation_comesSoonAfterIt() {
            JsonObject rotation = new JsonObject();
            rotation.addProperty("NextRotationDate", "2026-11-24T04:03:00Z");
            kms.value("orders", "v1", "one", rotation);
            CachedSecret<String> handle = cache.text("orders");
            handle.get();
            kms.value("orders", "ACSCurrent", "v2", "two");

            time.advance(Duration.ofMinutes(3));
            assertThat(handle.get()).isEqualTo("one");
            time.advance(Duration.ofSeconds(11));

            assertThat(handle.get()).isEqualTo("two");
        }

        @ParameterizedTest
        @ValueSource(longs = {60_000, 5_000, 100, 0})
        void refresh_withARotationThatTakesItsTime_seesItSoon(long beforeTheEnd) {
            Duration untilRotation = Duration.ofMinutes(10).minusMillis(beforeTheEnd);
            JsonObject announced = new JsonObject();
            announced.addProperty(
                    "NextRotationDate", time.instant().plus(untilRotation).toString());
            kms.value("orders", "v1", "one", announced);
            CachedSecret<String> handle = cache.text("orders");
            handle.get();

            time.advance(untilRotation.plusSeconds(15));
            assertThat(handle.get()).isEqualTo("one");
            kms.value("orders", "ACSCurrent", "v2", "two");
            time.advance(Duration.ofSeconds(15));

            assertThat(handle.get()).isEqualTo("two");
        }

        @Test
        void refresh_withARotationThatNeverComes_asksSomeMoreTimesAndThenAsUsual() {
            JsonObject announced = new JsonObject();
            announced.addProperty(
                    "NextRotationDate", time.instant().plusSeconds(60).toString());
            kms.value("orders", "v1", "one", announced);
            cache.text("orders").get();

            time.advance(Duration.ofMinutes(10));
            // After 60 + 11 s, and then each time twice as late: 82, 104, 148, 236, and 412 s, which is over five
            // minutes.
            assertThat(kms.requests()).hasSize(7);
            time.advance(Duration.ofMinutes(10));
            assertThat(kms.requests()).hasSize(8);
        }

        @Test
        void refresh_whileTheServiceFails_servesStaleUntilExpiryThenFails() {
            kms.value("mail", "ACSCurrent", "v1", "one");
            CachedSecret<String> handle = cache.text("mail");
            handle.get();
            kms.answerWith(parameters -> KmsStub.error(429, "Rejected.Throttling", "QPS Limit Exceeded"));

            time.advance(Duration.ofMinutes(10));
            assertThat(handle.isStale()).isTrue();
            assertThat(handle.get()).isEqualTo("one");
            time.advance(Duration.ofMinutes(49).plusSeconds(59));
            assertThat(handle.get()).isEqualTo("one");
            time.advance(Duration.ofSeconds(1));

            assertThat(handle.versionId()).isEmpty();
            assertThatThrownBy(handle::get).isInstanceOf(ThrottledException.class);

            kms.answerWith(null);
            time.advance(Duration.ofMinutes(10));
            assertThat(handle.versionId()).hasValue("v1");
            assertThat(handle.isStale()).isFalse();
        }

        @Test
        void refresh_afterFailures_pausesLongerEachTime() {
            kms.value("mail", "ACSCurrent", "v1", "one");
            CachedSecret<String> handle = cache.text("mail");
            handle.get();
            kms.answerWith(parameters -> KmsStub.error(503, "ServiceUnavailableTemporary", ""));
            time.advance(Duration.ofMinutes(10));
            assertThat(kms.requests()).hasSize(2);

            // Retries after 1, 3, 7 and 15 seconds in all.
            time.advance(Duration.ofSeconds(15));
            assertThat(kms.requests()).hasSize(6);
            time.advance(Duration.ofSeconds(15));
            assertThat(kms.requests()).hasSize(6);
            assertThat(handle.isStale()).isTrue();
        }

        @Test
        void refresh_afterManyFailures_pausesATenthOfTheInterval() {
            kms.value("mail", "ACSCurrent", "v1", "one");
            CachedSecret<String> handle = cache.text("mail");
            handle.get();
            kms.answerWith(parameters -> KmsStub.error(503, "ServiceUnavailableTemporary", ""));
            // The refresh, and the retries after 1, 2, 4, 8, 16 and 32 seconds; the first that waits a minute is next.
            time.advance(Duration.ofMinutes(10).plusSeconds(63));
            int before = kms.requests().size();

            time.advance(Duration.ofMinutes(10));

            assertThat(kms.requests()).hasSize(before + 10);
        }

        @Test
        void refreshNow_twiceWithinASecond_asksOnce() {
            kms.value("mail", "ACSCurrent", "v1", "one");
            CachedSecret<String> handle = cache.text("mail");
            handle.get();
            kms.value("mail", "ACSCurrent", "v2", "two");

            assertThat(handle.refreshNow()).isEqualTo("two");
            kms.value("mail", "ACSCurrent", "v3", "three");
            assertThat(handle.refreshNow()).isEqualTo("two");
            assertThat(kms.requests()).hasSize(2);
            time.advance(Duration.ofSeconds(1));

            assertThat(handle.refreshNow()).isEqualTo("three");
        }

        @Test
        void refreshNow_whenItFails_throwsAndGetStillServes() {
            kms.value("mail", "ACSCurrent", "v1", "one");
            CachedSecret<String> handle = cache.text("mail");
            handle.get();
            kms.answerWith(parameters -> KmsStub.error(500, "InternalFailure", ""));

            assertThatThrownBy(handle::refreshNow).hasMessageContaining("InternalFailure");
            assertThat(handle.get()).isEqualTo("one");
        }

        @Test
        void get_ofAnUnknownSecret_isRememberedForAMoment() {
            CachedSecret<String> handle = cache.text("mail");
            assertThatThrownBy(handle::get).isInstanceOf(SecretNotFoundException.class);
            kms.value("mail", "ACSCurrent", "v1", "one");

            time.advance(Duration.ofMillis(4_999));
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(handle::get).isInstanceOfSatisfying(SecretNotFoundException.class, e -> {
                    assertThat(e.code()).isEqualTo("Forbidden.ResourceNotFound");
                    assertThat(e.attempts()).isZero();
                    assertThat(e).hasMessageContaining("\"mail\"").hasMessageContaining("a moment ago");
                });
            }
            assertThat(kms.requests()).hasSize(1);
            time.advance(Duration.ofMillis(1));

            assertThat(handle.get()).isEqualTo("one");
            assertThat(kms.requests()).hasSize(2);
        }

        @Test
        void refreshNow_ofAnUnknownSecret_asksAgainButNotWithinASecond() {
            CachedSecret<String> handle = cache.text("mail");
            assertThatThrownBy(handle::get).isInstanceOf(SecretNotFoundException.class);
            assertThatThrownBy(handle::refreshNow).isInstanceOf(SecretNotFoundException.class);
            kms.value("mail", "ACSCurrent", "v1", "one");

            assertThatThrownBy(handle::refreshNow).isInstanceOf(SecretNotFoundException.class);
            assertThat(kms.requests()).hasSize(2);
            time.advance(Duration.ofSeconds(1));

            assertThat(handle.refreshNow()).isEqualTo("one");
            assertThat(handle.get()).isEqualTo("one");
        }

        @Test
        void get_afterAFailureThatIsNoAnswerAboutTheSecret_asksAgain() {
            CachedSecret<String> handle = cache.text("mail");
            kms.answerWith(parameters -> KmsStub.error(503, "ServiceUnavailableTemporary", ""));
            assertThatThrownBy(handle::get).hasMessageContaining("ServiceUnavailableTemporary");
            kms.answerWith(null);
            kms.value("mail", "ACSCurrent", "v1", "one");

            assertThat(handle.get()).isEqualTo("one");
        }

        @Test
        void get_ofASecretThatWasDeleted_servesStaleUntilExpiry() {
            kms.value("mail", "ACSCurrent", "v1", "one");
            CachedSecret<String> handle = cache.text("mail");
            handle.get();
            kms.answerWith(parameters -> KmsStub.error(404, "Forbidden.ResourceNotFound", "Resource not found"));

            time.advance(Duration.ofMinutes(59));
            assertThat(handle.get()).isEqualTo("one");
            time.advance(Duration.ofMinutes(1));

            assertThatThrownBy(handle::get).isInstanceOf(SecretNotFoundException.class);
        }

        @Test
        void handles_ofOneSecretInSeveralVersionsAndForms_areApart() {
            kms.value("mail", "ACSCurrent", "v2", "{\"host\":\"two\",\"port\":25}");
            kms.value("mail", "ACSPrevious", "v1", "{\"host\":\"one\",\"port\":24}");
            kms.value("mail", "Blue", "v3", "blue");

            assertThat(cache.json("mail", Mail.class).get()).isEqualTo(new Mail("two", 25));
            assertThat(cache.json("mail", Mail.class, VersionSelector.previous())
                            .get())
                    .isEqualTo(new Mail("one", 24));
            assertThat(cache.text("mail", VersionSelector.stage(new VersionStage("Blue")))
                            .get())
                    .isEqualTo("blue");
            assertThat(cache.result("mail").get().versionId()).isEqualTo("v2");
            assertThat(cache.json("mail", Mail.class)).isSameAs(cache.json("mail", Mail.class));
        }

        @Test
        void text_ofAVersionId_asksForItAndNoStage() {
            kms.answerWith(parameters ->
                    parameters.getOrDefault("VersionId", "").equals("v7") && !parameters.containsKey("VersionStage")
                            ? KmsStub.ok("{\"SecretName\":\"mail\",\"VersionId\":\"v7\",\"SecretData\":\"seven\"}")
                            : null);

            CachedSecret<String> handle = cache.text("mail", VersionSelector.version("v7"));

            assertThat(handle.get()).isEqualTo("seven");
            assertThat(handle.version()).hasToString("version v7");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"s3cret", "{\"host\":\"s3cret\"", "{\"host\":{\"a\":\"s3cret\"}}", "", "null", "[\"s3cret\"]"
                })
        void json_ofContentThatIsNone_namesTheSecretAndNotItsContent(String content) {
            kms.value("mail", "ACSCurrent", "v1", content);

            assertThatThrownBy(() -> cache.json("mail", Mail.class).get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("\"mail\"")
                    .hasMessageContaining("Mail")
                    .hasMessageNotContaining("s3cret")
                    .hasNoCause();
        }

        @Test
        void mapped_byAFunction_isWhatItMakes() {
            kms.value("key", "ACSCurrent", "v1", "AAEC/w==");
            Function<GetSecretValueResult, byte[]> decoded =
                    value -> Base64.getDecoder().decode(value.secretData().asString());

            assertThat(cache.mapped("key", decoded).get()).containsExactly(0, 1, 2, 0xff);
            assertThat(cache.mapped("key", decoded)).isSameAs(cache.mapped("key", decoded));
        }

        @Test
        void mapped_byAFunctionThatFails_tellsNothingOfTheContent() {
            kms.value("key", "ACSCurrent", "v1", "s3cret");

            assertThatThrownBy(() -> cache.mapped("key", value -> {
                                throw new IllegalArgumentException(
                                        value.secretData().asString());
                            })
                            .get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The content of secret \"key\" is not what the application's function reads: "
                            + "java.lang.IllegalArgumentException")
                    .hasNoCause();
        }

        @Test
        void onChange_whenOnlyTheVersionIsNew_isSilent() {
            kms.value("mail", "ACSCurrent", "v1", "one");
            CachedSecret<GetSecretValueResult> handle = cache.result("mail");
            List<String> changes = new ArrayList<>();
            handle.onChange(value -> changes.add(value.versionId()));
            handle.get();
            kms.value("mail", "ACSCurrent", "v2", "one");
            time.advance(Duration.ofMinutes(10));
            assertThat(changes).isEmpty();

            kms.value("mail", "ACSCurrent", "v3", "two");
            time.advance(Duration.ofMinutes(10));
            assertThat(changes).containsExactly("v3");
        }

        @Test
        void preload_withSomeThatFail_loadsTheOthersAndNamesThem() {
            kms.value("a", "ACSCurrent", "v1", "one");
            kms.value("b", "ACSCurrent", "v1", "no account");
            CachedSecret<String> a = cache.text("a");
            CachedSecret<RdsCredentials> b = cache.rds("b");
            CachedSecret<String> c = cache.text("c");

            PreloadReport report = cache.preload(a, b, c);

            assertThat(report.isComplete()).isFalse();
            assertThat(report.loaded()).containsExactly(a);
            assertThat(report.failures()).containsOnlyKeys(b, c);
            assertThat(report.failures().get(c)).isInstanceOf(SecretNotFoundException.class);
            assertThatThrownBy(report::orThrow)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("2 of 3 secrets could not be loaded: \"b\", \"c\"")
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
            assertThat(cache.preload(a).orThrow().loaded()).containsExactly(a);
            assertThat(kms.requests()).hasSize(3);
        }

        @Test
        void preload_ofAnotherCachesHandle_isRefusedBeforeAnythingIsRead() {
            try (SecretCache other = SecretCache.builder(client).build()) {
                assertThatThrownBy(() -> cache.preload(cache.text("a"), other.text("b")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("\"b\"");
            }
            assertThat(kms.requests()).isEmpty();
        }

        @Test
        void stats_countReadsOfTheServiceAndStaleServes() {
            kms.value("a", "ACSCurrent", "v1", "one");
            CachedSecret<String> a = cache.text("a");
            assertThat(cache.stats().oldestAge()).isEmpty();
            a.get();
            a.get();
            CacheStats before = cache.stats();
            time.advance(Duration.ofMinutes(10));
            kms.answerWith(parameters -> KmsStub.error(429, "Rejected.Throttling", ""));
            time.advance(Duration.ofMinutes(10));
            a.get();
            assertThat(a.getAsync()).isCompletedWithValue("one");

            CacheStats after = cache.stats();

            assertThat(before.secrets()).isEqualTo(1);
            assertThat(before.loads()).isEqualTo(1);
            assertThat(before.refreshes()).isZero();
            assertThat(before.oldestAge()).hasValue(Duration.ZERO);
            assertThat(after.loads()).isEqualTo(1);
            assertThat(after.refreshes()).isEqualTo(1);
            assertThat(after.failures()).isEqualTo(1);
            assertThat(after.staleSecrets()).isEqualTo(1);
            assertThat(after.staleServes()).isEqualTo(2);
            assertThat(after.oldestAge()).hasValue(Duration.ofMinutes(10));
            assertThat(after)
                    .hasToString(
                            "CacheStats[secrets=1, staleSecrets=1, missingSecrets=0, loads=1, refreshes=1, failures=1, "
                                    + "staleServes=2, restores=0, oldestAge=PT10M]");
        }

        @Test
        void get_ofContentThatIsNoAccount_namesTheSecretAndNotItsContent() {
            kms.value("mail", "ACSCurrent", "v1", "{\"AccountName\":\"s3cret");

            assertThatThrownBy(() -> cache.rds("mail").get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("\"mail\"")
                    .hasMessageNotContaining("s3cret")
                    .hasNoCause();
        }

        @Test
        void rds_ofTheStagePrevious_readsIt() {
            kms.account("orders/db", "ACSPrevious", "v1", "orders", "p0");

            assertThat(cache.rds("orders/db", VersionSelector.previous()).get())
                    .isEqualTo(new RdsCredentials("orders", "p0"));
        }

        @Test
        void close_withSecretsInMemory_stopsTimersAndReads() {
            kms.value("mail", "ACSCurrent", "v1", "one");
            CachedSecret<String> handle = cache.text("mail");
            handle.get();
            assertThat(time.scheduledTasks()).isEqualTo(2);

            cache.close();

            assertThat(time.scheduledTasks()).isZero();
            assertThatThrownBy(handle::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThatThrownBy(() -> cache.text("x")).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, PT7M30S", "0.4, PT8M30S"})
    void refresh_byChance_comesInTheLastQuarterOfTheInterval(double random, Duration due) {
        VirtualTime time = new VirtualTime();
        kms.value("mail", "ACSCurrent", "v1", "one");
        try (SecretCache cache = SecretCache.builder(client)
                .refreshInterval(Duration.ofMinutes(10))
                .clock(time)
                .scheduler(time.scheduler())
                .executor(new CallerThread())
                .ticker(time::nanoTime)
                .chance(() -> random)
                .build()) {
            cache.text("mail").get();

            time.advance(due.minusMillis(1));
            assertThat(kms.requests()).hasSize(1);
            time.advance(Duration.ofMillis(1));
            assertThat(kms.requests()).hasSize(2);
        }
    }

    @Test
    void get_of200ThreadsOnAColdCache_makesOneRequest() throws Exception {
        kms.value("mail", "ACSCurrent", "v1", "one");
        CountDownLatch answered = kms.hold();
        ExecutorService readers = Executors.newFixedThreadPool(200);
        try (SecretCache cache = SecretCache.builder(client).build()) {
            CountDownLatch started = new CountDownLatch(200);
            List<Future<String>> reads = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                reads.add(readers.submit(() -> {
                    CachedSecret<String> handle = cache.text("mail");
                    started.countDown();
                    return handle.get();
                }));
            }
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            await().until(() -> !kms.requests().isEmpty());
            answered.countDown();

            for (Future<String> read : reads) {
                assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("one");
            }
            assertThat(kms.requests()).hasSize(1);
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void refreshNow_of50ThreadsAtOnce_sharesOneRequest() throws Exception {
        kms.value("mail", "ACSCurrent", "v1", "one");
        ExecutorService readers = Executors.newFixedThreadPool(50);
        try (SecretCache cache = SecretCache.builder(client).build()) {
            CachedSecret<String> handle = cache.text("mail");
            handle.get();
            kms.value("mail", "ACSCurrent", "v2", "two");
            CountDownLatch answered = kms.hold();
            CountDownLatch started = new CountDownLatch(50);
            List<Future<String>> refreshes = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                refreshes.add(readers.submit(() -> {
                    started.countDown();
                    return handle.refreshNow();
                }));
            }
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            await().until(() -> kms.requests().size() == 2);
            // Reads do not wait for the refresh.
            assertThat(handle.get()).isEqualTo("one");
            answered.countDown();

            for (Future<String> refresh : refreshes) {
                assertThat(refresh.get(10, TimeUnit.SECONDS)).isEqualTo("two");
            }
            assertThat(kms.requests()).hasSize(2);
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void get_interruptedWhileWaiting_keepsTheFlagAndLeavesTheOthersTheirFlight() throws Exception {
        kms.value("mail", "ACSCurrent", "v1", "one");
        CountDownLatch answered = kms.hold();
        try (SecretCache cache = SecretCache.builder(client).build()) {
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread first = new Thread(() -> {
                try {
                    cache.text("mail").get();
                } catch (KmsTransportException e) {
                    flag.complete(Thread.currentThread().isInterrupted());
                }
            });
            first.start();
            await().until(() -> !kms.requests().isEmpty());
            CompletableFuture<String> second =
                    CompletableFuture.supplyAsync(() -> cache.text("mail").get());

            first.interrupt();
            assertThat(flag.get(10, TimeUnit.SECONDS)).isTrue();
            answered.countDown();

            assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("one");
            assertThat(kms.requests()).hasSize(1);
        }
    }

    @Test
    void refreshAsync_cancelledByOne_goesOnForTheOthers() throws Exception {
        kms.value("mail", "ACSCurrent", "v1", "one");
        CountDownLatch answered = kms.hold();
        try (SecretCache cache = SecretCache.builder(client).build()) {
            CompletableFuture<String> one = cache.text("mail").refreshAsync();
            CompletableFuture<String> other = cache.text("mail").refreshAsync();

            assertThat(one.cancel(true)).isTrue();
            answered.countDown();

            assertThat(other).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("one");
            assertThat(kms.requests()).hasSize(1);
        }
    }

    @Test
    void close_duringAColdRead_endsItAndLeavesNoThread() throws Exception {
        CountDownLatch answered = kms.hold();
        Set<Thread> before = cacheThreads();
        SecretCache cache = SecretCache.builder(client).build();
        assertThat(cacheThreads()).isEqualTo(before);
        CompletableFuture<String> read =
                CompletableFuture.supplyAsync(() -> cache.text("mail").get());
        await().until(() -> !kms.requests().isEmpty());

        cache.close();

        assertThat(read)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class);
        await().until(() -> before.containsAll(cacheThreads()));
        answered.countDown();
    }

    @Test
    void handles_beyondTheMaximum_goOnWorkingWhileHeld() {
        AtomicInteger version = new AtomicInteger();
        kms.answerWith(parameters -> KmsStub.ok(
                "{\"SecretName\":\"s\",\"VersionId\":\"v\",\"SecretData\":\"" + version.incrementAndGet() + "\"}"));
        try (SecretCache cache = SecretCache.builder(client).maximumSize(1).build()) {
            CachedSecret<String> first = cache.text("a");
            CachedSecret<String> second = cache.text("b");

            assertThat(first.get()).isEqualTo("1");
            assertThat(second.get()).isEqualTo("2");
            assertThat(first.refreshNow()).isEqualTo("3");
            assertThat(second.get()).isEqualTo("2");
        }
    }

    @Test
    void builder_withExpiryBeforeTheFirstRefresh_saysSo() {
        assertThatThrownBy(() -> SecretCache.builder(client)
                        .refreshInterval(Duration.ofHours(2))
                        .expireAfter(Duration.ofHours(1))
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expireAfter (PT1H) must be greater than refreshInterval (PT2H)");
    }

    private record Mail(String host, int port) {}

    /** Other caches, those of registered drivers, may have threads too. */
    private static Set<Thread> cacheThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tumbler-cache"))
                .collect(Collectors.toSet());
    }
}
