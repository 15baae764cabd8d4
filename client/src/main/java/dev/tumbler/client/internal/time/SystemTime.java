package dev.tumbler.client.internal.time;

import java.time.Instant;

enum SystemTime implements TimeSource {
    INSTANCE;

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
