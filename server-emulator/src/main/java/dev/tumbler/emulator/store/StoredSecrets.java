package dev.tumbler.emulator.store;

import dev.tumbler.emulator.secret.SecretStore;
import dev.tumbler.emulator.secret.StoredSecret;
import java.util.List;

/** The secrets of a store. */
record StoredSecrets(H2Store store) implements SecretStore {
    private static final String KIND = "secret";

    @Override
    public List<StoredSecret> load(String region) {
        return store.load(KIND, region).stream().map(SecretJson::read).toList();
    }

    @Override
    public void save(String region, StoredSecret secret) {
        store.save(KIND, region, secret.secret().name(), SecretJson.write(secret));
    }

    @Override
    public void remove(String region, String name) {
        store.remove(KIND, region, name);
    }
}
