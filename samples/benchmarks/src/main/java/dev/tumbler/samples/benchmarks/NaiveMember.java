package dev.tumbler.samples.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads every ten minutes, and after a failure every five seconds, on the dot; keeps what it has until then. Many home-made
 * clients are no better.
 */
final class NaiveMember implements FleetMember {
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final VirtualWorld world;
    private final SimulatedService service;
    private @Nullable String versionId;
    private @Nullable Instant readAt;

    NaiveMember(VirtualWorld world, SimulatedService service) {
        this.world = world;
        this.service = service;
    }

    @Override
    public void start() {
        boolean read = service.read() == 200;
        if (read) {
            versionId = service.version();
            readAt = world.instant();
        }
        world.after(read ? INTERVAL : AFTER_FAILURE, this::start);
    }

    @Override
    public Optional<String> versionId() {
        return Optional.ofNullable(versionId);
    }

    @Override
    public Optional<Instant> readAt() {
        return Optional.ofNullable(readAt);
    }
}
