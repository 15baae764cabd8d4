package dev.tumbler.emulator.secret;

import java.util.List;

/**
 * Where the secrets of all regions outlive the process. The secrets themselves are in memory; what a call here has
 * returned for is kept, even if the process is killed. Calls for one secret come one at a time.
 */
public interface SecretStore {
    /** Keeps nothing. */
    SecretStore NONE = new SecretStore() {
        @Override
        public List<StoredSecret> load(String region) {
            return List.of();
        }

        @Override
        public void save(String region, StoredSecret secret) {}

        @Override
        public void remove(String region, String name) {}
    };

    /** All that was kept and not removed. */
    List<StoredSecret> load(String region);

    /**
     * Keeps a state of a secret instead of the one before.
     *
     * @throws dev.tumbler.emulator.error.KmsError {@code InternalFailure} if it cannot; then the one before is still kept
     */
    void save(String region, StoredSecret secret);

    /** Forgets a secret. */
    void remove(String region, String name);
}
