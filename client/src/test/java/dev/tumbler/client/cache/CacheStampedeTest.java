package dev.tumbler.client.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tumbler.client.KmsTransportException;
import dev.tumbler.client.RetryPolicy;
import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.SecretData;
import dev.tumbler.client.model.SecretDataType;
import dev.tumbler.client.model.SecretType;
import dev.tumbler.client.testing.CallerThread;
import dev.tumbler.client.testing.VirtualTime;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.journal.KmsAction;
import dev.tumbler.emulator.ram.AccessKey;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What reaches the service, and who waits, when 200 threads want one secret. */
@Timeout(120)
class CacheStampedeTest {
    private static final int READERS = 200;
    private static final int ROUNDS = 10_000;

    private final KmsEmulator kms = KmsEmulator.start();
    private final AccessKey key = kms.createAccessKey();
    private final SecretsClient client = SecretsClient.builder()
            .endpoint(kms.endpoint())
            .credentials(CredentialsProvider.of(key.id(), key.secret()))
            .retry(RetryPolicy.none())
            .build();
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS);
    private final VirtualTime time = new VirtualTime();

    private final AtomicInteger reads = new AtomicInteger();
    private volatile CountDownLatch open = new CountDownLatch(0);

    @BeforeEach
    void createSecret() {
        client.createSecret(
                request -> request.secretName("mail").versionId("v1").secretData("one"));
    }

    @AfterEach
    void close() {
        open.countDown();
        readers.shutdownNow();
        client.close();
        kms.close();
    }

    @Test
    void coldCache_with200Threads_makesOneRequest() throws Exception {
        open = new CountDownLatch(1);
        try (SecretCache cache = SecretCache.builder(counted()).build()) {
            CountDownLatch arrived = new CountDownLatch(READERS);
            CompletableFuture<List<String>> values = read(() -> {
                arrived.countDown();
                return cache.text("mail").get();
            });
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            await().until(() -> reads.get() > 0);
            open.countDown();

            assertThat(values.get(60, TimeUnit.SECONDS)).hasSize(READERS).containsOnly("one");
            assertThat(kms.journal().entries().stream().filter(entry -> entry.action() == KmsAction.GET_SECRET_VALUE))
                    .hasSize(1);
        }
    }

    @Test
    void coldCaches_ofAServiceThatAnswersAtOnce_makeOneRequestEach() throws Exception {
        try (SecretCache cache = cacheOfInstantService()) {
            List<CachedSecret<String>> handles = IntStream.range(0, ROUNDS)
                    .mapToObj(round -> cache.text("s" + round))
                    .toList();
            // Readers that come while the first read lands must not begin another one.
            together(
                    round -> handles.get(round).get(),
                    round -> assertThat(reads).hasValue(round + 1));
        }
    }

    @Test
    void refreshNow_ofAServiceThatAnswersAtOnce_givesNobodyTheOlderValue() throws Exception {
        try (SecretCache cache = cacheOfInstantService()) {
            CachedSecret<String> handle = cache.text("mail");
            handle.get();
            together(
                    round -> assertThat(handle.refreshNow()).isEqualTo("read " + (round + 2)),
                    round -> time.advance(Duration.ofSeconds(1)));
            assertThat(reads).hasValue(ROUNDS + 1);
        }
    }

    /** Runs an action on some threads at the same time, and then another one on one thread, many times. */
    private void together(IntConsumer action, IntConsumer between) throws Exception {
        int threads = 4;
        AtomicInteger round = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(threads);
        CyclicBarrier end = new CyclicBarrier(threads, () -> between.accept(round.getAndIncrement()));
        AtomicReference<Throwable> first = new AtomicReference<>();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            for (int mine = 0; mine < ROUNDS; mine++) {
                                pass(start);
                                action.accept(mine);
                                pass(end);
                            }
                        } catch (RuntimeException | Error e) {
                            first.compareAndSet(null, e);
                            // For the others.
                            start.reset();
                            end.reset();
                        }
                    },
                    readers));
        }
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        assertThat(first).hasNullValue();
    }

    private static void pass(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private SecretCache cacheOfInstantService() {
        SecretsClient instant = (SecretsClient) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SecretsClient.class},
                (proxy, method, arguments) -> GetSecretValueResult.builder()
                        .secretName("mail")
                        .versionId("v1")
                        .secretType(SecretType.GENERIC)
                        .secretDataType(SecretDataType.TEXT)
                        .secretData(SecretData.of("read " + reads.incrementAndGet()))
                        .build());
        return SecretCache.builder(instant)
                .maximumSize(ROUNDS)
                .executor(Runnable::run)
                .scheduler(time.scheduler())
                .ticker(time::nanoTime)
                .chance(() -> 1.0)
                .build();
    }

    @Test
    void refresh_ofASlowService_makesNoReaderWait() throws Exception {
        try (SecretCache cache = SecretCache.builder(counted())
                .clock(time)
                .scheduler(time.scheduler())
                .ticker(time::nanoTime)
                .chance(() -> 1.0)
                .build()) {
            CachedSecret<String> handle = cache.text("mail");
            handle.get();
            client.putSecretValue("mail", "v2", "two");
            open = new CountDownLatch(1);

            time.advance(Duration.ofMinutes(10));
            await().until(() -> reads.get() == 2);
            // The answer takes two seconds more, and all come meanwhile.
            time.advance(Duration.ofSeconds(2));
            assertThat(read(handle::get).get(60, TimeUnit.SECONDS)).containsOnly("one");
            assertThat(handle.isStale()).isFalse();
            open.countDown();

            await().until(() -> handle.get().equals("two"));
            assertThat(reads).hasValue(2);
        }
    }

    @Test
    void outage_longerThanTheBound_servesStaleUntilThenAndThenSaysWhy() throws Exception {
        try (SecretCache cache = SecretCache.builder(counted())
                .clock(time)
                .scheduler(time.scheduler())
                .executor(new CallerThread())
                .ticker(time::nanoTime)
                .chance(() -> 1.0)
                .build()) {
            CachedSecret<String> handle = cache.text("mail");
            handle.get();
            kms.close();

            time.advance(Duration.ofHours(24).minusNanos(1));
            assertThat(read(handle::get).get(60, TimeUnit.SECONDS)).containsOnly("one");
            assertThat(cache.stats().staleServes()).isEqualTo(READERS);
            // Each pause is longer than the one before, up to a minute, a tenth of the interval.
            assertThat(reads.get()).isBetween(1_400, 1_440);
            assertThat(cache.stats().missingSecrets()).isZero();
            time.advance(Duration.ofNanos(1));
            assertThat(cache.stats().missingSecrets()).isEqualTo(1);

            List<String> failures = read(() -> {
                        try {
                            return handle.get();
                        } catch (KmsTransportException e) {
                            return e.kind() + ": " + e.getMessage();
                        }
                    })
                    .get(60, TimeUnit.SECONDS);
            assertThat(failures)
                    .allSatisfy(failure -> assertThat(failure)
                            .startsWith("unreachable: ")
                            .contains("GetSecretValue \"mail\"")
                            .contains(kms.hostAndPort()));
        }
    }

    private CompletableFuture<List<String>> read(Supplier<String> reader) {
        List<CompletableFuture<String>> values = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            values.add(CompletableFuture.supplyAsync(reader, readers));
        }
        return CompletableFuture.allOf(values.toArray(CompletableFuture[]::new))
                .thenApply(done -> values.stream().map(CompletableFuture::join).toList());
    }

    /** Counts what goes to the service, and holds it while the latch is closed. */
    private SecretsClient counted() {
        return (SecretsClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SecretsClient.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getSecretValue")) {
                        reads.incrementAndGet();
                        assertThat(open.await(60, TimeUnit.SECONDS)).isTrue();
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
