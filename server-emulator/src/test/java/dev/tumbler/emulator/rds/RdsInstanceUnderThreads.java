package dev.tumbler.emulator.rds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Many threads at one real instance. */
final class RdsInstanceUnderThreads {
    private static final int THREADS = 32;
    private static final int ROUNDS = 4;

    private RdsInstanceUnderThreads() {}

    /**
     * Uses every operation from 32 threads; fails if one of them does.
     *
     * @param stable an account with {@link RdsInstanceContract#PASSWORD}, which is cloned
     * @param busy an account whose password is changed
     */
    static void use(RdsInstance instance, String stable, String busy) throws Exception {
        PasswordGenerator passwords = new PasswordGenerator();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int turn = i;
                results.add(threads.submit(() -> {
                    go.await();
                    for (int round = 0; round < ROUNDS; round++) {
                        switch ((turn + round) % 4) {
                            case 0 ->
                                instance.cloneAccount(stable, stable + "_clone", RdsInstanceContract.OTHER_PASSWORD);
                            case 1 -> instance.resetPassword(busy, passwords.generate());
                            case 2 ->
                                assertThat(instance.acceptsLogin(stable, RdsInstanceContract.PASSWORD))
                                        .isTrue();
                            default ->
                                assertThat(instance.acceptsLogin(busy, RdsInstanceContract.OTHER_PASSWORD))
                                        .isFalse();
                        }
                    }
                    return null;
                }));
            }
            go.countDown();
            for (Future<?> result : results) {
                result.get(90, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
