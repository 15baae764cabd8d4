package dev.tumbler.client.cache;

import java.util.concurrent.atomic.LongAdder;

/** What a cache counts. */
final class Counters {
    final LongAdder loads = new LongAdder();
    final LongAdder refreshes = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder staleServes = new LongAdder();
    final LongAdder restores = new LongAdder();
}
