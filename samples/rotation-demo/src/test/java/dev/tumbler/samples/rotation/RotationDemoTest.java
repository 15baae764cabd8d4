package dev.tumbler.samples.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The README promises what the demo shows; here with fewer rotations. */
@Timeout(120)
class RotationDemoTest {
    @Test
    void demo_noQueryAndNoLoginFails() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int exit = RotationDemo.run(List.of(), 3, new PrintStream(printed, true, StandardCharsets.UTF_8));
        String output = printed.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(output).isZero();
        assertThat(output).contains("all refused by PostgreSQL", "No query and no login failed over 3 rotations.");
    }
}
