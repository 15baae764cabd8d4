package dev.tumbler.testkit.drill;

/**
 * What happened in one moment of the timeline.
 *
 * @param index counted from the beginning of the drill, in units of {@link Worker#SLOT_NANOS}
 * @param operations how many ended
 * @param failures how many of them failed
 * @param longestNanos how long the longest of them had taken
 */
record Slot(long index, long operations, long failures, long longestNanos) {
    Slot plus(Slot other) {
        return new Slot(
                index,
                operations + other.operations,
                failures + other.failures,
                Math.max(longestNanos, other.longestNanos));
    }
}
