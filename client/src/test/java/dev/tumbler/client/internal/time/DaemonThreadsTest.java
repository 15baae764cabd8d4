package dev.tumbler.client.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DaemonThreadsTest {
    @Test
    void scheduler_withoutTasks_hasNoThreadAndStillRunsTheNext() throws Exception {
        ScheduledExecutorService scheduler = DaemonThreads.scheduler("test-idle", Duration.ofMillis(20));
        try {
            for (int i = 0; i < 3; i++) {
                CountDownLatch run = new CountDownLatch(1);
                // Later than the idle time: the thread stays for it.
                var unused = scheduler.schedule(run::countDown, 100, TimeUnit.MILLISECONDS);
                assertThat(run.await(10, TimeUnit.SECONDS)).isTrue();
                await().until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("test-idle")));
            }
        } finally {
            scheduler.shutdownNow();
        }
    }
}
