package dev.tumbler.client.cache;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timers of a handle, guarded by its lock. They do not keep a handle alive that the cache has evicted and nobody holds.
 */
final class HandleTimers {
    private static final Logger LOG = LoggerFactory.getLogger(HandleTimers.class);

    private final WeakReference<CachedSecret<?>> handle;
    private final String name;
    private final ScheduledExecutorService scheduler;
    private @Nullable Future<?> refresh;
    private @Nullable Future<?> expiry;
    private @Nullable Future<?> refusal;

    HandleTimers(CachedSecret<?> handle, ScheduledExecutorService scheduler) {
        this.handle = new WeakReference<>(handle);
        this.name = handle.toString();
        this.scheduler = scheduler;
    }

    void refreshIn(Duration delay) {
        cancel(refresh);
        refresh = later(delay, CachedSecret::refreshInTurn);
    }

    /** @param shown the number of the value that expires */
    void expireIn(Duration delay, long shown) {
        cancel(expiry);
        expiry = later(delay, alive -> alive.expire(shown));
    }

    void forgetRefusalIn(Duration delay) {
        cancel(refusal);
        refusal = later(delay, CachedSecret::forgetRefusal);
    }

    void cancel() {
        cancel(refresh);
        cancel(expiry);
        cancel(refusal);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private @Nullable Future<?> later(Duration delay, Consumer<CachedSecret<?>> action) {
        try {
            return scheduler.schedule(
                    () -> {
                        CachedSecret<?> alive = handle.get();
                        if (alive != null) {
                            action.accept(alive);
                        }
                    },
                    RefreshSchedule.nanos(delay),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The cache is closing.
            return null;
        } catch (OutOfMemoryError e) {
            // "Unable to create native thread": a scheduler of the JDK keeps the task, and runs it when it has one.
            LOG.warn("{}: a timer waits for a thread", name);
            return null;
        }
    }
}
