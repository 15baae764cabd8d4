package dev.tumbler.emulator.ram;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The users and roles of the account. Thread-safe. */
public final class Ram {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String accountId;
    private final AccessKeys accessKeys;
    private final AtomicLong lastId = new AtomicLong(200_000_000_000_000_000L);
    private final ConcurrentMap<String, RamUser> users = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, RamRole> roles = new ConcurrentSkipListMap<>();

    /** @param accessKeys where the keys of users are registered */
    public Ram(String accountId, AccessKeys accessKeys) {
        this.accountId = accountId;
        this.accessKeys = accessKeys;
    }

    /**
     * The user of this name; made, without permissions, if there is none.
     *
     * @param name 1 to 64 letters, digits and {@code . _ -}
     * @throws IllegalArgumentException if the name is not of this form
     */
    public RamUser user(String name) {
        requireName(name);
        return users.computeIfAbsent(name, missing -> new RamUser(accountId, name, newId(), accessKeys));
    }

    /**
     * The role of this name; made, without permissions, if there is none. Everybody in the account may assume a new role
     * who has the permission {@code sts:AssumeRole} on it.
     *
     * @param name 1 to 64 letters, digits and {@code . _ -}
     * @throws IllegalArgumentException if the name is not of this form
     */
    public RamRole role(String name) {
        requireName(name);
        return roles.computeIfAbsent(name, missing -> new RamRole(accountId, name, newId()));
    }

    /** Makes a role, unless there is one of this name; nobody sees it half made. */
    void roleIfAbsent(String name, Consumer<RamRole> equip) {
        roles.computeIfAbsent(name, missing -> {
            RamRole role = new RamRole(accountId, name, newId());
            equip.accept(role);
            return role;
        });
    }

    /** The role of this name, if there is one. */
    public Optional<RamRole> findRole(String name) {
        return Optional.ofNullable(roles.get(name));
    }

    /** All roles, by name. */
    public Collection<RamRole> roles() {
        return List.copyOf(roles.values());
    }

    /**
     * Deletes a role, also one that is linked to a service, which the real RAM refuses while the service needs it.
     * Sessions of it that are running keep its permissions until they expire (<em>assumed</em>).
     *
     * @return whether there was such a role
     */
    public boolean deleteRole(String name) {
        return roles.remove(name) != null;
    }

    Optional<RamRole> roleOfArn(String arn) {
        String prefix = "acs:ram::" + accountId + ":role/";
        return arn.startsWith(prefix) ? findRole(arn.substring(prefix.length())) : Optional.empty();
    }

    private String newId() {
        return Long.toString(lastId.incrementAndGet());
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The name of a user or role has 1 to 64 letters, digits and . _ -: \"" + name + "\"");
        }
    }
}
