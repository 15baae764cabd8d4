package dev.tumbler.samples.benchmarks;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.SimulatedClient;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.client.cache.SimulatedCache;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;

/**
 * What a fleet did: all clients start within ten seconds, all secrets rotate together, the service is out for five minutes.
 *
 * @param requests how many came in each second
 * @param samples how the fleet was, at equal distances
 * @param threads how many threads the simulation took
 */
record FleetRun(int[] requests, List<Sample> samples, int threads) {
    static final Duration SPAN = Duration.ofMinutes(75);
    static final Duration ROTATION = Duration.ofMinutes(30);
    static final Duration OUTAGE = Duration.ofMinutes(50);
    static final Duration OUTAGE_END = Duration.ofMinutes(55);
    static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(15);

    private static final Duration START = Duration.ofSeconds(10);

    /** Which client the fleet has. */
    enum Kind {
        TUMBLER,
        NAIVE
    }

    /**
     * The fleet at one moment.
     *
     * @param outdated the share of secrets for which the client has no value or an old one
     * @param none the share for which it has none
     * @param oldest the greatest time since a value was read
     */
    record Sample(double outdated, double none, Duration oldest) {}

    /** Simulates a fleet; the same numbers give the same run. */
    static FleetRun of(Kind kind, int clients, int secrets, int readsPerSecond, long seed) throws InterruptedException {
        VirtualWorld world = new VirtualWorld();
        SimulatedService service = new SimulatedService(world, readsPerSecond, SPAN);
        List<FleetMember> members = new ArrayList<>(clients * secrets);
        DoubleSupplier random = new SplittableRandom(seed)::nextDouble;
        ScheduledExecutorService retries = world.retries();
        ScheduledExecutorService timers = world.timers();
        for (int i = 0; i < clients; i++) {
            List<FleetMember> mine = new ArrayList<>(secrets);
            if (kind == Kind.NAIVE) {
                for (int j = 0; j < secrets; j++) {
                    mine.add(new NaiveMember(world, service));
                }
            } else {
                SecretsClient client = SimulatedClient.over(service, world, retries, random);
                SecretCache cache = SimulatedCache.over(client, world, timers, world.executor(1), random);
                for (int j = 0; j < secrets; j++) {
                    mine.add(new CachedMember(world, cache.text("s" + j)));
                }
            }
            members.addAll(mine);
            world.after(START.multipliedBy(i).dividedBy(clients), () -> mine.forEach(FleetMember::start));
        }
        service.announce(world.instant().plus(ROTATION));
        world.after(ROTATION, service::rotate);
        world.after(OUTAGE, () -> service.out(true));
        world.after(OUTAGE_END, () -> service.out(false));
        List<Sample> samples = new ArrayList<>();
        for (long at = 0; at <= SPAN.dividedBy(BETWEEN_SAMPLES); at++) {
            world.after(BETWEEN_SAMPLES.multipliedBy(at), () -> samples.add(sample(members, service, world.instant())));
        }
        world.run(SPAN);
        return new FleetRun(service.requests(), samples, world.threads());
    }

    private static Sample sample(List<FleetMember> members, SimulatedService service, Instant now) {
        int outdated = 0;
        int none = 0;
        Instant oldest = now;
        for (FleetMember member : members) {
            Optional<String> version = member.versionId();
            if (version.isEmpty()) {
                none++;
            }
            if (version.filter(service.version()::equals).isEmpty()) {
                outdated++;
            }
            Instant readAt = member.readAt().orElse(now);
            oldest = readAt.isBefore(oldest) ? readAt : oldest;
        }
        double all = members.size();
        return new Sample(outdated / all, none / all, Duration.between(oldest, now));
    }

    /** Returns the greatest number of requests in a second of this time. */
    int peak(Duration from, Duration to) {
        int peak = 0;
        for (int second = (int) from.toSeconds(); second < to.toSeconds(); second++) {
            peak = Math.max(peak, requests[second]);
        }
        return peak;
    }

    /** Returns how many requests came in this time. */
    long total(Duration from, Duration to) {
        long total = 0;
        for (int second = (int) from.toSeconds(); second < to.toSeconds(); second++) {
            total += requests[second];
        }
        return total;
    }

    /** Returns the time from a moment to the first sample in which no secret was outdated. */
    Optional<Duration> untilCurrent(Duration from) {
        for (int i = (int) from.dividedBy(BETWEEN_SAMPLES) + 1; i < samples.size(); i++) {
            if (samples.get(i).outdated() == 0) {
                return Optional.of(BETWEEN_SAMPLES.multipliedBy(i).minus(from));
            }
        }
        return Optional.empty();
    }
}
