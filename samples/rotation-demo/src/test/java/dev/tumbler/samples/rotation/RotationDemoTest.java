package dev.tumbler.samples.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The README promises what the demo shows. */
@Timeout(120)
class RotationDemoTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void demo_noQueryAndNoLoginFails() throws Exception {
        assertThat(run()).as(() -> printed.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("all refused by PostgreSQL", "No query and no login failed over 10 rotations.");
    }

    @Test
    void naive_fails() throws Exception {
        assertThat(run("--naive")).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("all refused by PostgreSQL", "The application failed: its password was rotated away.");
    }

    private int run(String... args) throws Exception {
        return RotationDemo.run(List.of(args), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }
}
