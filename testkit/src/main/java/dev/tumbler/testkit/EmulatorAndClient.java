package dev.tumbler.testkit;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import java.util.function.Consumer;

/** What one test works with. Closed by JUnit's store. */
record EmulatorAndClient(KmsEmulator emulator, SecretsClient client) implements AutoCloseable {
    static EmulatorAndClient start(Consumer<KmsEmulator.Builder> settings, Fixtures fixtures) {
        KmsEmulator.Builder builder = KmsEmulator.builder();
        fixtures.apply(builder);
        settings.accept(builder);
        KmsEmulator emulator = builder.start();
        AccessKey key = emulator.createAccessKey();
        SecretsClient client = SecretsClient.builder()
                .region(emulator.region())
                .endpoint(emulator.endpoint())
                .credentials(CredentialsProvider.of(key.id(), key.secret()))
                .build();
        EmulatorAndClient started = new EmulatorAndClient(emulator, client);
        try {
            fixtures.apply(emulator, client);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    @Override
    public void close() {
        try {
            client.close();
        } finally {
            emulator.close();
        }
    }
}
