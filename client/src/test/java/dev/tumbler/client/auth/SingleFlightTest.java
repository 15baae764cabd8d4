package dev.tumbler.client.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attempts that end in something unforeseen. */
@Timeout(30)
class SingleFlightTest {
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void start_whenNoThreadCanBeMade_failsAndTheNextOneFlies() {
        AtomicInteger tasks = new AtomicInteger();
        SingleFlight<String> flight = new SingleFlight<>(() -> "ok", task -> {
            if (tasks.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            task.run();
        });

        assertThat(flight.start())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(OutOfMemoryError.class);
        assertThat(flight.start()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("ok");
    }

    @Test
    void attempt_withAnError_failsAndTheNextOneFlies() {
        SingleFlight<String> flight = new SingleFlight<>(() -> {
            if (attempts.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("missing");
            }
            return "ok";
        });

        assertThat(flight.start())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(flight.start()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("ok");
    }
}
