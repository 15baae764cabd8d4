package dev.tumbler.client.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.tumbler.client.AccessDeniedException;
import dev.tumbler.client.KmsServiceException;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.testing.CallerThread;
import dev.tumbler.client.testing.KmsStub;
import dev.tumbler.client.testing.Latches;
import dev.tumbler.client.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads that end as nobody foresaw, that overlap, and what is told of them. */
@Timeout(60)
class FlightTest {
    private final KmsStub kms = new KmsStub();
    private final SecretsClient client = kms.client().retry(RetryPolicy.none()).build();
    private final VirtualTime time = new VirtualTime();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        client.close();
        kms.close();
    }

    @Test
    void get_afterThereWasNoThread_readsAgain() {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        kms.value("mail", "ACSCurrent", "v1", "one");
        try (SecretCache cache = SecretCache.builder(client)
                .executor(task -> {
                    if (exhausted.getAndSet(false)) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    task.run();
                })
                .build()) {
            CachedSecret<String> mail = cache.text("mail");
            assertThatThrownBy(mail::get).isInstanceOf(OutOfMemoryError.class);

            assertThat(mail.get()).isEqualTo("one");
        }
    }

    @Test
    void get_afterTheStoreFailedUnforeseen_readsAgain() {
        kms.value("mail", "ACSCurrent", "v1", "one");
        kms.answerWith(parameters -> KmsStub.error(503, "ServiceUnavailableTemporary", ""));
        try (SecretCache cache =
                SecretCache.builder(client).store(new BrokenStore()).build()) {
            CachedSecret<String> mail = cache.text("mail");
            assertThatThrownBy(mail::get).isInstanceOf(KmsServiceException.class);
            kms.answerWith(null);

            assertThat(mail.get()).isEqualTo("one");
        }
    }

    @Test
    @Timeout(20)
    void reads_whileTheSchedulerHasNoThread_endAndAreRefreshedWhenItHasOne() {
        kms.value("mail", "ACSCurrent", "v1", "one");
        AtomicBoolean exhausted = new AtomicBoolean(true);
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            if (exhausted.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(task);
        });
        try (SecretCache cache = SecretCache.builder(client)
                .refreshInterval(Duration.ofMillis(100))
                .scheduler(scheduler)
                .executor(threads)
                .build()) {
            CachedSecret<String> mail = cache.text("mail");

            assertThat(mail.get()).isEqualTo("one");
            kms.answerWith(parameters -> KmsStub.error(503, "ServiceUnavailableTemporary", ""));
            assertThatThrownBy(mail::refreshNow).isInstanceOf(KmsServiceException.class);
            assertThat(mail.get()).isEqualTo("one");

            exhausted.set(false);
            kms.answerWith(null);
            kms.value("mail", "ACSCurrent", "v2", "two");
            kms.value("other", "ACSCurrent", "v1", "x");
            // It needs a timer, which makes the thread.
            cache.text("other").get();
            await().until(() -> mail.get().equals("two"));
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void refresh_afterThereWasNoThread_goesOnForAll() {
        AtomicBoolean exhausted = new AtomicBoolean();
        try (SecretCache cache = SecretCache.builder(client)
                .clock(time)
                .scheduler(time.scheduler())
                .executor(task -> {
                    if (exhausted.get()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    task.run();
                })
                .build()) {
            List<CachedSecret<String>> secrets =
                    IntStream.range(0, 3).mapToObj(i -> cache.text("s" + i)).toList();
            secrets.forEach(secret -> kms.value(secret.secretName(), "ACSCurrent", "v1", "one"));
            secrets.forEach(CachedSecret::get);
            secrets.forEach(secret -> kms.value(secret.secretName(), "ACSCurrent", "v2", "two"));
            exhausted.set(true);
            time.advance(Duration.ofMinutes(10));
            assertThat(secrets).allMatch(CachedSecret::isStale);
            exhausted.set(false);

            time.advance(Duration.ofMinutes(2));

            assertThat(secrets).allMatch(secret -> "two".equals(secret.get()));
        }
    }

    @Test
    void refreshNow_whileAReadIsUnderWay_beginsAnotherForAllWhoForceOne() throws Exception {
        kms.value("mail", "ACSCurrent", "v1", "one");
        try (SecretCache cache = timed(threads).build()) {
            CachedSecret<String> mail = cache.text("mail");
            mail.get();
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch open = new CountDownLatch(1);
            kms.answerWith(parameters -> {
                asked.countDown();
                Latches.await(open);
                return KmsStub.ok("{\"SecretName\":\"mail\",\"VersionId\":\"v1\",\"SecretData\":\"one\"}");
            });
            time.advance(Duration.ofMinutes(10));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            kms.answerWith(null);
            kms.value("mail", "ACSCurrent", "v2", "two");

            List<CompletableFuture<String>> forced =
                    IntStream.range(0, 10).mapToObj(i -> mail.refreshAsync()).toList();
            assertThat(forced).noneMatch(CompletableFuture::isDone);
            open.countDown();

            assertThat(forced)
                    .allSatisfy(each -> assertThat(each)
                            .succeedsWithin(Duration.ofSeconds(20))
                            .isEqualTo("two"));
            assertThat(kms.requests()).hasSize(3);
        }
    }

    @Test
    void close_whileAReadWaitsForAnother_endsBoth() throws Exception {
        kms.value("mail", "ACSCurrent", "v1", "one");
        CountDownLatch open = new CountDownLatch(1);
        try (SecretCache cache = timed(threads).build()) {
            CachedSecret<String> mail = cache.text("mail");
            mail.get();
            CountDownLatch asked = new CountDownLatch(1);
            kms.answerWith(parameters -> {
                asked.countDown();
                Latches.await(open);
                return null;
            });
            time.advance(Duration.ofMinutes(10));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<String> forced = mail.refreshAsync();

            cache.close();

            assertThat(forced)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(IllegalStateException.class);
        } finally {
            open.countDown();
        }
    }

    @Test
    void values_thatComeFast_areToldAndSavedInOrder() throws Exception {
        List<String> saved = new CopyOnWriteArrayList<>();
        List<String> told = new CopyOnWriteArrayList<>();
        CountDownLatch telling = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        kms.value("mail", "ACSCurrent", "v1", "one");
        try (SecretCache cache = timed(threads).store(new RecordingStore(saved)).build()) {
            CachedSecret<String> mail = cache.text("mail");
            mail.onChange(value -> {
                telling.countDown();
                Latches.await(goOn);
            });
            mail.onChange(told::add);
            mail.get();
            await().until(() -> saved.size() == 1);
            for (String version : List.of("two", "three", "four")) {
                kms.value("mail", "ACSCurrent", version, version);
                time.advance(Duration.ofSeconds(1));
                assertThat(mail.refreshNow()).isEqualTo(version);
                assertThat(telling.await(20, TimeUnit.SECONDS)).isTrue();
            }
            // A listener that takes its time does not hold up what is saved.
            await().until(() -> saved.size() == 4);
            goOn.countDown();

            await().until(() -> told.size() == 3);
            assertThat(told).containsExactly("two", "three", "four");
            assertThat(saved).containsExactly("v1", "two", "three", "four");
        }
    }

    @Test
    void timers_ofHandlesThatAreGone_areCancelled() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        scheduler.setRemoveOnCancelPolicy(true);
        try (SecretCache cache = SecretCache.builder(client)
                .maximumSize(10)
                .scheduler(scheduler)
                .executor(new CallerThread())
                .build()) {
            for (int i = 0; i < 500; i++) {
                kms.value("s" + i, "ACSCurrent", "v1", "one");
                cache.text("s" + i).get();
            }

            await().until(() -> {
                System.gc();
                cache.text("s0");
                return scheduler.getQueue().size() <= 40;
            });
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void previousVersion_isReadAgainOnlyWhenItIsAskedFor() {
        kms.value("mail", "ACSPrevious", "v0", "zero");
        try (SecretCache cache = timed(new CallerThread()).build()) {
            CachedSecret<String> previous = cache.text("mail", VersionSelector.previous());
            assertThat(previous.get()).isEqualTo("zero");
            time.advance(Duration.ofHours(2));
            assertThat(kms.requests()).hasSize(1);

            kms.value("mail", "ACSPrevious", "v1", "one");
            assertThat(previous.get()).isEqualTo("one");
            assertThat(previous.get()).isEqualTo("one");
            assertThat(kms.requests()).hasSize(2);
        }
    }

    @Test
    void listeners_ofAWholeResult_areToldOfAnotherConfigurationToo() {
        List<String> ofWhole = new CopyOnWriteArrayList<>();
        List<String> ofText = new CopyOnWriteArrayList<>();
        try (SecretCache cache = timed(new CallerThread()).build()) {
            CachedSecret<GetSecretValueResult> whole = cache.result("mail");
            whole.onChange(result -> ofWhole.add(result.extendedConfig().orElse("")));
            CachedSecret<String> text = cache.text("mail");
            text.onChange(ofText::add);
            for (String config : List.of("{}", "{\"CustomData\":{\"Port\":1}}")) {
                JsonObject more = new JsonObject();
                more.addProperty("ExtendedConfig", config);
                kms.value("mail", "v1", "one", more);
                whole.refreshNow();
                text.refreshNow();
                time.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(ofWhole).containsExactly("{\"CustomData\":{\"Port\":1}}");
        assertThat(ofText).isEmpty();
    }

    @Test
    void refreshNow_aMomentAfterAFailure_failsToo() {
        kms.value("mail", "ACSCurrent", "v1", "one");
        try (SecretCache cache = timed(new CallerThread()).build()) {
            CachedSecret<String> mail = cache.text("mail");
            mail.get();
            kms.answerWith(parameters -> KmsStub.error(503, "ServiceUnavailableTemporary", ""));

            assertThatThrownBy(mail::refreshNow).isInstanceOf(KmsServiceException.class);
            assertThatThrownBy(mail::refreshNow).isInstanceOf(KmsServiceException.class);

            assertThat(kms.requests()).hasSize(2);
            assertThat(mail.get()).isEqualTo("one");
        }
    }

    @Test
    void futures_onWhichOtherReadsHang_stopNobody() {
        int secrets = 80;
        for (int i = 0; i < secrets; i++) {
            kms.value("s" + i, "ACSCurrent", "v1", "one");
            kms.value("other" + i, "ACSCurrent", "v1", "two");
        }
        try (SecretCache cache = SecretCache.builder(client).build()) {
            List<CompletableFuture<String>> reads = IntStream.range(0, secrets)
                    .mapToObj(i -> cache.text("s" + i)
                            .getAsync()
                            .thenApply(value -> value + cache.text("other" + i).get()))
                    .toList();

            assertThat(reads)
                    .allSatisfy(read -> assertThat(read)
                            .succeedsWithin(Duration.ofSeconds(20))
                            .isEqualTo("onetwo"));
        }
    }

    @Test
    void coldReads_ofManySecrets_waitForNoThread() throws Exception {
        int secrets = 40;
        CountDownLatch asked = new CountDownLatch(secrets);
        CountDownLatch answered = new CountDownLatch(1);
        kms.answerWith(parameters -> {
            asked.countDown();
            Latches.await(answered);
            return KmsStub.ok("{\"SecretName\":\"mail\",\"VersionId\":\"v1\",\"SecretData\":\"one\"}");
        });
        try (SecretCache cache = SecretCache.builder(client).build()) {
            List<CompletableFuture<String>> reads = IntStream.range(0, secrets)
                    .mapToObj(i -> cache.text("s" + i).getAsync())
                    .toList();

            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            answered.countDown();
            assertThat(reads).allSatisfy(read -> assertThat(read).succeedsWithin(Duration.ofSeconds(20)));
        }
    }

    @Test
    void mapper_thatDestroysWhatItWasGiven_changesNothingForOthers() {
        kms.value("mail", "ACSCurrent", "v1", "one");
        List<String> saved = new CopyOnWriteArrayList<>();
        List<byte[]> told = new CopyOnWriteArrayList<>();
        try (SecretCache cache =
                timed(new CallerThread()).store(new RecordingStore(saved)).build()) {
            CachedSecret<byte[]> bytes = cache.mapped("mail", result -> {
                byte[] content = result.secretData().asBytes();
                result.secretData().destroy();
                return content;
            });
            bytes.onChange(told::add);
            for (int i = 0; i < 3; i++) {
                assertThat(bytes.refreshNow()).asString().isEqualTo("one");
                time.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(told).isEmpty();
        assertThat(saved).containsExactly("v1", "v1", "v1");
    }

    @Test
    void listeners_thatReadOtherSecrets_stopNobody() {
        int secrets = 20;
        List<String> heard = new CopyOnWriteArrayList<>();
        for (int i = 0; i < secrets; i++) {
            kms.value("s" + i, "ACSCurrent", "v1", "one");
            kms.value("other" + i, "ACSCurrent", "v1", "of listener " + i);
        }
        try (SecretCache cache = SecretCache.builder(client).build()) {
            List<CachedSecret<String>> handles = IntStream.range(0, secrets)
                    .mapToObj(i -> cache.text("s" + i))
                    .toList();
            for (int i = 0; i < secrets; i++) {
                CachedSecret<String> other = cache.text("other" + i);
                handles.get(i).onChange(value -> heard.add(other.get()));
            }
            handles.forEach(CachedSecret::get);
            handles.forEach(handle -> kms.value(handle.secretName(), "ACSCurrent", "v2", "two"));

            handles.forEach(handle -> {
                CompletableFuture<String> unused = handle.refreshAsync();
            });

            await().until(() -> heard.size() == secrets);
        }
    }

    @Test
    void get_ofARefusedSecret_isRememberedForAMoment() {
        kms.answerWith(parameters -> KmsStub.error(403, "Forbidden.NoPermission", ""));
        try (SecretCache cache = timed(new CallerThread()).build()) {
            CachedSecret<String> mail = cache.text("mail");
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(mail::get).isInstanceOf(AccessDeniedException.class);
            }
            assertThat(kms.requests()).hasSize(1);
            kms.answerWith(null);
            kms.value("mail", "ACSCurrent", "v1", "one");
            time.advance(Duration.ofSeconds(5));

            assertThat(mail.get()).isEqualTo("one");
        }
    }

    private SecretCacheBuilder timed(Executor executor) {
        return SecretCache.builder(client)
                .clock(time)
                .scheduler(time.scheduler())
                .executor(executor)
                .ticker(time::nanoTime)
                .chance(() -> 1.0);
    }

    /** What a class path that changed under a running program does. */
    private static final class BrokenStore implements SecretStore {
        @Override
        public void save(String secretName, VersionSelector version, StoredSecret value) {
            throw new NoClassDefFoundError("no/such/Class");
        }

        @Override
        public Optional<StoredSecret> load(String secretName, VersionSelector version) {
            throw new NoClassDefFoundError("no/such/Class");
        }
    }

    private record RecordingStore(List<String> saved) implements SecretStore {
        @Override
        public void save(String secretName, VersionSelector version, StoredSecret value) {
            saved.add(value.result().versionId());
        }

        @Override
        public Optional<StoredSecret> load(String secretName, VersionSelector version) {
            return Optional.empty();
        }
    }
}
