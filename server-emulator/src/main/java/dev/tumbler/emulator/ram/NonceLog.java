package dev.tumbler.emulator.ram;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The signature nonces that were used lately. Thread-safe; bounded in time, in number and in the size of each. */
final class NonceLog {
    /**
     * How long a nonce may not come back. A request is accepted from 15 minutes before its timestamp to 15 minutes
     * after it, so what is forgotten after 31 has expired. Source: staff of the gateway, developer.aliyun.com/ask/561619.
     */
    static final Duration WINDOW = Duration.ofMinutes(31);

    /**
     * About 40 MB when full. Beyond it the oldest is forgotten early: a load test may then replay, and does not run out
     * of memory.
     */
    static final int CAPACITY = 1 << 18;

    /** A longer nonce is remembered by its hash; those of the SDKs have 32 characters. */
    private static final int LONGEST_VERBATIM = 64;

    private final InstantSource clock;
    /** In the order of their use. */
    private final Map<String, Instant> usedAt = new LinkedHashMap<>();

    NonceLog(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether the nonce was used within the window. */
    synchronized boolean isUsed(String nonce) {
        forgetBefore(clock.instant().minus(WINDOW));
        return usedAt.containsKey(key(nonce));
    }

    /** Remembers the nonce; of several callers with the same one, exactly one is told {@code true}. */
    synchronized boolean use(String nonce) {
        Instant now = clock.instant();
        forgetBefore(now.minus(WINDOW));
        if (usedAt.putIfAbsent(key(nonce), now) != null) {
            return false;
        }
        if (usedAt.size() > CAPACITY) {
            usedAt.remove(usedAt.keySet().iterator().next());
        }
        return true;
    }

    synchronized int size() {
        return usedAt.size();
    }

    private void forgetBefore(Instant start) {
        Iterator<Instant> oldestFirst = usedAt.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().isBefore(start)) {
            oldestFirst.remove();
        }
    }

    private static String key(String nonce) {
        return nonce.length() <= LONGEST_VERBATIM
                ? nonce
                : HexFormat.of().formatHex(Hmac.digestSha256(nonce.getBytes(StandardCharsets.UTF_8)));
    }
}
