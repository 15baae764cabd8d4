package dev.tumbler.emulator.store;

import dev.tumbler.emulator.key.KmsInstance;
import dev.tumbler.emulator.key.KmsKeyStore;
import dev.tumbler.emulator.key.StoredKey;
import java.util.List;

/** The keys and KMS instances of a store. */
record StoredKeys(H2Store store) implements KmsKeyStore {
    private static final String KEY = "key";
    private static final String INSTANCE = "instance";

    /** An instance is found by its id alone, so those of all regions are in one place. */
    private static final String ALL_REGIONS = "";

    @Override
    public List<StoredKey> keys(String region) {
        return store.load(KEY, region).stream().map(KeyJson::readKey).toList();
    }

    @Override
    public void save(String region, StoredKey key) {
        store.save(KEY, region, key.key().keyId(), KeyJson.write(key));
    }

    @Override
    public void remove(String region, String keyId) {
        store.remove(KEY, region, keyId);
    }

    @Override
    public List<KmsInstance> instances() {
        return store.load(INSTANCE, ALL_REGIONS).stream()
                .map(KeyJson::readInstance)
                .toList();
    }

    @Override
    public void save(KmsInstance instance) {
        store.save(INSTANCE, ALL_REGIONS, instance.id(), KeyJson.write(instance));
    }
}
