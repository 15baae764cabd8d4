package dev.tumbler.client;

import dev.tumbler.client.auth.CredentialsProvider;
import dev.tumbler.client.internal.http.Transport;
import dev.tumbler.client.internal.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;

/** Opens the seams that the client has for its own tests: in this package, for they are nobody else's. */
public final class SimulatedClient {
    private SimulatedClient() {}

    /**
     * Returns a client with the default retries, in a time of its own.
     *
     * @param scheduler runs the pauses between attempts
     */
    public static SecretsClient over(
            Transport transport, TimeSource time, ScheduledExecutorService scheduler, DoubleSupplier random) {
        return SecretsClient.builder()
                .region("cn-hangzhou")
                .credentials(CredentialsProvider.of("simulated", "simulated"))
                // A thread waits for it in real time, which is not the simulation's. All attempts take 12 s at most.
                .callTimeout(Duration.ofDays(1))
                .transport(transport)
                .timing(time, scheduler, random)
                .build();
    }
}
