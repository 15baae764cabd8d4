package dev.tumbler.client.cache;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
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
 * The timers of a handle. They do not keep a handle alive that the cache has evicted and nobody holds.
 */
final class HandleTimers extends WeakReference<CachedSecret<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(HandleTimers.class);

    private final String name;
    private final ScheduledExecutorService scheduler;
    private @Nullable Future<?> refresh;
    private @Nullable Future<?> expiry;
    private @Nullable Future<?> refusal;

    /** @param collected gets this when the handle is gone */
    HandleTimers(
            CachedSecret<?> handle,
            ScheduledExecutorService scheduler,
            ReferenceQueue<? super CachedSecret<?>> collected) {
        super(handle, collected);
        this.name = handle.toString();
        this.scheduler = scheduler;
    }

    /** Cancels the timers of the handles that are gone. */
    static void cancelAll(ReferenceQueue<? super CachedSecret<?>> collected) {
        for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            if (gone instanceof HandleTimers timers) {
                timers.cancel();
            }
        }
    }

    synchronized void refreshIn(Duration delay) {
        cancel(refresh);
        refresh = later(delay, CachedSecret::refreshInTurn);
    }

    /** @param shown the number of the value that expires */
    synchronized void expireIn(Duration delay, long shown) {
        cancel(expiry);
        expiry = later(delay, alive -> alive.expire(shown));
    }

    synchronized void forgetRefusalIn(Duration delay) {
        cancel(refusal);
        refusal = later(delay, CachedSecret::forgetRefusal);
    }

    synchronized void cancel() {
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
                        CachedSecret<?> alive = get();
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
