package dev.tumbler.samples.benchmarks;

import dev.tumbler.client.cache.CachedSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads through a {@link dev.tumbler.client.cache.SecretCache}; while there is no value, asks for it twice a minute. */
final class CachedMember implements FleetMember {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

    private final VirtualWorld world;
    private final CachedSecret<String> secret;

    CachedMember(VirtualWorld world, CachedSecret<String> secret) {
        this.world = world;
        this.secret = secret;
    }

    @Override
    public void start() {
        CompletableFuture<String> unused = secret.refreshAsync().whenComplete((value, failure) -> {
            if (failure != null) {
                world.after(ASK_AGAIN, this::start);
            }
        });
    }

    @Override
    public Optional<String> versionId() {
        return secret.versionId();
    }

    @Override
    public Optional<Instant> readAt() {
        return secret.readAt();
    }
}
