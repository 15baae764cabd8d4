package dev.tumbler.emulator.rds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The RDS instances that secrets can name in {@code DBInstanceId}. Thread-safe. Nothing here needs closing: instances
 * hold no connections.
 */
public final class RdsInstances {
    private final ConcurrentMap<String, RdsInstance> instances = new ConcurrentHashMap<>();
    private final Map<String, List<Runnable>> waiting = new HashMap<>();
    private final LoginProbe probe = new LoginProbe(new PasswordGenerator());
    private final AccountUsers users = new AccountUsers();
    private final ServiceAccess access;
    private final boolean inMemoryOnly;

    /** Instances that the service may act on. */
    public RdsInstances() {
        this(ServiceAccess.UNQUESTIONED);
    }

    /** @param access by what right the service acts on them */
    public RdsInstances(ServiceAccess access) {
        this(access, false);
    }

    private RdsInstances(ServiceAccess access, boolean inMemoryOnly) {
        this.access = access;
        this.inMemoryOnly = inMemoryOnly;
    }

    /** Instances in memory and no others, for an emulator whose passwords follow from a seed. */
    public static RdsInstances inMemoryOnly(ServiceAccess access) {
        return new RdsInstances(access, true);
    }

    /** By what right the service acts on them. */
    public ServiceAccess access() {
        return access;
    }

    /** Who uses their accounts. */
    public AccountUsers users() {
        return users;
    }

    /**
     * Adds an instance in memory.
     *
     * @throws IllegalArgumentException if the id is blank or taken
     */
    public InMemoryRdsInstance add(String dbInstanceId, RdsEngine engine) {
        InMemoryRdsInstance instance = RdsInstance.inMemory(engine);
        attachWithoutProbe(dbInstanceId, instance);
        return instance;
    }

    /**
     * Attaches an instance, after a probe: a temporary account with a random name and password must be refused with a
     * wrong password and let in with the right one; it is deleted again in any case. Blocks for as long as the database
     * takes.
     *
     * @throws IllegalArgumentException if the id is blank or taken
     * @throws IllegalStateException if the emulator has a seed, and the instance is not one in memory
     * @throws RdsException with {@code ACCEPTS_ANY_PASSWORD} if the wrong password was let in, as every test of a
     *     rotation would pass then; with {@code PERMISSION_DENIED} if the administrator may not manage accounts; with
     *     {@code UNAVAILABLE} if the database cannot be reached or refused the right password
     */
    public RdsInstance attach(String dbInstanceId, RdsInstance instance) {
        // Before the probe too, so that a slip in the id is not found only after ten seconds.
        requireFree(dbInstanceId);
        requireUnguessable(dbInstanceId, instance);
        probe.run(instance);
        return attachWithoutProbe(dbInstanceId, instance);
    }

    /**
     * Attaches an instance as it is, for databases that let everybody in on purpose or that must not get a temporary
     * account. Logins to such an instance may prove nothing.
     *
     * @throws IllegalArgumentException if the id is blank or taken
     * @throws IllegalStateException if the emulator has a seed, and the instance is not one in memory
     */
    public RdsInstance attachWithoutProbe(String dbInstanceId, RdsInstance instance) {
        requireFree(dbInstanceId);
        requireUnguessable(dbInstanceId, instance);
        if (instances.putIfAbsent(dbInstanceId, instance) != null) {
            throw taken(dbInstanceId);
        }
        List<Runnable> actions;
        synchronized (waiting) {
            actions = waiting.getOrDefault(dbInstanceId, List.of());
            waiting.remove(dbInstanceId);
        }
        actions.forEach(Runnable::run);
        return instance;
    }

    /** The instance with this id. */
    public Optional<RdsInstance> find(String dbInstanceId) {
        return Optional.ofNullable(instances.get(dbInstanceId));
    }

    /** Runs {@code action} once there is an instance with this id: now, or when it is added or attached. */
    public void whenThere(String dbInstanceId, Runnable action) {
        synchronized (waiting) {
            if (!instances.containsKey(dbInstanceId)) {
                waiting.computeIfAbsent(dbInstanceId, id -> new ArrayList<>()).add(action);
                return;
            }
        }
        action.run();
    }

    /** The ids of all instances, in alphabetical order. */
    public Set<String> ids() {
        return new TreeSet<>(instances.keySet());
    }

    /**
     * Forgets the instance, as if it had been released. One in memory stops working for good, in the middle of a rotation
     * too; a real database stays as it is. Nothing happens if none has this id.
     */
    public void remove(String dbInstanceId) {
        if (instances.remove(dbInstanceId) instanceof InMemoryRdsInstance inMemory) {
            inMemory.release();
        }
    }

    /**
     * Checks whether accounts belong to an instance, and whether two of them have the same permissions. Blocks for as
     * long as the database takes.
     *
     * @param dbInstanceId the instance; it need not exist
     * @param accountNames the accounts of a secret: one, or two
     * @throws RdsException if the database cannot be asked
     */
    public AccountCheck checkAccounts(String dbInstanceId, List<String> accountNames) {
        return AccountCheck.of(dbInstanceId, find(dbInstanceId), accountNames);
    }

    private void requireFree(String dbInstanceId) {
        if (dbInstanceId.isBlank()) {
            throw new IllegalArgumentException("A dbInstanceId must not be blank");
        }
        if (instances.containsKey(dbInstanceId)) {
            throw taken(dbInstanceId);
        }
    }

    /** A database must not get passwords that a seed gives away. */
    private void requireUnguessable(String dbInstanceId, RdsInstance instance) {
        if (inMemoryOnly && !(instance instanceof InMemoryRdsInstance)) {
            throw new IllegalStateException(
                    "The emulator was started with a seed, so its passwords can be guessed: it takes"
                            + " instances in memory only, and not \"" + dbInstanceId + "\", " + instance.location());
        }
    }

    private static IllegalArgumentException taken(String dbInstanceId) {
        return new IllegalArgumentException(
                "There is an RDS instance \"" + dbInstanceId + "\" already; remove it first, or take another id");
    }
}
