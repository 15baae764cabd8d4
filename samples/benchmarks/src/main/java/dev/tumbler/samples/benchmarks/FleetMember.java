package dev.tumbler.samples.benchmarks;

import java.time.Instant;
import java.util.Optional;

/** One secret in one client of a simulated fleet. */
interface FleetMember {
    /** Begins to read, as an application that starts does. */
    void start();

    /** Returns the version that the application gets; empty if it gets none. */
    Optional<String> versionId();

    /** Returns when that version was read; empty if there is none. */
    Optional<Instant> readAt();
}
