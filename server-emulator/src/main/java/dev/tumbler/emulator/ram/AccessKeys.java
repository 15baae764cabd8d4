package dev.tumbler.emulator.ram;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The registered access keys: those whose signatures are verified. Thread-safe. */
public final class AccessKeys {
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Registration> registrations = new ConcurrentHashMap<>();

    /** Registers a key, enabled. A key with the same id is replaced, as when its secret changes. */
    public void register(AccessKey key) {
        registrations.put(key.id(), new Registration(key, true));
    }

    /** Makes a key, registers it, and returns it: the only time that its secret is told unasked. */
    public AccessKey create() {
        byte[] bytes = new byte[25];
        random.nextBytes(bytes);
        String digits = HexFormat.of().formatHex(bytes);
        AccessKey key = new AccessKey("LTAI" + digits.substring(0, 20), digits.substring(20));
        register(key);
        return key;
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
        return registrations.computeIfPresent(id, (same, known) -> new Registration(known.key(), false)) != null;
    }

    private record Registration(AccessKey key, boolean enabled) {}
}
