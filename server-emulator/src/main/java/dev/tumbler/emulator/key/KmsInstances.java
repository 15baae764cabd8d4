package dev.tumbler.emulator.key;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.time.EmulatorClock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/** The KMS instances of all regions. An id is taken once, whatever the region: it is a host name too. Thread-safe. */
public final class KmsInstances {
    /** <em>Assumed</em>: all that is documented are examples like {@code kst-bjj62f5ba3dnpb6v8****}. */
    private static final Pattern ID = Pattern.compile("kst-[a-z0-9-]{1,60}");

    private final EmulatorClock clock;
    private final List<String> regions;
    private final KmsKeyStore store;
    private final ConcurrentMap<String, KmsInstance> instances = new ConcurrentHashMap<>();

    /**
     * Instances that end with the process.
     *
     * @param regions those that an instance can be in; the first is the default
     */
    public KmsInstances(EmulatorClock clock, List<String> regions) {
        this(clock, regions, KmsKeyStore.NONE);
    }

    /** Takes up what the store has, and keeps what is added there. */
    public KmsInstances(EmulatorClock clock, List<String> regions, KmsKeyStore store) {
        this.clock = clock;
        this.regions = List.copyOf(regions);
        this.store = store;
        store.instances().forEach(instance -> instances.put(instance.id(), instance));
    }

    /**
     * Adds an instance, in the emulator's first region.
     *
     * @param id {@code kst-} and lower-case letters, digits and hyphens
     * @throws IllegalArgumentException if the id is no such text, or taken
     */
    public KmsInstance add(String id) {
        return add(id, regions.get(0));
    }

    /**
     * Adds an instance.
     *
     * @param id {@code kst-} and lower-case letters, digits and hyphens
     * @throws IllegalArgumentException if the id is no such text or taken, or the emulator has no such region
     */
    public KmsInstance add(String id, String region) {
        return add(id, region, KmsInstance.Quota.DEFAULT);
    }

    /**
     * Adds an instance of a certain size. More keys or secrets than that are refused, {@code Rejected.LimitExceeded}.
     *
     * @param id {@code kst-} and lower-case letters, digits and hyphens
     * @throws IllegalArgumentException if the id is no such text or taken, or the emulator has no such region
     */
    public KmsInstance add(String id, String region, KmsInstance.Quota quota) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "A KMS instance is named kst- and 1 to 60 lower-case letters, digits and hyphens, not \"" + id
                            + "\"");
        }
        if (!regions.contains(region)) {
            throw new IllegalArgumentException(
                    "The emulator has no region \"" + region + "\"; it has " + String.join(", ", regions));
        }
        KmsInstance instance = new KmsInstance(id, region, clock.now(), quota);
        if (instances.putIfAbsent(id, instance) != null) {
            throw new IllegalArgumentException("There is a KMS instance \"" + id + "\" already; take another id");
        }
        try {
            store.save(instance);
        } catch (KmsError e) {
            instances.remove(id);
            throw e;
        }
        return instance;
    }

    /** The instance with this id, in whichever region. */
    public Optional<KmsInstance> find(String id) {
        return Optional.ofNullable(instances.get(id));
    }

    /** The instances of a region, in the order of their ids. */
    public List<KmsInstance> in(String region) {
        return instances.values().stream()
                .filter(instance -> instance.region().equals(region))
                .sorted(Comparator.comparing(KmsInstance::id))
                .toList();
    }
}
