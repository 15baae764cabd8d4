package dev.tumbler.client.cache;

import dev.tumbler.client.FailureKind;
import dev.tumbler.client.KmsException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds the background reads of a cache back while the service throttles or is away, for what it says about one secret
 * holds for the others too. Then one reads at a time. The pause before the next doubles with each failure; after
 * throttling it halves with each success, after an outage the first success ends it. Thread-safe.
 */
final class RefreshPace {
    private final RefreshSchedule schedule;
    private final ScheduledExecutorService timers;

    // What follows is guarded by this.
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private boolean oneAtATime;
    private boolean throttled;
    private Duration pause = Duration.ZERO;

    /** Somebody reads alone, or the pause after it lasts. */
    private boolean taken;

    private @Nullable Future<?> rest;
    private boolean closed;

    RefreshPace(RefreshSchedule schedule, ScheduledExecutorService timers) {
        this.schedule = schedule;
        this.timers = timers;
    }

    /** Starts the read at once or when its turn comes; returns whether it has to wait. */
    boolean enter(Turn turn) {
        boolean alone;
        synchronized (this) {
            if (taken) {
                waiting.add(turn);
                return true;
            }
            alone = oneAtATime;
            taken = alone;
        }
        if (!start(turn, alone) && alone) {
            startNext();
        }
        return false;
    }

    private void startNext() {
        Turn next;
        do {
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    taken = false;
                    oneAtATime = !pause.isZero();
                    return;
                }
            }
        } while (!start(next, true));
    }

    private boolean start(Turn turn, boolean alone) {
        CompletableFuture<?> read = turn.take();
        if (read == null) {
            return false;
        }
        var unused = read.whenComplete((value, failure) -> {
            if (failure != null && FailureKind.isTemporary(failure)) {
                failed(alone, failure);
            } else if (alone) {
                succeeded();
            }
        });
        return true;
    }

    private synchronized void failed(boolean alone, Throwable failure) {
        if (!alone && oneAtATime) {
            // Started before the failure that is known already.
            return;
        }
        oneAtATime = true;
        taken = true;
        throttled = failure instanceof KmsException e && e.kind() == FailureKind.THROTTLED;
        pause = schedule.longerPause(pause);
        rest(schedule.jittered(
                pause, failure instanceof KmsException answered ? answered.retryAfter() : Duration.ZERO));
    }

    private synchronized void succeeded() {
        pause = throttled ? schedule.shorterPause(pause) : Duration.ZERO;
        rest(schedule.jittered(pause));
    }

    private void rest(Duration span) {
        if (closed) {
            return;
        }
        try {
            rest = timers.schedule(this::startNext, RefreshSchedule.nanos(span), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The cache is closing.
            close();
        }
    }

    /** Starts nothing any more. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        if (rest != null) {
            rest.cancel(false);
        }
    }

    /** What a secret waits with; the secret itself may be forgotten meanwhile. */
    static final class Turn {
        private final WeakReference<CachedSecret<?>> secret;
        private volatile boolean over;

        Turn(CachedSecret<?> secret) {
            this.secret = new WeakReference<>(secret);
        }

        /** For a secret that was read meanwhile. */
        void cancel() {
            over = true;
        }

        boolean isWaiting() {
            return !over;
        }

        private @Nullable CompletableFuture<?> take() {
            CachedSecret<?> alive = secret.get();
            if (alive == null || over) {
                return null;
            }
            over = true;
            return alive.readAhead();
        }
    }
}
