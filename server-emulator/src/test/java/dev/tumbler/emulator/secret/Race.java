package dev.tumbler.emulator.secret;

import dev.tumbler.emulator.error.KmsError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;

/** Threads that begin at one moment. */
final class Race {
    private Race() {}

    /** What each thread's call came to, in the order of their numbers from 0: its result, or the code of its error. */
    static List<String> run(int threads, IntFunction<String> call) {
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<String>> results = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            CompletableFuture<String> result = new CompletableFuture<>();
            results.add(result);
            new Thread(() -> {
                        try {
                            start.await();
                            result.complete(call.apply(number));
                        } catch (KmsError e) {
                            result.complete(e.code());
                        } catch (InterruptedException | RuntimeException e) {
                            result.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        start.countDown();
        return results.stream().map(CompletableFuture::join).toList();
    }
}
