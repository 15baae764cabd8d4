package dev.tumbler.emulator.ram;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The registered access keys: those whose signatures are verified. Those made here are the account's own, which may do
 * everything; {@link RamUser#createAccessKey} makes others. Thread-safe.
 */
public final class AccessKeys {
    /** How long the keys of a session that has ended are known, and said to have expired. */
    private static final Duration MEMORY = Duration.ofHours(24);

    /** How many random bytes a security token has. */
    private static final int TOKEN_BYTES = 48;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Registration> registrations = new ConcurrentHashMap<>();

    /** Registers a key of the account, enabled. A key with the same id is replaced, as when its secret changes. */
    public void register(AccessKey key) {
        registrations.put(key.id(), new Registration(key, null, null, true));
    }

    /** Registers a key of a user, enabled. A key with the same id is replaced. */
    public void register(AccessKey key, RamUser user) {
        registrations.put(key.id(), new Registration(key, new Principal.User(user), null, true));
    }

    /** Makes a key of the account, registers it, and returns it: the only time that its secret is told unasked. */
    public AccessKey create() {
        return create(null);
    }

    AccessKey create(@Nullable Principal principal) {
        AccessKey key = newKey("LTAI");
        registrations.put(key.id(), new Registration(key, principal, null, true));
        return key;
    }

    /** Makes and registers what a session signs with. */
    SessionCredentials createSession(Principal.AssumedRole principal, Instant now, Duration duration) {
        registrations
                .values()
                .removeIf(known -> known.session() != null
                        && known.session().expiration().plus(MEMORY).isBefore(now));
        AccessKey key = newKey("STS.");
        SessionCredentials session =
                new SessionCredentials(key, "CAIS" + randomHex(TOKEN_BYTES), now.plus(duration), principal);
        registrations.put(key.id(), new Registration(key, principal, session, true));
        return session;
    }

    private AccessKey newKey(String prefix) {
        String digits = randomHex(25);
        return new AccessKey(prefix + digits.substring(0, 20), digits.substring(20));
    }

    private String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        this.random.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** The key with this id, disabled or not. */
    public Optional<AccessKey> find(String id) {
        return Optional.ofNullable(registrations.get(id)).map(Registration::key);
    }

    /** Whether a key with this id is registered and may sign. */
    public boolean isEnabled(String id) {
        Registration registration = registrations.get(id);
        return registration != null && registration.enabled();
    }

    /**
     * Disables a key: requests that it signs are refused from now on.
     *
     * @return whether there is such a key
     */
    public boolean disable(String id) {
        return setEnabled(id, false);
    }

    /**
     * Enables a key that was disabled.
     *
     * @return whether there is such a key
     */
    public boolean enable(String id) {
        return setEnabled(id, true);
    }

    /**
     * Deletes a key: from now on it is unknown.
     *
     * @return whether there was such a key
     */
    public boolean delete(String id) {
        return registrations.remove(id) != null;
    }

    private boolean setEnabled(String id, boolean enabled) {
        return registrations.computeIfPresent(
                        id, (same, known) -> new Registration(known.key(), known.principal(), known.session(), enabled))
                != null;
    }

    @Nullable
    Registration registration(String id) {
        return registrations.get(id);
    }

    /** Whether any session has this token. */
    boolean isToken(String securityToken) {
        return registrations.values().stream()
                .anyMatch(known -> known.session() != null
                        && known.session().securityToken().equals(securityToken));
    }

    /**
     * What is known of a key.
     *
     * @param principal null for the account's own
     * @param session null for a key that lasts
     */
    record Registration(
            AccessKey key,
            @Nullable Principal principal,
            @Nullable SessionCredentials session,
            boolean enabled) {}
}
