package dev.tumbler.samples.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A class of its own, so that it runs beside {@link RotationDemoTest}: most of the time it waits. */
@Timeout(120)
class NaiveRotationDemoTest {
    @Test
    void naive_fails() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int exit = RotationDemo.run(List.of("--naive"), 3, new PrintStream(printed, true, StandardCharsets.UTF_8));
        String output = printed.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(output).isEqualTo(1);
        assertThat(output)
                .contains("all refused by PostgreSQL", "The application failed: its password was rotated away.");
    }
}
