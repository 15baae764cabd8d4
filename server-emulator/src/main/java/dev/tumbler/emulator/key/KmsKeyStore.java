package dev.tumbler.emulator.key;

import java.util.List;

/**
 * Where keys and KMS instances outlive the process. They themselves are in memory; what a call here has returned for is
 * kept, even if the process is killed.
 */
public interface KmsKeyStore {
    /** Keeps nothing. */
    KmsKeyStore NONE = new KmsKeyStore() {
        @Override
        public List<StoredKey> keys(String region) {
            return List.of();
        }

        @Override
        public void save(String region, StoredKey key) {}

        @Override
        public void remove(String region, String keyId) {}

        @Override
        public List<KmsInstance> instances() {
            return List.of();
        }

        @Override
        public void save(KmsInstance instance) {}
    };

    /** All keys of a region that were kept and not removed. */
    List<StoredKey> keys(String region);

    /**
     * Keeps a state of a key instead of the one before.
     *
     * @throws dev.tumbler.emulator.error.KmsError {@code InternalFailure} if it cannot; then the one before is still kept
     */
    void save(String region, StoredKey key);

    /** Forgets a key, and with it all that it has encrypted. */
    void remove(String region, String keyId);

    /** All KMS instances that were kept. */
    List<KmsInstance> instances();

    /**
     * Keeps a KMS instance.
     *
     * @throws dev.tumbler.emulator.error.KmsError {@code InternalFailure} if it cannot
     */
    void save(KmsInstance instance);
}
